import { useEffect, useMemo, useReducer, useState } from 'react'
import type { KioskProcedure, KioskView } from '#contract/kiosk.ts'
import { createProcedureSearch } from '#contract/search.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { useBookingScreen } from './booking-screen.tsx'
import { useFindScreen } from './find-screen.tsx'
import { Frame, useDeadTime } from './frame.tsx'
import { idleRule, type IdleState } from './idle.ts'
import { KioskContext, useKiosk, type KioskCommands, type KioskModel } from './model.ts'
import { plainModes, slowModes, usePageModes, type Modes } from './modes.ts'
import { useNoPaperScreen, useRefusedScreen } from './no-number-screens.tsx'
import { usePriorityScreen } from './priority-screen.tsx'
import { useServiceScreen } from './service-screen.tsx'
import { freshSession, screenKey, stepSession, type BookingScreen, type FindScreen, type ServiceScreen, type Session } from './session.ts'
import { spokenText } from './spoken-text.ts'
import { useSpeech } from './speech.ts'
import { useStartScreen } from './start-screen.tsx'
import { keepsFromScreen, useTicketScreen } from './ticket-screen.tsx'
import { useIdle } from './use-idle.ts'
import { useLandscape } from './use-landscape.ts'
import { useNumber } from './use-number.ts'
import './kiosk.css'
import './kiosk-screens.css'

interface Shown {
  readonly idle: IdleState | null
  readonly dead: boolean
}

const Start = (shown: Shown) => <Frame name="start" parts={useStartScreen()} {...shown} />
const Find = ({ screen, ...shown }: Shown & { readonly screen: FindScreen }) => <Frame name={screen.code === null ? (screen.keyboard ? 'keys' : 'find') : 'detail'} parts={useFindScreen(screen)} {...shown} />
const Service = ({ screen, ...shown }: Shown & { readonly screen: ServiceScreen }) => <Frame name="service" parts={useServiceScreen(screen)} {...shown} />
const Booking = ({ screen, ...shown }: Shown & { readonly screen: BookingScreen }) => <Frame name={screen.found === null ? 'keys' : 'service'} parts={useBookingScreen(screen)} {...shown} />
const PriorityChoice = (shown: Shown) => <Frame name="priority" parts={usePriorityScreen()} {...shown} />
const NoPaper = (shown: Shown) => <Frame name="no-paper" parts={useNoPaperScreen()} {...shown} />
type Of<Kind> = Extract<Session['screen'], { readonly kind: Kind }>
const Refused = ({ screen, ...shown }: Shown & { readonly screen: Of<'refused'> }) => <Frame name="refused" parts={useRefusedScreen(screen.refusal)} {...shown} />
const TicketShown = ({ screen, ...shown }: Shown & { readonly screen: Of<'ticket'> }) => (
  <Frame name={keepsFromScreen(screen.issued, screen.onScreen) ? 'keep' : 'ticket'} parts={useTicketScreen(screen.issued, screen.onScreen, shown.idle?.secondsLeft ?? 0)} {...shown} />
)

function CurrentScreen(shown: Shown) {
  const { screen } = useKiosk().session
  switch (screen.kind) {
    case 'start':
      return <Start {...shown} />
    case 'find':
      return <Find screen={screen} {...shown} />
    case 'service':
      return <Service screen={screen} {...shown} />
    case 'booking':
      return <Booking screen={screen} {...shown} />
    case 'priority':
      return <PriorityChoice {...shown} />
    case 'no-paper':
      return <NoPaper {...shown} />
    case 'refused':
      return <Refused screen={screen} {...shown} />
    case 'ticket':
      return <TicketShown screen={screen} {...shown} />
  }
}

function useSlip(session: Session, commands: KioskCommands, dispatch: KioskModel['dispatch']): void {
  const { screen } = session
  const watched = screen.kind === 'ticket' && !screen.onScreen && screen.issued.slip === 'printing' ? screen.issued.ticket.id : null
  useEffect(() => {
    if (watched === null) return undefined
    return commands.watchSlip(watched, (issued) => dispatch({ kind: 'slip', issued }))
  }, [watched, commands, dispatch])
}

export interface KioskProps {
  readonly view: KioskView
  readonly now: number
  readonly connected: boolean
  readonly procedures: readonly KioskProcedure[]
  readonly commands: KioskCommands
  /** For pictures: start in the middle. */
  readonly initial?: Session
  readonly initialModes?: Modes
}

/** The whole kiosk as a function of what the station says and what one citizen does. */
export function KioskApp({ view, now, connected, procedures, commands, initial = freshSession, initialModes = plainModes }: KioskProps) {
  const { t, language, setLanguage } = useMessages()
  const [session, dispatch] = useReducer(stepSession, initial)
  const [modes, setModes] = useState<Modes>(initialModes)
  const landscape = useLandscape()
  const search = useMemo(() => createProcedureSearch(procedures), [procedures])
  const number = useNumber({ view, procedures, session, dispatch, commands })
  const { screen } = session
  const key = screenKey(screen)
  const slow = slowModes(modes)
  const copies = (screen.kind === 'ticket' && keepsFromScreen(screen.issued, screen.onScreen)) || screen.kind === 'no-paper'
  const rule = useMemo(() => idleRule(copies, slow), [copies, slow])
  const untouched = screen.kind === 'start' && modes === plainModes && language === 'vi' && session.help === 'none'
  const idle = useIdle(rule, !untouched, key, () => {
    dispatch({ kind: 'wipe' })
    setModes(plainModes)
    setLanguage('vi')
  })
  usePageModes(modes)
  useSlip(session, commands, dispatch)
  useSpeech(modes.spoken, spokenText(session, { view, procedures }, t), language)
  const dead = useDeadTime(key)
  const model: KioskModel = { view, now, connected, procedures, search, session, dispatch, modes, setModes, landscape, split: landscape || modes.seated, ...number, addTime: idle.addTime }
  return (
    <KioskContext value={model}>
      <CurrentScreen idle={untouched ? null : idle} dead={dead} />
    </KioskContext>
  )
}
