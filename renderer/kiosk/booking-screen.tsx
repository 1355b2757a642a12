import { Input, SearchField } from 'react-aria-components'
import type { AppointmentView } from '#contract/appointment.ts'
import { formatClock, formatClockRange } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Icon } from '../ui/index.ts'
import { AccessRow } from './access-bar.tsx'
import type { FrameParts } from './frame.tsx'
import { Keyboard } from './keyboard.tsx'
import { useKiosk } from './model.ts'
import { Notices } from './notices.tsx'
import type { BookingScreen } from './session.ts'
import { BackButton, PriorityRow, TakeButton } from './take-actions.tsx'

function CodeBox({ screen }: { readonly screen: BookingScreen }) {
  const { dispatch } = useKiosk()
  const { t } = useMessages()
  return (
    <SearchField className="kiosk-search" data-open aria-label={t('kiosk.booking.code')} value={screen.code} onChange={(code) => dispatch({ kind: 'booking-code', code })}>
      <Icon.ScanLine aria-hidden="true" className="kiosk-search-icon" />
      <Input inputMode="none" placeholder={t('kiosk.booking.hint')} className="kiosk-search-input" />
    </SearchField>
  )
}

function Booked({ found }: { readonly found: AppointmentView }) {
  const { t } = useMessages()
  const fact = (label: string, value: string) => (
    <div className="kiosk-fact">
      <dt>{label}</dt>
      <dd><b>{value}</b></dd>
    </div>
  )
  return (
    <div className="kiosk-card">
      <div className="kiosk-procedure">
        <div className="kiosk-procedure-line">
          <h2 className="kiosk-procedure-name two-lines">{found.title}</h2>
          <p className="kiosk-procedure-field">{found.code}</p>
        </div>
      </div>
      <dl className="kiosk-facts">
        {fact(t('kiosk.booking.at'), formatClock(found.at))}
        {found.name === null ? null : fact(t('kiosk.booking.name'), found.name)}
      </dl>
    </div>
  )
}

function Standing({ found }: { readonly found: AppointmentView }) {
  const { view } = useKiosk()
  const { t } = useMessages()
  const range = formatClockRange(found.window.from, found.window.to)
  if (found.number !== null) return <Alert tone="warn" title={t('shared.refusal.appointment-used', { number: found.number })}>{t('kiosk.booking.used.next', { counter: view.receptionCounter })}</Alert>
  return <Alert tone="info" icon={<Icon.Clock aria-hidden="true" />} title={t(found.first ? 'kiosk.booking.first' : 'kiosk.booking.by-turn', { range })} />
}

/** Whoever booked online: the code, scanned or typed, then what it is for and the number. */
export function useBookingScreen(screen: BookingScreen): FrameParts {
  const { view, dispatch, lookUpBooking, takeNumber } = useKiosk()
  const { t, byKey } = useMessages()
  const { found, refusal } = screen
  const service = view.services.find((one) => one.id === found?.service)
  const why = refusal && ((refusal.reason === null ? null : byKey(`refusal.${refusal.reason}`, refusal.details)) ?? byKey(`error.${refusal.code}`))
  return {
    read: (
      <>
        <h1 className="kiosk-title">{t(found === null ? 'kiosk.booking.title' : 'kiosk.booking.found')}</h1>
        {found?.number == null ? <p className="kiosk-lead">{t(found === null ? 'kiosk.booking.text' : 'kiosk.booking.check')}</p> : null}
      </>
    ),
    touch: (
      <>
        {found === null ? <CodeBox screen={screen} /> : <Booked found={found} />}
        {why === null || why === undefined ? null : <Alert tone="warn" title={why} />}
        {found === null ? <div><BackButton /></div> : <><Standing found={found} /><Notices />{found.first || found.number !== null ? null : <PriorityRow />}</>}
      </>
    ),
    actions: found === null ? (
      <Keyboard value={screen.code} onChange={(code) => dispatch({ kind: 'booking-code', code })} onDone={() => (screen.code.trim() === '' ? undefined : lookUpBooking(screen.code))} />
    ) : (
      <>
        <BackButton />
        {service === undefined || found.number !== null ? null : <TakeButton service={service} label={t('kiosk.take')} onPress={() => takeNumber(false)} />}
      </>
    ),
    access: <AccessRow />,
  }
}
