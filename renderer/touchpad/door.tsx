import type { TouchpadView } from '#contract/touchpad.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { SampleTag } from '../ui/sample-tag.tsx'
import { Avatar, useWhere } from './frame.tsx'
import { LanguageKey } from './keys.tsx'
import { shortName } from '../ui/names.ts'

/** Nobody is at the counter: who works here, and what happens next. */
export function Idle({ view }: { readonly view: TouchpadView }) {
  const { t } = useMessages()
  const where = useWhere(view)
  return (
    <main className="tp-door">
      <section className="tp-door-who">
        {view.staffName === null ? null : (
          <div className="tp-door-clerk">
            <Avatar name={view.staffName} size="large" />
            <div className="tp-who-text">
              <p className="tp-door-name">{shortName(view.staffName, 30)}</p>
              <p>{where}</p>
            </div>
          </div>
        )}
        <h1 className="tp-door-title">{t('touchpad.idle')}</h1>
        <p className="tp-door-next">{t('touchpad.idle.next')}</p>
        <p className="tp-office">{`${view.office.unit} ${view.office.commune}`}</p>
      </section>
      <DoorWhere view={view} />
    </main>
  )
}

/** Somebody is being served here. */
export function Serving({ view, number, title }: { readonly view: TouchpadView; readonly number: string; readonly title: string }) {
  const { t } = useMessages()
  return (
    <main className="tp-door">
      <section className="tp-door-who">
        {view.staffName === null ? null : (
          <div className="tp-door-clerk">
            <Avatar name={view.staffName} size="small" />
            <p className="tp-name">{shortName(view.staffName, 30)}</p>
          </div>
        )}
        <h1 className="tp-door-title">{t('touchpad.serving', { number: '' })}</h1>
        <p className="tp-door-number">{number}</p>
        <p className="tp-door-work two-lines">{title}</p>
        <p className="tp-door-next">{t('touchpad.serving.next')}</p>
      </section>
      <DoorWhere view={view} />
    </main>
  )
}

function DoorWhere({ view }: { readonly view: TouchpadView }) {
  const { t } = useMessages()
  return (
    <section className="tp-door-where">
      <p className="tp-door-counter">{t('touchpad.nobody', { counter: '' })}</p>
      <p className="tp-door-number">{view.counter}</p>
      {view.sample ? <SampleTag /> : null}
      <LanguageKey />
    </section>
  )
}
