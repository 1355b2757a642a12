/**
 * One request and its answer, as a pure state machine: when to send again, when to give up, and what giving up means. The clock and the wire
 * belong to the caller. After an ACK a request is never sent again, whatever happens.
 */

export type ExchangeState =
  /** On the wire, not acknowledged. `refused` counts NAKs, `broken` damaged frames that came instead of an ACK. */
  | { readonly phase: 'sent'; readonly tries: number; readonly refused: number; readonly broken: number }
  /** Acknowledged; the response is awaited. */
  | { readonly phase: 'accepted' }
  | { readonly phase: 'ended'; readonly end: ExchangeEnd }

/**
 * `answered`: the response is there. `acknowledged`: an echo was. `not-accepted`: every transmission got a NAK, so the terminal took none of
 * them. The others leave it open what the terminal did.
 */
export type ExchangeEnd = 'answered' | 'acknowledged' | 'not-accepted' | 'no-ack' | 'no-response' | 'lost'

export type ExchangeInput = 'ack' | 'nak' | 'answer' | 'more' | 'broken' | 'timeout' | 'lost'

export interface ExchangeRules {
  /** Transmissions in all. */
  readonly tries: number
  /** An echo ends with its ACK. */
  readonly echo: boolean
}

export interface ExchangeStep {
  readonly state: ExchangeState
  readonly send: 'request' | 'nak' | null
  /** Which timer runs from now on; `keep` leaves the present one. */
  readonly timer: 'ack' | 'response' | 'keep' | 'none'
}

/** How often a terminal sends a response before it gives up: so many damaged ones may come before our own request is repeated. */
const terminalResends = 9

/** Before the first transmission, which the caller makes, with the ACK timer. */
export const firstState: ExchangeState = { phase: 'sent', tries: 1, refused: 0, broken: 0 }

const ended = (end: ExchangeEnd): ExchangeStep => ({ state: { phase: 'ended', end }, send: null, timer: 'none' })

/** The next state. An ended exchange stays as it is. */
export function step(state: ExchangeState, input: ExchangeInput, rules: ExchangeRules): ExchangeStep {
  if (state.phase === 'ended') return { state, send: null, timer: 'none' }
  switch (input) {
    case 'lost':
      return ended('lost')
    case 'answer':
      return ended('answered')
    case 'more':
      return { state: { phase: 'accepted' }, send: null, timer: 'response' }
    case 'ack':
      if (rules.echo) return ended('acknowledged')
      return state.phase === 'accepted' ? { state, send: null, timer: 'keep' } : { state: { phase: 'accepted' }, send: null, timer: 'response' }
    case 'broken':
      return afterBroken(state)
    case 'nak':
    case 'timeout':
      return afterSilence(state, input, rules)
  }
}

/** A damaged frame: it comes again after our NAK, and our own request waits for that, so that it isn't sent into a response. */
function afterBroken(state: Exclude<ExchangeState, { phase: 'ended' }>): ExchangeStep {
  if (state.phase === 'accepted') return { state, send: 'nak', timer: 'keep' }
  const broken = state.broken + 1
  return { state: { ...state, broken }, send: 'nak', timer: broken <= terminalResends ? 'ack' : 'keep' }
}

function afterSilence(state: Exclude<ExchangeState, { phase: 'ended' }>, input: 'nak' | 'timeout', rules: ExchangeRules): ExchangeStep {
  if (state.phase === 'accepted') return input === 'nak' ? { state, send: null, timer: 'keep' } : ended('no-response')
  const refused = state.refused + (input === 'nak' ? 1 : 0)
  if (state.tries < rules.tries) return { state: { ...state, tries: state.tries + 1, refused }, send: 'request', timer: 'ack' }
  return ended(refused === state.tries ? 'not-accepted' : 'no-ack')
}
