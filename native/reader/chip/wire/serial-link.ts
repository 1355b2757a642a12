import { TransportError, type Transport } from '#native/transport/transport.ts'
import { ChipError } from '../chip-error.ts'
import { newExchange, stepExchange, type Exchange, type ExchangeInput } from './exchange.ts'
import type { FrameCodec } from './frame-codec.ts'

/** Long enough for a chip that computes a key agreement. */
const answerMs = 5_000

/** How one exchange differs from the usual: its frame (an ACR122S is powered on with another type), how long the answer may take. */
export interface ExchangeOptions {
  readonly encode?: (payload: Uint8Array, seq: number) => Uint8Array
  readonly answerMs?: number
}

/** Frames in both directions over a transport; one question at a time, others wait their turn. */
export interface SerialLink {
  /** Throws `ChipError`: `reader-silent`, `reader-refused` (its frames stay damaged), `reader-lost` (the transport broke). */
  exchange(payload: Uint8Array, options?: ExchangeOptions): Promise<Uint8Array>
  /** Bytes without an answer: a wake-up, an abort. */
  send(bytes: Uint8Array): Promise<void>
}

const lost = (error?: unknown): ChipError => new ChipError('reader-lost', error instanceof TransportError ? error.address : '', error)

/** Takes an open transport over; closing it stays with the caller. */
export function createSerialLink(transport: Transport, codec: FrameCodec): SerialLink {
  let rest: Uint8Array = new Uint8Array()
  let listener: ((input: ExchangeInput) => void) | null = null
  let broken: ((error: ChipError) => void) | null = null
  let closed = false
  let seq = 0
  let turn: Promise<unknown> = Promise.resolve()

  transport.onData((bytes) => {
    const parsed = codec.parse(Uint8Array.of(...rest, ...bytes))
    rest = parsed.rest
    for (const event of parsed.events) listener?.(event)
  })
  transport.onClose((error) => {
    closed = true
    broken?.(lost(error))
  })

  const run = (payload: Uint8Array, options: ExchangeOptions): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(lost())
      let state: Exchange = newExchange(seq)
      let timer: NodeJS.Timeout | undefined
      const frame = (options.encode ?? codec.encode)(payload, seq)
      seq = (seq + 1) & 0xff
      rest = new Uint8Array()
      const end = (finish: () => void): void => {
        clearTimeout(timer)
        listener = null
        broken = null
        finish()
      }
      const fail = (error: ChipError): void => end(() => reject(error))
      const arm = (): void => {
        clearTimeout(timer)
        timer = setTimeout(() => take({ kind: 'timeout' }), state.phase === 'sent' ? codec.confirmMs : (options.answerMs ?? answerMs))
      }
      const write = (bytes: Uint8Array): void => {
        // what was cut off by a time-out must not stand before the next answer
        rest = new Uint8Array()
        transport.write(bytes).then(() => listener === take && arm(), (error: unknown) => fail(lost(error)))
      }
      const take = (input: ExchangeInput): void => {
        const step = stepExchange(state, input)
        if ('done' in step) return end(() => resolve(step.done))
        if ('failed' in step) return fail(new ChipError(step.failed === 'silent' ? 'reader-silent' : 'reader-refused', transport.address))
        state = step.next
        if (step.act === 'wait') arm()
        else write(step.act === 'send' ? frame : codec.askAgain)
      }
      listener = take
      broken = fail
      write(frame)
    })

  return {
    exchange(payload, options = {}) {
      const result = turn.then(() => run(payload, options))
      turn = result.catch(() => undefined)
      return result
    },
    send: (bytes) => transport.write(bytes).catch((error: unknown) => Promise.reject(lost(error))),
  }
}
