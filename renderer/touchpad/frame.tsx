import type { ReactNode } from 'react'
import type { TouchpadView } from '#contract/touchpad.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { SampleTag } from '../ui/sample-tag.tsx'
import { initials, shortName } from '../ui/names.ts'

/** Initials stand for the clerk: a photo is personal data and the sample has none. */
export function Avatar({ name, size }: { readonly name: string; readonly size: 'small' | 'large' }) {
  return (
    <span className="tp-avatar" data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

/** `Hộ tịch và Chứng thực` */
export function useServices(names: readonly string[]): string {
  const { t } = useMessages()
  const last = names.at(-1)
  if (last === undefined) return ''
  return names.length === 1 ? last : t('touchpad.services.and', { first: names.slice(0, -1).join(', '), last })
}

/** Where the citizen sits: counter and what it does. */
export function useWhere(view: TouchpadView): string {
  const { t } = useMessages()
  const services = useServices(view.serviceNames)
  return services === '' ? t('touchpad.nobody', { counter: view.counter }) : t('touchpad.at-counter', { counter: view.counter, services })
}

/** The two leaves at the top: who serves, and whose visit this is. */
export function Header({ view, number, about, time }: { readonly view: TouchpadView; readonly number: string; readonly about?: string; readonly time?: string }) {
  const { t } = useMessages()
  const where = useWhere(view)
  return (
    <header className="tp-header">
      <div className="tp-who">
        {view.staffName === null ? null : <Avatar name={view.staffName} size="small" />}
        <div className="tp-who-text">
          <p className="tp-name">{view.staffName === null ? t('touchpad.nobody', { counter: view.counter }) : shortName(view.staffName, view.sample ? 21 : 30)}</p>
          <p className="tp-sub ellipsis">{where}</p>
        </div>
        {view.sample ? <SampleTag /> : null}
      </div>
      <div className="tp-where">
        <p className="tp-number">{number}</p>
        {about === undefined ? null : (
          <p className="tp-about two-lines" title={about}>
            {time === undefined ? about : `${about}, ${time}`}
          </p>
        )}
      </div>
    </header>
  )
}

/** Bar of the time left on the upper edge of the foot, words left, keys right. */
export function Foot({ fraction, children, keys }: { readonly fraction?: number; readonly children: ReactNode; readonly keys?: ReactNode }) {
  return (
    <footer className="tp-foot">
      {fraction === undefined ? null : (
        <div className="tp-time" aria-hidden="true">
          <div style={{ transform: `scaleX(${fraction})` }} />
        </div>
      )}
      <div className="tp-foot-text">{children}</div>
      <div className="tp-keys">{keys}</div>
    </footer>
  )
}
