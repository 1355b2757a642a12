import { parseAddress, type Address } from '#native/transport/address.ts'
import { openTransport } from '#native/transport/open.ts'
import type { Transport } from '#native/transport/transport.ts'
import { chunksOf } from './chunks.ts'
import { warmDesign } from './design.ts'
import { encodeSlip, type Rendering } from './encode.ts'
import { proofRequest, runJob, type Job, type PrintOutcome, type Proof } from './job.ts'
import { createLink, reasonOf, type Link } from './link.ts'
import type { PrinterProfile } from './profile.ts'
import type { Slip } from './slip.ts'
import { statusOf, type PrinterStatus } from './status.ts'

export interface PrinterOptions {
  readonly address: string
  readonly profile: PrinterProfile
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
  /** Each change, also of the connection. */
  onStatus(callback: (status: PrinterStatus) => void): () => void
  close(): Promise<void>
}

const answerMs = { tcp: 500, serial: 800, file: 0 } as const
const backOffMs = [250, 500, 1_000, 2_000, 5_000, 10_000] as const
const mutedMs = 30_000
/** How long a printer that has never answered may still prove its first job. */
const muteMs = 1_000
/** A printer that reports by itself isn't asked again within this time before a job. */
const freshMs = 6_000
/** Longest slip that the time limit of the proof reckons with. */
const longestMm = 400
const fileStatus: PrinterStatus = { paper: 'ok', cover: 'closed', online: true, error: null }

function bytesPerSecond(target: Address): number {
  return target.scheme === 'serial' ? target.baud / 10 : 1_000_000
}

