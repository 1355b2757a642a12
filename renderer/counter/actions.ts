/**
 * What the clerk can do at this moment, and which key does it: the key table of the design against the state of the
 * counter. One list for buttons, keys, help and tests. Pure.
 */
import type { CounterView } from '#contract/counter.ts'

export type ActionId =
  | 'call-next' | 'recall' | 'start' | 'hold' | 'transfer' | 'no-show' | 'finish' | 'intake' | 'intake-no-ticket' | 'pause' | 'unpause' | 'note' | 'room' | 'find' | 'help'

/** The keys of the queue screen, as they are written on the controls. */
export const queueKeys: Readonly<Partial<Record<ActionId, string>>> = {
  help: 'F1', 'call-next': 'F2', recall: 'F3', start: 'F4', hold: 'F6', transfer: 'F7', 'no-show': 'F8', finish: 'F9', note: 'Alt N', room: 'Alt P', find: 'Ctrl K',
}

/** Keys of the intake screen beside those of its sections. */
export const intakeKeys = {
  help: 'F1', accept: 'F9', back: 'Esc', procedure: 'Alt 1', submitter: 'Alt 2', papers: 'Alt 3', result: 'Alt 4', fee: 'Alt 5', problem: 'Alt L', due: 'Alt H', find: 'Ctrl K',
} as const
export type IntakeKey = keyof typeof intakeKeys

/** The part of a keyboard event that a key needs. */
export interface Press {
  readonly key: string
  readonly code: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly repeat: boolean
}

const letterOf = (press: Press): string => {
  const match = /^(?:Key([A-Z])|Digit(\d))$/.exec(press.code)
  return match?.[1] ?? match?.[2] ?? press.key.toUpperCase()
}

/** The press as the controls write it: `F2`, `Alt N`, `Ctrl K`, `Esc`; null for a press that is none of our keys or is held down. */
export const keyName = (press: Press): string | null => {
  if (press.repeat || press.metaKey || press.shiftKey) return null
  if (press.altKey && press.ctrlKey) return null
  if (press.altKey) return `Alt ${letterOf(press)}`
  if (press.ctrlKey) return `Ctrl ${letterOf(press)}`
  if (press.key === 'Escape') return 'Esc'
  return /^F([1-9]|1[0-2])$/.test(press.key) || press.key === 'Enter' ? press.key : null
}

export type Phase = 'idle' | 'called' | 'serving'

/** What the counter is doing. A ticket that was only called isn't served yet. */
export const phaseOf = (view: CounterView): Phase => {
  if (view.current === null) return 'idle'
  return view.current.ticket.state === 'called' ? 'called' : 'serving'
}

/** Why something can't be done now; `counter.why.<Why>`. */
export type Why = 'hub-lost' | 'answer-call-first' | 'paused' | 'nobody-waiting' | 'no-ticket' | 'already-serving' | 'not-started'

export interface ActionState {
  readonly id: ActionId
  readonly key: string | null
  /** Null when it can be done now. */
  readonly why: Why | null
  readonly rank: 'primary' | 'large' | 'plain'
}

const callWhy = (view: CounterView, phase: Phase): Why | null => {
  if (phase === 'called') return 'answer-call-first'
  if (phase === 'idle' && view.counter.pausedUntil !== null) return 'paused'
  if (view.mine.length > 0 || phase !== 'idle') return null
  return view.hubLostSince === null ? 'nobody-waiting' : 'hub-lost'
}

/** Why an act on the present ticket can't be done; `only` is the phase it belongs to. */
const ticketWhy = (phase: Phase, only: Phase | 'any', wrong: Why): Why | null => {
  if (phase === 'idle') return 'no-ticket'
  return only === 'any' || only === phase ? null : wrong
}

/** The buttons of the action column, top to bottom, for the present state. The first one is the primary. */
export const actionsOf = (view: CounterView): readonly ActionState[] => {
  const phase = phaseOf(view)
  const done = phase === 'serving' && (view.current?.dossiers.length ?? 0) > 0
  const one = (id: ActionId, why: Why | null, rank: ActionState['rank'] = 'plain'): ActionState => ({ id, key: queueKeys[id] ?? null, why, rank })
  const call = one('call-next', callWhy(view, phase), phase === 'idle' || done ? 'primary' : 'large')
  const recall = one('recall', ticketWhy(phase, 'called', 'already-serving'))
  const noShow = one('no-show', ticketWhy(phase, 'called', 'already-serving'))
  const finish = one('finish', ticketWhy(phase, 'serving', 'not-started'))
  const hold = one('hold', ticketWhy(phase, 'any', 'no-ticket'))
  const transfer = one('transfer', ticketWhy(phase, 'any', 'no-ticket'))
  const start = one('start', ticketWhy(phase, 'called', 'already-serving'), phase === 'called' ? 'primary' : 'plain')
  // Intake needs no hub: a counter cut off goes on with leased codes.
  const intake = one('intake', phase === 'serving' ? null : 'not-started', done ? 'large' : 'primary')
  if (phase === 'called') return [start, call, recall, noShow, hold, transfer, finish]
  if (phase === 'serving') return done ? [call, intake, finish, hold, transfer, recall, noShow] : [intake, call, finish, hold, transfer, recall, noShow]
  const noTicket = one('intake-no-ticket', null, 'large')
  if (view.counter.pausedUntil !== null) return [one('unpause', null, 'primary'), { ...call, rank: 'plain' }, noTicket, recall, hold, transfer, noShow]
  return [call, noTicket, recall, hold, transfer, noShow, one('pause', null)]
}

/** The action that Enter does when nothing else has the focus: the primary, when it can be done. */
export const primaryOf = (actions: readonly ActionState[]): ActionState | null =>
  actions.find((action) => action.rank === 'primary' && action.why === null) ?? null

/** The action that a key asks for, possible or not; null for a key of none of them. */
export const actionForKey = (actions: readonly ActionState[], key: string): ActionState | null =>
  actions.find((action) => action.key === key) ?? null
