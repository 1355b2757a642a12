import { parseAddress, type Address } from '#native/transport/address.ts'
import { openTransport } from '#native/transport/open.ts'
import type { Transport } from '#native/transport/transport.ts'
import { chunksOf } from './chunks.ts'
import { answerMs, keepConnected } from './connection.ts'
import { warmDesign } from './design.ts'
import { encodeSlip, type Drawer, type Rendering } from './encode.ts'
import { proofRequest, runJob, type Job, type PrintOutcome, type Proof } from './job.ts'
import { reasonOf, type Link } from './link.ts'
import { storeLogo } from './logo.ts'
import { askName, noName, type PrinterName } from './probe.ts'
import type { PrinterProfile } from './profile.ts'
import type { Slip } from './slip.ts'
import { statusOf, type PrinterStatus } from './status.ts'

export interface PrinterOptions {
  readonly address: string
  readonly profile: PrinterProfile
  /** Where the cash drawer hangs (default `pin2`). */
  readonly drawer?: Drawer
  /** How slips are rendered; by default spelt on serial lines and drawn on all others. */
  readonly rendering?: Rendering
  /** Opens the connection; for tests and for transports of other kinds. */
  readonly connect?: (signal: AbortSignal) => Promise<Transport>
  /** How often an idle printer is asked how it is (default 5,000 ms; 0: only when someone asks). */
  readonly idlePollMs?: number
}

export interface PrintOptions {
  /** Names the job: the same id while it is still running gives the same outcome and prints nothing twice. */
  readonly jobId: string
  /** How long paper or cover may keep it waiting; default 10. */
  readonly waitSeconds?: number
  /** The same before the first byte, for a job that another printer could still take; default `waitSeconds`. */
  readonly startSeconds?: number
  readonly signal?: AbortSignal
}

/** A printer that stays connected, comes back by itself and does one job at a time. */
export interface Printer {
  /** A slip, or bytes that were encoded for this profile. Never rejects. */
  print(what: Slip | Uint8Array, options: PrintOptions): Promise<PrintOutcome>
  /** Asks now. `unreachable` also when it is connected and says nothing. */
  status(): Promise<PrinterStatus>
  /** The last known status, without asking. */
  lastStatus(): PrinterStatus
  /** Why it isn't connected, as a code of `TransportError` or `wrong-speed`; null while it is. */
  trouble(): string | null
  /** Its own word for itself, asked between two jobs and remembered; nothing of it when it is silent or stopped. */
  name(): Promise<PrinterName>
  /** Each change, also of the connection. */
  onStatus(callback: (status: PrinterStatus) => void): () => void
  close(): Promise<void>
}

/** How long a printer that has never answered may still prove its first job. */
const muteMs = 1_000
/** Longest slip that the time limit of the proof reckons with. */
const longestMm = 400

function bytesPerSecond(target: Address): number {
  return target.scheme === 'serial' ? target.baud / 10 : 1_000_000
}

/** Opens a printer; it connects at once, in the background. Throws `TransportError` `bad-address`. */
export function openPrinter(options: PrinterOptions): Printer {
  const { address, profile, drawer = 'pin2' } = options
  const target = parseAddress(address)
  const rendering = options.rendering ?? (target.scheme === 'serial' ? 'text' : 'designed')
  const connect = options.connect ?? ((signal: AbortSignal) => openTransport(address, { signal }))
  const running = new Map<string, Promise<PrintOutcome>>()
  let queue: Promise<unknown> = Promise.resolve()
  let busy = false
  let nextId = Math.floor(Math.random() * 36 ** 4)
  let named: PrinterName = noName
  const connection = keepConnected({ target, profile, connect, idlePollMs: options.idlePollMs ?? 5_000, busy: () => busy })

  const proofFor = (known: boolean): Proof => {
    if (target.scheme === 'file') return { kind: 'none' }
    if (profile.status.processId) return { kind: 'process-id', id: (nextId++ % 36 ** 4).toString(36).padStart(4, '0') }
    return profile.status.paperAnswer || known ? { kind: 'paper-answer' } : { kind: 'none' }
  }

  const jobFor = (body: Uint8Array, current: Link, print: PrintOptions): Job => {
    const known = current.sensors() !== null
    const proof = proofFor(known)
    const request = proofRequest(proof)
    const size = body.length + request.length
    const rate = bytesPerSecond(target)
    const printing = (1_000 * size) / rate + (1_000 * longestMm) / profile.mmPerSecond
    const chunk = target.scheme === 'serial' ? Math.max(128, Math.min(1_024, Math.round(rate / 4))) : 16_384
    const waitMs = (print.waitSeconds ?? 10) * 1_000
    return {
      chunks: [...chunksOf(body, chunk), ...(request.length > 0 ? [request] : [])],
      proof,
      waitMs,
      startMs: print.startSeconds === undefined ? waitMs : print.startSeconds * 1_000,
      proofMs: known ? printing + 5_000 : muteMs + (1_000 * size) / rate,
      chunkMs: 1_000 + (2_000 * chunk) / rate,
      poll: profile.status.dleEot && target.scheme !== 'file',
      signal: print.signal ?? null,
    }
  }

  const printNow = async (what: Slip | Uint8Array, print: PrintOptions): Promise<PrintOutcome> => {
    if (print.signal?.aborted) return { outcome: 'failed', bytes: 0, reason: 'cancelled' }
    let current: Link
    try {
      current = await connection.reach()
    } catch (error) {
      return { outcome: 'failed', bytes: 0, reason: reasonOf(error) }
    }
    // at the wrong speed a slip would come out as rubbish
    if (connection.trouble() === 'wrong-speed') return { outcome: 'failed', bytes: 0, reason: 'wrong-speed' }
    const body = what instanceof Uint8Array ? what : encodeSlip(what, profile, rendering, { drawer, storedLogo: await storeLogo(what, profile, rendering, current) })
    const outcome = await runJob(current, jobFor(body, current, print))
    // what was cut off in the middle must not be finished by the next job's bytes
    if (outcome.outcome === 'unknown' && current.isOpen()) await current.close()
    return outcome
  }

  /** One thing at a time on this printer. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(async () => {
      busy = true
      return work().finally(() => (busy = false))
    })
    queue = result.catch(() => undefined)
    return result
  }

  const nameNow = async (): Promise<PrinterName> => {
    const current = await connection.ensure().catch(() => null)
    if (!current?.sensors() || connection.lastStatus().error !== null) return named
    if (named.model === null) named = await askName(current)
    return named
  }

  // fonts and digits are read before the first citizen waits for them
  if (options.idlePollMs !== 0 && rendering === 'designed') setTimeout(() => warmDesign(profile.dots), 0).unref()

  return {
    print(what, print) {
      const same = running.get(print.jobId)
      if (same) return same
      const result = inTurn(() => printNow(what, print)).finally(() => running.delete(print.jobId))
      running.set(print.jobId, result)
      return result
    },
    async status() {
      if (target.scheme === 'file') return connection.lastStatus()
      const current = await connection.ensure().catch(() => null)
      await current?.probe(answerMs[target.scheme])
      return statusOf(current?.sensors() ?? null)
    },
    lastStatus: connection.lastStatus,
    trouble: connection.trouble,
    name: () => (target.scheme === 'file' ? Promise.resolve(noName) : inTurn(nameNow)),
    onStatus: connection.onStatus,
    async close() {
      await connection.close()
      await queue
    },
  }
}
