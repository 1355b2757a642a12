import type { AppointmentView } from '#contract/appointment.ts'
import type { IssuedTicket, KioskView } from '#contract/kiosk.ts'
import type { Refusal } from '../state/use-command.ts'

export type Priority = KioskView['priorities'][number]

/** Finding a procedure: the list while `code` is null, one procedure's papers, fee and time when it is set. */
export interface FindScreen {
  readonly kind: 'find'
  /** `browse` came to read, `ticket` to take a number; only the wording differs. */
  readonly mode: 'ticket' | 'browse'
  readonly query: string
  /** Id of the service whose procedures are listed, null for all. */
  readonly service: string | null
  readonly keyboard: boolean
  readonly code: string | null
}

/** A number for a service without naming a procedure. */
export interface ServiceScreen {
  readonly kind: 'service'
  readonly service: string
  readonly from: FindScreen | null
}

/** A slot booked online: its code while `found` is null, then what it is for. */
export interface BookingScreen {
  readonly kind: 'booking'
  readonly code: string
  readonly found: AppointmentView | null
  readonly refusal: Refusal | null
}

export type AskingScreen = FindScreen | ServiceScreen | BookingScreen

export type Screen =
  | { readonly kind: 'start' }
  | FindScreen
  | ServiceScreen
  | BookingScreen
  | { readonly kind: 'priority'; readonly back: AskingScreen }
  | { readonly kind: 'no-paper'; readonly back: AskingScreen }
  | { readonly kind: 'refused'; readonly back: AskingScreen; readonly refusal: Refusal }
  | { readonly kind: 'ticket'; readonly issued: IssuedTicket; readonly onScreen: boolean }

/** What one citizen entered; all of it is wiped at the time-out. */
export interface Session {
  readonly screen: Screen
  readonly priority: Priority | null
  /** Có (true) or Chưa (false) by the paper's name, of the procedure now chosen. */
  readonly answers: Readonly<Record<string, boolean>>
  readonly help: 'none' | 'asked' | 'failed'
}

export type SessionAction =
  | { readonly kind: 'find'; readonly mode: FindScreen['mode'] }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'booking' }
  | { readonly kind: 'booking-code'; readonly code: string }
  | { readonly kind: 'booked'; readonly found: AppointmentView }
  | { readonly kind: 'not-booked'; readonly code: string; readonly refusal: Refusal }
  | { readonly kind: 'query'; readonly query: string }
  | { readonly kind: 'filter'; readonly service: string | null }
  | { readonly kind: 'keyboard'; readonly open: boolean }
  | { readonly kind: 'choose'; readonly code: string | null }
  | { readonly kind: 'answer'; readonly paper: string; readonly have: boolean }
  | { readonly kind: 'ask-priority' }
  | { readonly kind: 'priority'; readonly group: Priority | null }
  | { readonly kind: 'no-paper' }
  | { readonly kind: 'issued'; readonly issued: IssuedTicket; readonly onScreen: boolean }
  | { readonly kind: 'slip'; readonly issued: IssuedTicket }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'help'; readonly state: Session['help'] }
  | { readonly kind: 'back' }
  | { readonly kind: 'wipe' }

export const freshSession: Session = { screen: { kind: 'start' }, priority: null, answers: {}, help: 'none' }

const emptyBooking: BookingScreen = { kind: 'booking', code: '', found: null, refusal: null }

function isAsking(screen: Screen): screen is AskingScreen {
  return screen.kind === 'find' || screen.kind === 'service' || screen.kind === 'booking'
}

function changeFind(session: Session, change: Partial<FindScreen>): Session {
  return session.screen.kind === 'find' ? { ...session, screen: { ...session.screen, ...change } } : session
}

/** One step back, with what was entered kept; from a ticket, back means the start. */
function stepBack(session: Session): Session {
  const { screen } = session
  switch (screen.kind) {
    case 'start':
      return session
    case 'find':
      if (screen.keyboard) return changeFind(session, { keyboard: false })
      return screen.code === null ? freshSession : { ...changeFind(session, { code: null }), answers: {} }
    case 'service':
      return screen.from === null ? freshSession : { ...session, screen: screen.from }
    case 'booking':
      return screen.found === null ? freshSession : { ...freshSession, screen: emptyBooking }
    case 'priority':
    case 'no-paper':
    case 'refused':
      return { ...session, screen: screen.back }
    case 'ticket':
      return freshSession
  }
}

function toAsking(session: Session, make: (back: AskingScreen) => Screen): Session {
  const { screen } = session
  if (isAsking(screen)) return { ...session, screen: make(screen) }
  return 'back' in screen ? { ...session, screen: make(screen.back) } : session
}

/** The way of one citizen through the kiosk. An action that does not fit the screen changes nothing. */
export function stepSession(session: Session, action: SessionAction): Session {
  const { screen } = session
  switch (action.kind) {
    case 'find':
      return { ...session, screen: { kind: 'find', mode: action.mode, query: '', service: null, keyboard: false, code: null } }
    case 'service':
      return { ...session, screen: { kind: 'service', service: action.service, from: screen.kind === 'find' ? screen : null } }
    case 'booking':
      return { ...session, screen: emptyBooking }
    case 'booking-code':
      return screen.kind === 'booking' ? { ...session, screen: { ...emptyBooking, code: action.code } } : session
    case 'booked':
      return screen.kind === 'ticket' ? session : { ...freshSession, screen: { ...emptyBooking, code: action.found.code, found: action.found } }
    case 'not-booked':
      return screen.kind === 'ticket' ? session : { ...freshSession, screen: { ...emptyBooking, code: action.code, refusal: action.refusal } }
    case 'query':
      return { ...changeFind(session, { query: action.query, code: null }), answers: {} }
    case 'filter':
      return { ...changeFind(session, { service: action.service, code: null }), answers: {} }
    case 'keyboard':
      return changeFind(session, action.open ? { keyboard: true, code: null } : { keyboard: false })
    case 'choose':
      return { ...changeFind(session, { code: action.code, keyboard: false }), answers: {} }
    case 'answer':
      return { ...session, answers: { ...session.answers, [action.paper]: action.have } }
    case 'ask-priority':
      return toAsking(session, (back) => ({ kind: 'priority', back }))
    case 'priority':
      return { ...stepBack(session), priority: action.group }
    case 'no-paper':
      return toAsking(session, (back) => ({ kind: 'no-paper', back }))
    case 'issued':
      return { ...session, screen: { kind: 'ticket', issued: action.issued, onScreen: action.onScreen } }
    case 'slip':
      if (screen.kind !== 'ticket' || screen.issued.ticket.id !== action.issued.ticket.id) return session
      return { ...session, screen: { ...screen, issued: action.issued } }
    case 'refused':
      return toAsking(session, (back) => ({ kind: 'refused', back, refusal: action.refusal }))
    case 'help':
      return { ...session, help: action.state }
    case 'back':
      return stepBack(session)
    case 'wipe':
      return freshSession
  }
}

/** Names the screen for dead time, focus and voice: it changes when the citizen sees another screen. */
export function screenKey(screen: Screen): string {
  if (screen.kind === 'booking') return `booking:${screen.found?.code ?? ''}`
  return screen.kind === 'find' ? `find:${screen.mode}:${screen.code ?? ''}` : screen.kind
}
