import { createContext, use, type Dispatch } from 'react'
import type { AppointmentView } from '#contract/appointment.ts'
import type { IssuedTicket, KioskProcedure, KioskService, KioskView } from '#contract/kiosk.ts'
import type { createProcedureSearch, ProcedureHit } from '#contract/search.ts'
import type { Result } from '../state/use-command.ts'
import type { Modes } from './modes.ts'
import type { AskingScreen, Session, SessionAction } from './session.ts'

export type Search = ReturnType<typeof createProcedureSearch<KioskProcedure>>
export type Hit = ProcedureHit<KioskProcedure>

/** What to ask the station for a number. */
export interface NumberWanted {
  readonly service: string
  readonly procedure: string | null
  readonly priority: Session['priority']
  readonly papers: readonly { readonly name: string; readonly have: boolean }[]
  readonly print: boolean
  /** Code of the appointment that the citizen has. */
  readonly booking: string | null
}

/** What the kiosk asks of the station; null means that the press before is still running. */
export interface KioskCommands {
  readonly issue: (wanted: NumberWanted) => Promise<Result<IssuedTicket> | null>
  readonly appointment: (code: string) => Promise<Result<AppointmentView> | null>
  readonly reprint: (ticketId: string) => Promise<Result<IssuedTicket> | null>
  readonly askHelp: () => Promise<Result<unknown> | null>
  /** Follows the slip of a ticket until it is decided; returns its close. */
  readonly watchSlip: (ticketId: string, onChange: (issued: IssuedTicket) => void) => () => void
}

/** Everything the screens of the kiosk draw from. */
export interface KioskModel {
  readonly view: KioskView
  readonly now: number
  readonly connected: boolean
  readonly procedures: readonly KioskProcedure[]
  readonly search: Search
  readonly session: Session
  readonly dispatch: Dispatch<SessionAction>
  readonly modes: Modes
  readonly setModes: (modes: Modes) => void
  readonly landscape: boolean
  /** Title and facts apart from what is touched: landscape and seated. */
  readonly split: boolean
  readonly issuing: boolean
  readonly reprinting: boolean
  readonly reprintFailed: boolean
  readonly takeNumber: (onScreen: boolean) => void
  readonly lookUpBooking: (code: string) => void
  readonly reprint: () => void
  readonly askHelp: () => void
  readonly addTime: () => void
}

export const KioskContext = createContext<KioskModel | null>(null)

/** The model of the kiosk that draws this component. */
export function useKiosk(): KioskModel {
  const model = use(KioskContext)
  if (model === null) throw new Error('outside the kiosk')
  return model
}

/** Whether a slip can be printed now, as far as the kiosk knows; asked before a number is given. */
export function paperReady(view: KioskView): boolean {
  return view.printerOnline && view.paper !== 'out'
}

/** The procedure and service that a number would be for; null service when no counter serves it. */
export function wantedOf(screen: AskingScreen, model: Pick<KioskModel, 'view' | 'procedures'>): { readonly procedure: KioskProcedure | null; readonly service: KioskService | null } {
  const procedure = screen.kind === 'find' ? (model.procedures.find((one) => one.code === screen.code) ?? null) : null
  const id = screen.kind === 'service' ? screen.service : screen.kind === 'booking' ? screen.found?.service : procedure?.service
  return { procedure, service: model.view.services.find((one) => one.id === id) ?? null }
}
