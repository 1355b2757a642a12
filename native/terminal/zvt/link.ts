import type { Transport } from '#native/transport/transport.ts'
import { ackStep, initialAck, type AckAction, type AckInput } from './acknowledge.ts'
import { ApduSplitter, decodeApdu, encodeApdu, type Apdu } from './apdu.ts'
import { FrameReceiver, type FrameEvent } from './frame.ts'
import type { ZvtTimers } from './profile.ts'

/** Carries whole APDUs over one connection, both ways, until it breaks. */
export interface Link {
  send(apdu: Apdu): void
  isOpen(): boolean
  close(): Promise<void>
}

/** `lost` comes once: the connection broke, or three transmissions stayed without ACK. */
export interface LinkEvents {
  readonly apdu: (apdu: Apdu) => void
  readonly lost: () => void
}

/** TCP: APDUs as they are; the network does the rest. */
export function tcpLink(transport: Transport, events: LinkEvents): Link {
  const splitter = new ApduSplitter()
  let open = true
  transport.onClose(() => {
    open = false
    events.lost()
  })
  transport.onData((bytes) => {
    for (const whole of splitter.push(bytes)) {
      const apdu = decodeApdu(whole)
      if (apdu) events.apdu(apdu)
    }
  })
  return {
    send: (apdu) => void transport.write(encodeApdu(apdu)).catch(() => undefined),
    isOpen: () => open,
    close: () => transport.close(),
  }
}

/** Garbage is answered with a NAK only when nothing good came behind it. */
function withoutExcessNaks(events: readonly FrameEvent[]): readonly FrameEvent[] {
  return events.filter(({ kind }, index) => kind !== 'bad' || index === events.length - 1)
}

/** Serial line: frames, T1, ACK and NAK, T2 and repetition. */
export function serialLink(transport: Transport, timers: ZvtTimers, events: LinkEvents): Link {
  const receiver = new FrameReceiver()
  let state = initialAck
  let open = true
  let gap: NodeJS.Timeout | undefined
  let unacknowledged: NodeJS.Timeout | undefined

  const lost = (): void => {
    if (!open) return
    open = false
    clearTimeout(gap)
    clearTimeout(unacknowledged)
    events.lost()
  }
  const writeFrame = (bytes: Uint8Array): void => {
    clearTimeout(unacknowledged)
    const written = state.pending
    void transport.write(bytes).then(
      () => {
        // the ACK may have come before the line told us that it is empty
        if (open && written && state.pending === written) unacknowledged = setTimeout(() => take({ kind: 'timeout' }), timers.ackMs)
      },
      () => undefined,
    )
  }
  const act = (action: AckAction): void => {
    if (action.kind === 'write-frame') writeFrame(action.bytes)
    else if (action.kind === 'write') void transport.write(action.bytes).catch(() => undefined)
    else if (action.kind === 'acknowledged') clearTimeout(unacknowledged)
    else if (action.kind === 'give-up') {
      lost()
      void transport.close()
    } else {
      const apdu = decodeApdu(action.apdu)
      if (apdu) events.apdu(apdu)
    }
  }
  const take = (input: AckInput): void => {
    if (!open) return
    const step = ackStep(state, input)
    state = step.state
    for (const action of step.actions) act(action)
  }
  const takeAll = (found: readonly FrameEvent[]): void => {
    for (const event of withoutExcessNaks(found)) take(event)
  }
  transport.onClose(lost)
  transport.onData((bytes) => {
    clearTimeout(gap)
    takeAll(receiver.push(bytes))
    if (open && receiver.midFrame) gap = setTimeout(() => takeAll(receiver.abandon()), timers.gapMs)
  })
  return { send: (apdu) => take({ kind: 'send', apdu: encodeApdu(apdu) }), isOpen: () => open, close: () => transport.close() }
}
