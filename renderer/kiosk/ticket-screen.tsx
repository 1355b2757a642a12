import type { ReactNode } from 'react'
import type { IssuedTicket } from '#contract/kiosk.ts'
import type { MessageKey } from '../i18n/catalogue.ts'
import { formatClock, formatClockRange } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert, Button, Icon, Qr } from '../ui/index.ts'
import { AccessRow } from './access-bar.tsx'
import type { FrameParts } from './frame.tsx'
import { useKiosk } from './model.ts'
import { kioskPapers } from './papers.ts'

/** Whether the citizen has to keep the number from the screen, because there is no slip. */
export function keepsFromScreen(issued: IssuedTicket, onScreen: boolean): boolean {
  return onScreen || issued.slip === 'not-printed'
}

function NumberCard({ issued }: { readonly issued: IssuedTicket }) {
  const { t } = useMessages()
  const title = issued.ticket.title === '' ? issued.serviceName : issued.ticket.title
  return (
    <div className="kiosk-number-card">
      <h2 className="kiosk-number-label">{t('kiosk.ticket.yours')}</h2>
      <p className="kiosk-number" data-long={issued.ticket.number.length > 4}>
        {issued.ticket.number}
      </p>
      <p className="kiosk-number-title two-lines">{issued.ticket.appointment === undefined ? title : t('kiosk.ticket.booked', { title, time: formatClock(issued.ticket.appointment.at) })}</p>
      <dl className="kiosk-facts">
        <div className="kiosk-fact">
          <dt>{t('kiosk.ticket.ahead')}</dt>
          <dd>
            <b>{t('shared.people', { count: issued.ahead })}</b>
          </dd>
        </div>
        <div className="kiosk-fact">
          <dt>{t('kiosk.ticket.at')}</dt>
          <dd>
            <b>{issued.counters.length === 0 ? t('kiosk.ticket.at-none') : t('shared.counters', { ids: issued.counters.join(', ') })}</b>
          </dd>
        </div>
        <div className="kiosk-fact kiosk-fact-leaf">
          <dt>{t('kiosk.ticket.expected')}</dt>
          <dd>
            <b>{issued.expected === null ? t('kiosk.ticket.expected-none') : formatClockRange(issued.expected.from, issued.expected.to)}</b>
          </dd>
        </div>
      </dl>
    </div>
  )
}

/** The line about papers that the citizen said are missing. */
function MissingPapers({ issued }: { readonly issued: IssuedTicket }) {
  const { procedures } = useKiosk()
  const { rich } = useMessages()
  const missing = issued.ticket.papers.filter((paper) => !paper.have)
  const first = missing[0]
  if (first === undefined) return null
  const procedure = procedures.find((one) => one.code === issued.ticket.procedure)
  const paper = procedure === undefined ? undefined : kioskPapers(procedure.components).find((one) => one.name === first.name)
  const name = paper?.title ?? first.name
  const lower = name.charAt(0).toLowerCase() + name.slice(1)
  return (
    <li>
      <Icon.FileText aria-hidden="true" />
      <span>{missing.length > 1 ? rich('kiosk.ticket.missing-more', { count: missing.length }) : paper?.form === true ? rich('kiosk.ticket.missing-form', { paper: lower }) : rich('kiosk.ticket.missing', { paper: lower })}</span>
    </li>
  )
}

function Follow({ issued }: { readonly issued: IssuedTicket }) {
  const { view, modes } = useKiosk()
  const { t } = useMessages()
  return (
    <>
      <div className="kiosk-follow">
        <div className="kiosk-qr-box">
          <Qr text={issued.followUrl} size={290} minModule={6} label={t('kiosk.ticket.qr', { number: issued.ticket.number })} />
        </div>
        <div>
          <p className="kiosk-follow-title">{t('kiosk.ticket.follow')}</p>
          <p>{t('kiosk.ticket.follow.text')}</p>
        </div>
      </div>
      <ul className="kiosk-advice">
        {modes.large ? null : (
          <li>
            <Icon.Volume2 aria-hidden="true" />
            <span>{t('kiosk.ticket.called', { counter: view.receptionCounter })}</span>
          </li>
        )}
        <MissingPapers issued={issued} />
      </ul>
    </>
  )
}

