import type { FrameEvent } from './frame-codec.ts'

/** One question to a reader and its answer, as a pure state machine; `serial-link.ts` gives it a line and a clock. */
export interface Exchange {
  readonly seq: number
  /** `sent`: the reader hasn't confirmed the frame yet. `confirmed`: it has and works. */
  readonly phase: 'sent' | 'confirmed'
  /** How often the question went out, how often the answer was asked for again. */
  readonly sends: number
  readonly asks: number
}

export type ExchangeInput = FrameEvent | { readonly kind: 'timeout' }

export type ExchangeStep =
  | { readonly next: Exchange; readonly act: 'wait' | 'send' | 'ask-again' }
  | { readonly done: Uint8Array }
  | { readonly failed: 'silent' | 'damaged' }

const mostSends = 3
const mostAsks = 3

/** The question is just going out for the first time. */
export const newExchange = (seq: number): Exchange => ({ seq, phase: 'sent', sends: 1, asks: 0 })

function sendAgain(state: Exchange, reason: 'silent' | 'damaged'): ExchangeStep {
  return state.sends < mostSends ? { next: { ...state, phase: 'sent', sends: state.sends + 1 }, act: 'send' } : { failed: reason }
}

function askAgain(state: Exchange, reason: 'silent' | 'damaged'): ExchangeStep {
  return state.asks < mostAsks ? { next: { ...state, phase: 'confirmed', asks: state.asks + 1 }, act: 'ask-again' } : { failed: reason }
}

/**
 * A frame that the reader didn't take is sent again; an answer that came damaged or not at all is asked for again, so that the card doesn't get the same command
 * twice. Answers to an older question are passed over. A reader that confirmed and then stays silent is asked once only.
 */
export function stepExchange(state: Exchange, input: ExchangeInput): ExchangeStep {
  switch (input.kind) {
    case 'confirmed':
    case 'busy':
      return { next: { ...state, phase: 'confirmed' }, act: 'wait' }
    case 'answer':
      return input.seq === null || input.seq === state.seq ? { done: input.payload } : { next: state, act: 'wait' }
    case 'refused':
      return sendAgain(state, 'damaged')
    case 'damaged':
      return askAgain(state, 'damaged')
    case 'timeout':
      if (state.phase === 'sent') return sendAgain(state, 'silent')
      return state.asks === 0 ? askAgain(state, 'silent') : { failed: 'silent' }
  }
}