/** Opens a printer; it connects at once, in the background. Throws `TransportError` `bad-address`. */
export function openPrinter(options: PrinterOptions): Printer {
  const { address, profile } = options
  const target = parseAddress(address)
  const rendering = options.rendering ?? (target.scheme === 'serial' ? 'text' : 'designed')
  const connect = options.connect ?? ((signal: AbortSignal) => openTransport(address, { signal }))
  const closing = new AbortController()
  const callbacks = new Set<(status: PrinterStatus) => void>()
  const running = new Map<string, Promise<PrintOutcome>>()
  let link: Link | null = null
  let opening: Promise<Link> | null = null
  let retries = 0
  let retryTimer: NodeJS.Timeout | null = null
  let mutedUntil = 0
  let queue: Promise<unknown> = Promise.resolve()
  let busy = false
  let nextId = Math.floor(Math.random() * 36 ** 4)
  let told = ''

  const lastStatus = (): PrinterStatus => (target.scheme === 'file' ? fileStatus : statusOf(link?.sensors() ?? null))
  const tell = (): void => {
    const status = lastStatus()
    const key = JSON.stringify(status)
    if (key === told) return
    told = key
    for (const callback of callbacks) callback(status)
  }

  const retryLater = (): void => {
    if (closing.signal.aborted || retryTimer) return
    const wait = backOffMs[Math.min(retries++, backOffMs.length - 1)] ?? 10_000
    retryTimer = setTimeout(() => {
      retryTimer = null
      ensure().catch(() => undefined)
    }, wait)
    retryTimer.unref()
  }

  const openLink = async (): Promise<Link> => {
    const transport = await connect(closing.signal)
    const opened = createLink(transport)
    link = opened
    mutedUntil = 0
    opened.onAnswer((answer) => {
      if (answer) retries = 0
      else if (link === opened) {
        link = null
        retryLater()
      }
      tell()
    })
    if (profile.status.asb && target.scheme !== 'file') await transport.write(Uint8Array.of(0x1d, 0x61, 0xff)).catch(() => undefined)
    return opened
  }

  const ensure = (): Promise<Link> => {
    if (link?.isOpen()) return Promise.resolve(link)
    if (closing.signal.aborted) return Promise.reject(new Error('closed'))
    opening ??= openLink()
      .catch((error: unknown) => {
        retryLater()
        throw error
      })
      .finally(() => (opening = null))
    return opening
  }

  /** Makes sure that something is known of the printer, or that it is mute (asked again after half a minute). */
  const learn = async (current: Link, force: boolean): Promise<void> => {
    if (!profile.status.dleEot || target.scheme === 'file') return
    await current.probe(0, [])
    if (current.sensors() && profile.status.asb && !force && performance.now() - current.heardAt() < freshMs) return
    if (!current.sensors() && performance.now() < mutedUntil && !force) return
    const answered = await current.probe(answerMs[target.scheme])
    if (!answered && !current.sensors()) mutedUntil = performance.now() + mutedMs
    tell()
  }

  const proofFor = (known: boolean): Proof => {
    if (target.scheme === 'file') return { kind: 'none' }
    if (profile.status.processId) return { kind: 'process-id', id: (nextId++ % 36 ** 4).toString(36).padStart(4, '0') }
    return profile.status.paperAnswer ? { kind: 'paper-answer' } : known ? { kind: 'paper-answer' } : { kind: 'none' }
  }

  const jobFor = (body: Uint8Array, current: Link, print: PrintOptions): Job => {
    const known = current.sensors() !== null
    const proof = proofFor(known)
    const request = proofRequest(proof)
    const size = body.length + request.length
    const rate = bytesPerSecond(target)
    const printing = (1_000 * size) / rate + (1_000 * longestMm) / profile.mmPerSecond
    const chunk = target.scheme === 'serial' ? Math.max(128, Math.min(1_024, Math.round(rate / 4))) : 16_384
    return {
      chunks: [...chunksOf(body, chunk), ...(request.length > 0 ? [request] : [])],
      proof,
      waitMs: (print.waitSeconds ?? 10) * 1_000,
      proofMs: known ? printing + 5_000 : muteMs + (1_000 * size) / rate,
      chunkMs: 1_000 + (2_000 * chunk) / rate,
      poll: profile.status.dleEot && target.scheme !== 'file',
      signal: print.signal ?? null,
    }
  }

  const printNow = async (what: Slip | Uint8Array, print: PrintOptions): Promise<PrintOutcome> => {
    if (print.signal?.aborted) return { outcome: 'failed', bytes: 0, reason: 'cancelled' }
    const body = what instanceof Uint8Array ? what : encodeSlip(what, profile, rendering)
    let current: Link
    try {
      current = await ensure()
    } catch (error) {
      return { outcome: 'failed', bytes: 0, reason: reasonOf(error) }
    }
    await learn(current, false)
    busy = true
    const outcome = await runJob(current, jobFor(body, current, print)).finally(() => (busy = false))
    // what was cut off in the middle must not be finished by the next job's bytes
    if (outcome.outcome === 'unknown' && current.isOpen()) await current.close()
    return outcome
  }

  const idle = setInterval(() => {
    const current = link
    if (busy || !current?.isOpen()) return
    // one that was switched off when it was asked first may be on by now
    if (!current.sensors()) return void learn(current, false)
    void current.probe(answerMs[target.scheme], [1, 2, 3, 4]).then(async (answered) => {
      if (!answered && !busy) await current.close()
      tell()
    })
  }, options.idlePollMs || 5_000)
  idle.unref()
  if (options.idlePollMs === 0 || target.scheme === 'file') clearInterval(idle)
  // fonts and digits are read before the first citizen waits for them
  if (options.idlePollMs !== 0 && rendering === 'designed') setTimeout(() => warmDesign(profile.dots), 0).unref()
  if (target.scheme !== 'file') ensure().then((current) => learn(current, true)).catch(() => undefined)

  return {
    print(what, print) {
      const same = running.get(print.jobId)
      if (same) return same
      const result = queue.then(() => printNow(what, print)).finally(() => running.delete(print.jobId))
      running.set(print.jobId, result)
      queue = result.catch(() => undefined)
      return result
    },
    async status() {
      if (target.scheme === 'file') return fileStatus
      const current = await ensure().catch(() => null)
      if (!current) return statusOf(null)
      const answered = await current.probe(answerMs[target.scheme])
      tell()
      return answered || current.sensors() ? statusOf(current.sensors()) : statusOf(null)
    },
    lastStatus,
    onStatus(callback) {
      callbacks.add(callback)
      return () => void callbacks.delete(callback)
    },
    async close() {
      clearInterval(idle)
      if (retryTimer) clearTimeout(retryTimer)
      closing.abort()
      await opening?.catch(() => undefined)
      await link?.close()
      await queue
    },
  }
}
