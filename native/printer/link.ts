import { TransportError, type Transport } from '#native/transport/transport.ts'
import { initialParser, parseAnswers, type Answer, type ParserState } from './answers.ts'
import { healthy, withAnswer, type Sensors } from './status.ts'

/** One connection to a printer: cuts the stream into answers and keeps what they say of it. It ends with its transport. */
export interface Link {
  readonly transport: Transport
  /** null until the printer answered anything: then nothing is known of it. */
  sensors(): Sensors | null
  /** When the printer last said anything, on the clock of `performance.now()`. */
  heardAt(): number
  /** How many questions of `probe` were followed by bytes that mean nothing, while nothing was ever understood. */
  noise(): number
  /** The answer to a `1D 72 1` that goes out now is welcome. */
  expectPaper(): void
  /** Paper answers came that nobody had asked for: noise of the line, which proves nothing. */
  chatters(): boolean
  isOpen(): boolean
  /** It answered a question of `probe` on this connection: silence now means that it is gone. */
  answers(): boolean
  /** Asks `10 04 n` one after the other; false when one of them stayed unanswered. `waitMs` is for each. */
  probe(waitMs: number, ns?: readonly number[]): Promise<boolean>
  /** Sends a buffered question and waits for an answer of this kind; null when none came in time. One at a time. */
  ask<K extends Answer['kind']>(bytes: readonly number[], kind: K, waitMs: number): Promise<Extract<Answer, { kind: K }> | null>
  /** Every answer, and null once when the connection is gone. */
  onAnswer(callback: (answer: Answer | null) => void): () => void
  close(): Promise<void>
}

const isKind = <K extends Answer['kind']>(answer: Answer, kind: K): answer is Extract<Answer, { kind: K }> => answer.kind === kind

/** Whether an answer is sure to come from a printer: a lone byte counts only as the answer to a question. */
const isSure = (answer: Answer, n: number | undefined): boolean =>
  answer.kind === 'real-time' ? n !== undefined : answer.kind !== 'flow' && answer.kind !== 'paper'

/** Wraps an open transport. */
export function createLink(transport: Transport): Link {
  const clock = (): number => performance.now()
  const callbacks = new Set<(answer: Answer | null) => void>()
  let parser: ParserState = initialParser
  let sensors: Sensors | null = null
  let open = true
  let heardAt = 0
  let answers = false
  let discarded = 0
  let noisy = 0
  let papers = 0
  let papersAsked = 0
  let asked: number[] = []
  let probing: Promise<boolean> = Promise.resolve(true)

  const tell = (answer: Answer | null): void => {
    for (const callback of callbacks) callback(answer)
  }
  transport.onData((bytes) => {
    const parsed = parseAnswers(parser, bytes, clock())
    parser = parsed.state
    discarded += parsed.discarded
    if (parsed.answers.length > 0) heardAt = clock()
    for (const answer of parsed.answers) {
      const n = answer.kind === 'real-time' ? asked.shift() : undefined
      if (sensors || isSure(answer, n)) sensors = withAnswer(sensors ?? healthy, answer, n)
      if (answer.kind === 'paper') papers++
      tell(answer)
    }
  })
  transport.onClose(() => {
    open = false
    sensors = null
    tell(null)
  })

  const askState = (n: number, waitMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const finish = (answered: boolean): void => {
        clearTimeout(timer)
        callbacks.delete(listen)
        resolve(answered)
      }
      const listen = (answer: Answer | null): void => {
        if (answer?.kind === 'real-time') answers = true
        if (answer === null || answer.kind === 'real-time') finish(answer !== null)
      }
      const before = discarded
      const timer = setTimeout(() => {
        asked = []
        if (discarded > before) noisy++
        finish(false)
      }, waitMs)
      callbacks.add(listen)
      asked.push(n)
      transport.write(Uint8Array.of(0x10, 0x04, n)).catch(() => finish(false))
    })

  const probeNow = async (waitMs: number, ns: readonly number[]): Promise<boolean> => {
    for (const n of ns) if (!open || !(await askState(n, waitMs))) return false
    return true
  }

  const ask = <K extends Answer['kind']>(bytes: readonly number[], kind: K, waitMs: number): Promise<Extract<Answer, { kind: K }> | null> =>
    new Promise((resolve) => {
      const finish = (answer: Extract<Answer, { kind: K }> | null): void => {
        clearTimeout(timer)
        callbacks.delete(listen)
        parser = { ...parser, awaited: null }
        resolve(answer)
      }
      const listen = (answer: Answer | null): void => {
        if (answer === null) finish(null)
        else if (isKind(answer, kind)) finish(answer)
      }
      const timer = setTimeout(() => finish(null), waitMs)
      callbacks.add(listen)
      if (kind === 'paper') papersAsked++
      if (kind === 'text' || kind === 'keys') parser = { ...parser, awaited: kind }
      transport.write(Uint8Array.from(bytes)).catch(() => finish(null))
    })

  return {
    transport,
    sensors: () => sensors,
    heardAt: () => heardAt,
    noise: () => (sensors === null ? noisy : 0),
    ask,
    expectPaper: () => void papersAsked++,
    chatters: () => papers > papersAsked,
    isOpen: () => open,
    answers: () => answers,
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
