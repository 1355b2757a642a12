import type { ReactNode } from 'react'
import type { KioskProcedure } from '#contract/kiosk.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Alert } from '../ui/index.ts'
import { AccessRow } from './access-bar.tsx'
import { feeFact, timeFact, waitFact, type Fact } from './facts.ts'
import type { FrameParts } from './frame.tsx'
import { useKiosk, wantedOf } from './model.ts'
import { Notices } from './notices.tsx'
import { PapersList } from './papers-list.tsx'
import { ResultRow } from './result-row.tsx'
import type { FindScreen } from './session.ts'
import { BackButton, PriorityRow, TakeButton } from './take-actions.tsx'

function FactBox({ fact, wait }: { readonly fact: Fact; readonly wait?: boolean }) {
  return (
    <div className={wait === true ? 'kiosk-fact kiosk-fact-wait' : 'kiosk-fact'}>
      <dt>{fact.label}</dt>
      <dd>
        <b>{fact.value}</b>
        {fact.note === '' ? null : <span className="kiosk-fact-note">{fact.note}</span>}
      </dd>
    </div>
  )
}

/** Fee, time and wait of a procedure; read only. */
function Facts({ procedure }: { readonly procedure: KioskProcedure }) {
  const { view } = useKiosk()
  const { t } = useMessages()
  const service = view.services.find((one) => one.id === procedure.service)
  return (
    <dl className="kiosk-facts">
      <FactBox fact={feeFact(procedure.fees, t)} />
      <FactBox fact={timeFact(procedure, t)} />
      {service === undefined ? null : <FactBox fact={waitFact(service, view.asOf, t)} wait />}
    </dl>
  )
}

/** The full name without "Thủ tục", which says nothing, when it says more than the short one. */
function fullName(procedure: KioskProcedure): string | null {
  const bare = procedure.name.replace(/^Thủ tục /i, '')
  return bare.toLowerCase() === procedure.shortName.toLowerCase() ? null : bare.charAt(0).toUpperCase() + bare.slice(1)
}

function Head({ procedure }: { readonly procedure: KioskProcedure }) {
  const { split } = useKiosk()
  const full = fullName(procedure)
  const field = procedure.field.length > 20 ? '' : `${procedure.field} · `
  return (
    <div className="kiosk-procedure">
      <div className="kiosk-procedure-line" data-long={procedure.shortName.length > 28}>
        <h2 className="kiosk-procedure-name two-lines">{procedure.shortName}</h2>
        <p className="kiosk-procedure-field">
          {field}
          {procedure.code}
        </p>
      </div>
      {full === null || (split && procedure.shortName.length > 28) ? null : <p className="kiosk-procedure-full two-lines">{full}</p>}
    </div>
  )
}

function Together({ procedure }: { readonly procedure: KioskProcedure }) {
  const { procedures, dispatch, modes, split } = useKiosk()
  const { t } = useMessages()
  const other = procedures.find((one) => procedure.together.includes(one.code))
  if (other === undefined || modes.large || split) return null
  return <ResultRow procedure={other} lead={t('kiosk.find.together')} onPress={() => dispatch({ kind: 'choose', code: other.code })} />
}

function NoService() {
  const { view } = useKiosk()
  const { t } = useMessages()
  return <Alert tone="warn" title={t('kiosk.find.no-service', { counter: view.receptionCounter })} />
}

/** One procedure: what to bring, what it costs, how long it takes, and the number. Null while none is chosen. */
export function useDetail(screen: FindScreen, searchBox: ReactNode): FrameParts | null {
  const model = useKiosk()
  const { t } = useMessages()
  const { procedure, service } = wantedOf(screen, model)
  if (procedure === null) return null
  const { split, takeNumber } = model
  const about = (
    <>
      <Head procedure={procedure} />
      <Facts procedure={procedure} />
    </>
  )
  return {
    read: (
      <>
        {split ? null : <h1 className="kiosk-title">{t('kiosk.find.title')}</h1>}
        {split ? <div className="kiosk-card">{about}</div> : null}
      </>
    ),
    touch: (
      <>
        {searchBox}
        <Notices />
        <div className="kiosk-card kiosk-card-main">
          {split ? null : about}
          <PapersList procedure={procedure} />
        </div>
        <Together procedure={procedure} />
        <PriorityRow />
        {service === null ? <NoService /> : null}
      </>
    ),
    actions: (
      <>
        <BackButton />
        {service === null ? null : <TakeButton service={service} label={t('kiosk.take')} onPress={() => takeNumber(false)} />}
      </>
    ),
    access: <AccessRow />,
  }
}