function Keep({ issued }: { readonly issued: IssuedTicket }) {
  const { view, landscape } = useKiosk()
  const { t, rich } = useMessages()
  const ways: readonly ReactNode[] = [rich('kiosk.ticket.keep.1'), rich('kiosk.ticket.keep.2', { number: issued.ticket.number }), rich('kiosk.ticket.keep.3', { counter: view.receptionCounter })]
  return (
    <div className="kiosk-keep">
      <div className="kiosk-qr-box">
        <Qr text={issued.followUrl} size={landscape ? 420 : 440} minModule={8} label={t('kiosk.ticket.qr', { number: issued.ticket.number })} />
      </div>
      <ol className="kiosk-keep-ways">
        {ways.map((way, index) => (
          <li key={index}>
            <span className="kiosk-step" aria-hidden="true">
              {index + 1}
            </span>
            <span>{way}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** What has become of the slip, in words; the title of the screen while all is well. */
function SlipState({ issued, onScreen }: { readonly issued: IssuedTicket; readonly onScreen: boolean }) {
  const { t, byKey } = useMessages()
  if (onScreen && (issued.slipReason === null || issued.slipReason === 'on-screen')) {
    return (
      <Alert tone="warn" icon={<Icon.PrinterX aria-hidden="true" />} title={t('kiosk.ticket.on-screen')}>
        {t('kiosk.ticket.on-screen.text')}
      </Alert>
    )
  }
  if (issued.slip === 'not-printed') {
    const why = issued.slipReason === null ? null : byKey(`slip.${issued.slipReason}`)
    return (
      <Alert tone="warn" icon={<Icon.PrinterX aria-hidden="true" />} title={why === null ? t('kiosk.ticket.not-printed.plain') : t('kiosk.ticket.not-printed', { why })}>
        {t('kiosk.ticket.not-printed.text')}
      </Alert>
    )
  }
  if (issued.slip === 'unknown') {
    return (
      <Alert tone="warn" icon={<Icon.CircleHelp aria-hidden="true" />} title={t('kiosk.ticket.unknown')}>
        {t('kiosk.ticket.unknown.text')}
      </Alert>
    )
  }
  const [title, text]: readonly [MessageKey & `kiosk.ticket.${'printing' | 'printed' | 'sent'}`, MessageKey & `kiosk.ticket.${'printing' | 'printed' | 'sent'}.text`] = [`kiosk.ticket.${issued.slip}`, `kiosk.ticket.${issued.slip}.text`]
  return (
    <div className="kiosk-slip-state" role="status">
      <div>
        <h1 className="kiosk-title">{t(title)}</h1>
        <p className="kiosk-lead">{t(issued.slipReason === 'backup' ? 'kiosk.ticket.backup.text' : text)}</p>
      </div>
      {issued.slip === 'printing' ? <Icon.Printer className="kiosk-slip-icon" aria-hidden="true" /> : <Icon.ArrowBigDown className="kiosk-slip-icon" aria-hidden="true" />}
    </div>
  )
}

function Actions({ issued, keep }: { readonly issued: IssuedTicket; readonly keep: boolean }) {
  const { dispatch, reprint, reprinting, addTime, modes } = useKiosk()
  const { t } = useMessages()
  const canReprint = !keep && issued.slip !== 'printing'
  return (
    <>
      {canReprint ? (
        <Button className="kiosk-second-button" icon={<Icon.Printer aria-hidden="true" />} pending={reprinting ? t('kiosk.ticket.reprinting') : undefined} onPress={reprint}>
          {t('kiosk.ticket.not-seen')}
        </Button>
      ) : (
        <Button className="kiosk-second-button" icon={modes.large ? undefined : <Icon.ClockPlus aria-hidden="true" />} onPress={addTime}>
          {t('kiosk.ticket.more-time')}
        </Button>
      )}
      <Button kind="primary" className="kiosk-main-button" icon={<Icon.Check aria-hidden="true" />} onPress={() => dispatch({ kind: 'wipe' })}>
        {keep ? t('kiosk.ticket.kept') : t('kiosk.ticket.done')}
      </Button>
    </>
  )
}

function HubLost({ number }: { readonly number: string }) {
  const { view } = useKiosk()
  const { t } = useMessages()
  return view.hubLostSince === null ? null : <Alert tone="warn" icon={<Icon.CloudOff aria-hidden="true" />} title={t('kiosk.ticket.hub', { number })} />
}

/** The number, and how to keep it. `secondsLeft` of the time-out is said under the buttons. */
export function useTicketScreen(issued: IssuedTicket, onScreen: boolean, secondsLeft: number): FrameParts {
  const { view, reprintFailed, landscape } = useKiosk()
  const { t } = useMessages()
  const keep = keepsFromScreen(issued, onScreen)
  const below = (
    <>
      {reprintFailed ? <Alert tone="warn" title={t('kiosk.ticket.reprint-failed', { number: issued.ticket.number, counter: view.receptionCounter })} /> : null}
      <HubLost number={issued.ticket.number} />
      {keep ? <Keep issued={issued} /> : <Follow issued={issued} />}
    </>
  )
  return {
    read: (
      <>
        <SlipState issued={issued} onScreen={onScreen} />
        <NumberCard issued={issued} />
        {landscape ? null : below}
      </>
    ),
    touch: landscape ? below : null,
    actions: <Actions issued={issued} keep={keep} />,
    foot: keep ? t('kiosk.idle.keep', { seconds: secondsLeft }) : t('kiosk.idle.home', { seconds: secondsLeft }),
    access: landscape ? <AccessRow /> : null,
  }
}
