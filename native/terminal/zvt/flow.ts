import { accepted, type Apdu } from './apdu.ts'
import { bcdNumber } from './bcd.ts'
import { abort, control, goodsNotIssued, unknownCommand } from './commands.ts'
import type { ZvtTimers } from './profile.ts'
import { parseStatusInfo, sameStatus, type StatusInfo } from './status-info.ts'

/**
 * One command and all that the terminal makes of it (PA00P015, chapter 2): 80 00, then the terminal leads and we only answer, until 06 0F or 06 1E.
 * Pure: state and input give the next state and what to do, in order.
 */

export type FlowEnd =
  | { readonly kind: 'completed'; readonly data: Uint8Array }
  | { readonly kind: 'aborted'; readonly code: number }
  /** `84 xx` at once: the command was not begun. */
  | { readonly kind: 'refused'; readonly code: number }
  /** T3 or T4 is over, or the line is gone. */
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'line-broken' }

export interface FlowState {
  readonly phase: 'sent' | 'running' | 'storing' | 'ended'
  /** The last `04 0F`, and whether we took it. */
  readonly status: StatusInfo | null
  readonly taken: boolean
}

export type FlowInput =
  | { readonly kind: 'apdu'; readonly apdu: Apdu }
  /** The `04 0F` handed out before is dealt with; not taken: the terminal shall undo it. */
  | { readonly kind: 'status-done'; readonly taken: boolean }
  | { readonly kind: 'abort' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'lost' }

export type FlowAction =
  | { readonly kind: 'send'; readonly apdu: Apdu }
  | { readonly kind: 'wait'; readonly ms: number }
  /** To be answered with `status-done`. */
  | { readonly kind: 'status'; readonly status: StatusInfo; readonly data: Uint8Array; readonly again: boolean }
  | { readonly kind: 'progress'; readonly code: number }
  | { readonly kind: 'print'; readonly apdu: Apdu }
  | { readonly kind: 'end'; readonly end: FlowEnd }

export interface FlowStep {
  readonly state: FlowState
  readonly actions: readonly FlowAction[]
}

export const initialFlow: FlowState = { phase: 'sent', status: null, taken: false }

const send = (apdu: Apdu): FlowAction => ({ kind: 'send', apdu })

function ended(state: FlowState, end: FlowEnd, ...before: readonly FlowAction[]): FlowStep {
  return { state: { ...state, phase: 'ended' }, actions: [...before, { kind: 'end', end }] }
}

/** Takes one input. An ended flow takes none. */
export function flowStep(state: FlowState, input: FlowInput, timers: ZvtTimers): FlowStep {
  const wait: FlowAction = { kind: 'wait', ms: timers.completionMs }
  if (state.phase === 'ended') return { state, actions: [] }
  if (input.kind === 'timeout') return ended(state, { kind: 'no-answer' })
  if (input.kind === 'lost') return ended(state, { kind: 'line-broken' })
  if (input.kind === 'abort') return { state, actions: [send(abort)] }
  if (input.kind === 'status-done') {
    return { state: { ...state, phase: 'running', taken: input.taken }, actions: [send(input.taken ? accepted : goodsNotIssued), wait] }
  }
  const { apdu } = input
  if (apdu.control >> 8 === 0x80 || apdu.control === 0x8400) return state.phase === 'sent' ? { state: { ...state, phase: 'running' }, actions: [wait] } : { state, actions: [] }
  if (apdu.control >> 8 === 0x84) return state.phase === 'sent' ? ended(state, { kind: 'refused', code: apdu.control & 0xff }) : { state, actions: [] }
  return state.phase === 'sent' ? { state, actions: [send(stale(apdu))] } : led(state, apdu, wait, timers)
}

/**
 * Before 80 00 nothing is about our command: a terminal whose till died goes on telling the new one about the old payment. One that nobody waits for and
 * nobody has stored is given back; recovery then finds it undone.
 */
function stale(apdu: Apdu): Apdu {
  return apdu.control === control.statusInformation ? goodsNotIssued : accepted
}

/** The terminal leads: each of its messages is answered at once. */
function led(state: FlowState, apdu: Apdu, wait: FlowAction, timers: ZvtTimers): FlowStep {
  switch (apdu.control) {
    case control.completion:
      return ended(state, { kind: 'completed', data: apdu.data }, send(accepted))
    case control.aborted:
      return ended(state, { kind: 'aborted', code: apdu.data[0] ?? 0xff }, send(accepted))
    case control.intermediateStatus:
    case control.shortStatus:
      return { state, actions: [{ kind: 'progress', code: apdu.data[0] ?? 0xff }, send(accepted), { kind: 'wait', ms: ownWait(apdu.data) ?? timers.completionMs }] }
    case control.printLine:
    case control.printBlock:
      return { state, actions: [{ kind: 'print', apdu }, send(accepted), wait] }
    case control.statusInformation:
      return told(state, apdu, wait)
    default:
      return { state, actions: [send(unknownCommand)] }
  }
}

/** The same `04 0F` again (our answer was lost) gets the same answer and is not dealt with twice. */
function told(state: FlowState, apdu: Apdu, wait: FlowAction): FlowStep {
  const status = parseStatusInfo(apdu.data)
  const again = state.status !== null && sameStatus(state.status, status)
  if (again) return { state, actions: [send(state.taken ? accepted : goodsNotIssued), wait] }
  return { state: { ...state, phase: 'storing', status }, actions: [{ kind: 'status', status, data: apdu.data, again: state.status !== null }] }
}

/** T4 that a `04 FF` brings along: minutes as BCD, behind the code; null when there is none. */
function ownWait(data: Uint8Array): number | null {
  const minutes = data.length > 1 && data[1] !== 0x06 ? bcdNumber(data.subarray(1, 2)) : null
  return minutes ? minutes * 60_000 : null
}
