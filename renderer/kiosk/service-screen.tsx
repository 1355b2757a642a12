import { useMessages } from '../i18n/use-messages.tsx'
import { AccessRow } from './access-bar.tsx'
import { waitFact } from './facts.ts'
import type { FrameParts } from './frame.tsx'
import { useKiosk } from './model.ts'
import { Notices } from './notices.tsx'
import type { ServiceScreen } from './session.ts'
import { BackButton, PriorityRow, TakeButton } from './take-actions.tsx'

/** A number for a whole service: returning results, or "I'd rather tell the clerk". */
export function useServiceScreen(screen: ServiceScreen): FrameParts {
  const { view, procedures, takeNumber } = useKiosk()
  const { t } = useMessages()
  const service = view.services.find((one) => one.id === screen.service)
  const hasProcedures = procedures.some((one) => one.service === screen.service)
  const wait = service === undefined ? null : waitFact(service, view.asOf, t)
  return {
    read: (
      <>
        <h1 className="kiosk-title">{service?.name ?? ''}</h1>
        <p className="kiosk-lead">{hasProcedures ? t('kiosk.service.text') : t('kiosk.service.collect')}</p>
        {wait === null ? null : (
          <dl className="kiosk-facts kiosk-facts-alone">
            <div className="kiosk-fact">
              <dt>{t('kiosk.service.counters')}</dt>
              <dd>
                <b>{service === undefined || service.counters.length === 0 ? t('kiosk.ticket.at-none') : t('shared.counters', { ids: service.counters.join(', ') })}</b>
              </dd>
            </div>
            <div className="kiosk-fact kiosk-fact-wait">
              <dt>{wait.label}</dt>
              <dd>
                <b>{wait.value}</b>
                <span className="kiosk-fact-note">{wait.note}</span>
              </dd>
            </div>
          </dl>
        )}
      </>
    ),
    touch: (
      <>
        <Notices />
        <PriorityRow />
      </>
    ),
    actions: (
      <>
        <BackButton />
        {service === undefined ? null : <TakeButton service={service} label={t('kiosk.take')} onPress={() => takeNumber(false)} />}
      </>
    ),
    access: <AccessRow />,
  }
}
