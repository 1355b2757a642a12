import { TransportError, type Transport } from '#native/transport/transport.ts'
import { initialParser, parseAnswers, type Answer } from './answers.ts'
import { healthy, withAnswer, type Sensors } from './status.ts'

/** One connection to a printer: cuts the stream into answers and keeps what they say of it. It ends with its transport. */
export interface Link {
  readonly transport: Transport
  /** null until the printer answered anything: then nothing is known of it. */
  sensors(): Sensors | null
  /** When the printer last said anything, on the clock of `performance.now()`. */
  heardAt(): number
  isOpen(): boolean
  /** Asks `10 04 n` one after the other; false when one of them stayed unanswered. `waitMs` is for each. */
  probe(waitMs: number, ns?: readonly number[]): Promise<boolean>
  /** Every answer, and null once when the connection is gone. */
  onAnswer(callback: (answer: Answer | null) => void): () => void
  close(): Promise<void>
}

/** Wraps an open transport. `names`: the printer will be asked for its name. */
export function createLink(transport: Transport, { names = false }: { readonly names?: boolean } = {}): Link {
  const clock = (): number => performance.now()
  const callbacks = new Set<(answer: Answer | null) => void>()
  let parser = { ...initialParser, names }
  let sensors: Sensors | null = null
  let open = true
  let heardAt = 0
  let asked: number[] = []
  let probing: Promise<boolean> = Promise.resolve(true)

  const tell = (answer: Answer | null): void => {
    for (const callback of callbacks) callback(answer)
  }
  transport.onData((bytes) => {
    const parsed = parseAnswers(parser, bytes, clock())
    parser = parsed.state
    if (parsed.answers.length > 0) heardAt = clock()
    for (const answer of parsed.answers) {
      const n = answer.kind === 'real-time' ? asked.shift() : undefined
      if (answer.kind !== 'flow') sensors = withAnswer(sensors ?? healthy, answer, n)
      tell(answer)
    }
  })
  transport.onClose(() => {
    open = false
    sensors = null
    tell(null)
  })

  const ask = (n: number, waitMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const finish = (answered: boolean): void => {
        clearTimeout(timer)
        callbacks.delete(listen)
        resolve(answered)
      }
      const listen = (answer: Answer | null): void => {
        if (answer === null || answer.kind === 'real-time') finish(answer !== null)
      }
      const timer = setTimeout(() => {
        asked = []
        finish(false)
      }, waitMs)
      callbacks.add(listen)
      asked.push(n)
      transport.write(Uint8Array.of(0x10, 0x04, n)).catch(() => finish(false))
    })

  const probeNow = async (waitMs: number, ns: readonly number[]): Promise<boolean> => {
    for (const n of ns) if (!open || !(await ask(n, waitMs))) return false
    return true
  }

  return {
    transport,
    sensors: () => sensors,
    heardAt: () => heardAt,
    isOpen: () => open,
    probe(waitMs, ns = [1, 2, 3, 4]) {
      // one question at a time: the answers don't say what they answer
      probing = probing.then(() => probeNow(waitMs, ns))
      return probing
    },
    onAnswer(callback) {
      callbacks.add(callback)
      if (!open) callback(null)
      return () => void callbacks.delete(callback)
    },
    close: () => transport.close(),
  }
}

/** The short reason of a failed opening. */
export function reasonOf(error: unknown): string {
  return error instanceof TransportError ? error.code : 'unreachable'
}
