import { ack, encodeFrame, nak, type FrameEvent } from './frame.ts'

/**
 * Acknowledgement and repetition on a serial line (PA00P016, chapter 2): each frame is acknowledged by one byte, one is under way at a time, it goes out
 * three times at most. Pure.
 */
export interface AckState {
  readonly queue: readonly Uint8Array[]
  readonly pending: { readonly apdu: Uint8Array; readonly sent: number } | null
  readonly lastReceived: Uint8Array | null
}

export type AckInput = { readonly kind: 'send'; readonly apdu: Uint8Array } | { readonly kind: 'timeout' } | FrameEvent

export type AckAction =
  | { readonly kind: 'write'; readonly bytes: Uint8Array }
  /** Written, and T2 runs from then on. */
  | { readonly kind: 'write-frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'deliver'; readonly apdu: Uint8Array }
  /** Three transmissions and no ACK. */
  | { readonly kind: 'give-up' }

export interface AckStep {
  readonly state: AckState
  readonly actions: readonly AckAction[]
}

export const initialAck: AckState = { queue: [], pending: null, lastReceived: null }
const transmissions = 3

function sendNext(state: AckState): AckStep {
  const [apdu, ...queue] = state.queue
  if (state.pending || !apdu) return { state, actions: [] }
  return { state: { ...state, queue, pending: { apdu, sent: 1 } }, actions: [{ kind: 'write-frame', bytes: encodeFrame(apdu) }] }
}

function repeat(state: AckState): AckStep {
  const { pending } = state
  if (!pending) return { state, actions: [] }
  if (pending.sent >= transmissions) return { state: { ...state, pending: null }, actions: [{ kind: 'give-up' }] }
  return { state: { ...state, pending: { ...pending, sent: pending.sent + 1 } }, actions: [{ kind: 'write-frame', bytes: encodeFrame(pending.apdu) }] }
}

function acknowledged(state: AckState): AckStep {
  if (!state.pending) return { state, actions: [] }
  const next = sendNext({ ...state, pending: null })
  return { state: next.state, actions: [{ kind: 'acknowledged' }, ...next.actions] }
}

const same = (a: Uint8Array | null, b: Uint8Array): boolean => a !== null && Buffer.compare(a, b) === 0

/**
 * A frame is acknowledged before it is looked at. The same one again while our answer to it is not acknowledged is a repetition: it is not delivered
 * twice, and the answer goes out again. Any other frame says that ours has arrived, even when its ACK was lost.
 */
function received(state: AckState, apdu: Uint8Array): AckStep {
  const confirm: AckAction = { kind: 'write', bytes: Uint8Array.of(ack) }
  if (state.pending && same(state.lastReceived, apdu)) {
    const again = repeat(state)
    return { state: again.state, actions: [confirm, ...again.actions] }
  }
  const next = acknowledged({ ...state, lastReceived: apdu })
  return { state: next.state, actions: [confirm, ...next.actions, { kind: 'deliver', apdu }] }
}

export function ackStep(state: AckState, input: AckInput): AckStep {
  switch (input.kind) {
    case 'send':
      return sendNext({ ...state, queue: [...state.queue, input.apdu] })
    case 'ack':
      return acknowledged(state)
    case 'nak':
    case 'timeout':
      return repeat(state)
    case 'frame':
      return received(state, input.apdu)
    case 'bad':
      return { state, actions: [{ kind: 'write', bytes: Uint8Array.of(nak) }] }
  }
}
