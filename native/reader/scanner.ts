import { setTimeout as delay } from 'node:timers/promises'
import { openTransport } from '../transport/open.ts'
import { createInterpreter } from './interpret.ts'
import { createLineAssembler } from './line-assembler.ts'
import type { Scan } from './scan.ts'

/** What a scanner needs of a connection; `Transport` is one. */
export interface ByteStream {
  onData(callback: (bytes: Uint8Array) => void): () => void
  onClose(callback: (error: Error | null) => void): () => void
  close(): Promise<void>
}

/** `code` is the transport's error code, for the catalogue; it holds no data of a scan. */
export type ScannerStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected' }
  | { readonly state: 'lost'; readonly code: string }
  | { readonly state: 'closed' }

export interface Scanner {
  /** Returns the function that unsubscribes. */
  readonly onScan: (callback: (scan: Scan) => void) => () => void
  /** Called at every change, and at once with the present state. Returns the function that unsubscribes. */
  readonly onStatus: (callback: (status: ScannerStatus) => void) => () => void
  readonly status: () => ScannerStatus
  /** Idempotent; afterwards nothing is called any more. */
  readonly close: () => Promise<void>
}

export interface ScannerOptions {
  readonly address: string
  /** How to connect; by default `openTransport`. */
  readonly open?: (address: string, signal: AbortSignal) => Promise<ByteStream>
  /** `yyyy-mm-dd` in Vietnam, against which dates of issue are held. */
  readonly today?: () => string
  /** Pause before the next try after a break, ms. */
  readonly retryMs?: number
  /** Silence that ends a line without terminator, ms. */
  readonly silenceMs?: number
}

/** A card's text that broke off may still go on: USB converters pause longer than scanners do. */
const unfinishedMs = 600
/** Lines of one machine-readable zone follow each other at once. */
const zoneMs = 600

const todayInVietnam = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)

/** A card's text with fewer than its seven fields, or with the last one half there; so far it may be digits only. */
function isUnfinishedCard(text: string): boolean {
  if (!/^\W{0,3}(?:\]\w\w)?(?:\d{12}\||\d{1,12}$)/.test(text)) return false
  return !/^\d{8}$/.test(text.split('|')[6] ?? '')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unreachable'
}

/** Calls every listener; returns what `on…` functions return. */
function listenersOf<T>() {
  const all = new Set<(value: T) => void>()
  return {
    add(callback: (value: T) => void) {
      const one = (value: T) => callback(value)
      all.add(one)
      return () => void all.delete(one)
    },
    call: (value: T) => [...all].forEach((one) => one(value)),
    clear: () => all.clear(),
  }
}

/** One connection's bytes to scans, with the timers of silence. */
function follow(stream: ByteStream, emit: (scan: Scan) => void, today: () => string, silenceMs: number): () => void {
  const assembler = createLineAssembler()
  const interpreter = createInterpreter(today)
  let timer: NodeJS.Timeout | undefined
  const deliver = (lines: ReturnType<typeof assembler.push>) => lines.flatMap((line) => interpreter.line(line)).forEach(emit)
  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(then, ms)
  }
  const endLine = () => {
    deliver(assembler.silence())
    if (interpreter.holding()) wait(zoneMs, () => interpreter.flush().forEach(emit))
  }
  const quiet = () => (isUnfinishedCard(assembler.pending()) ? wait(unfinishedMs, afterInput(endLine)) : endLine())
  /** On a busy machine a timer fires before bytes that came in time are handed over: let those go first. */
  const afterInput = (then: () => void) => () => {
    const fired = timer
    setImmediate(() => {
      if (timer === fired) then()
    })
  }
  const off = stream.onData((bytes) => {
    deliver(assembler.push(bytes))
    wait(silenceMs, afterInput(quiet))
  })
  return () => {
    off()
    clearTimeout(timer)
    timer = undefined
  }
}

/**
 * Listens to a scanner for as long as the station runs. It connects in the background and again after every break (a cable pulled, a converter
 * reset); half a line of a lost connection is dropped, never glued to the next one.
 */
export function openScanner(options: ScannerOptions): Scanner {
  const { address, retryMs = 2_000, silenceMs = 80, today = todayInVietnam } = options
  const open = options.open ?? ((to, signal) => openTransport(to, { signal }))
  const scans = listenersOf<Scan>()
  const statuses = listenersOf<ScannerStatus>()
  const stopping = new AbortController()
  let status: ScannerStatus = { state: 'connecting' }
  const say = (next: ScannerStatus) => {
    status = next
    statuses.call(next)
  }

  const pause = () => delay(retryMs, undefined, { signal: stopping.signal }).catch(() => 'closing')

  const session = async (): Promise<string> => {
    const stream = await open(address, stopping.signal)
    const stop = follow(stream, scans.call, today, silenceMs)
    const ended = Promise.withResolvers<string>()
    const onAbort = () => ended.resolve('closed')
    stream.onClose((error) => ended.resolve(error === null ? 'closed' : codeOf(error)))
    stopping.signal.addEventListener('abort', onAbort)
    if (stopping.signal.aborted) onAbort()
    else say({ state: 'connected' })
    const why = await ended.promise
    stopping.signal.removeEventListener('abort', onAbort)
    stop()
    await stream.close()
    return why
  }

  const run = async () => {
    while (!stopping.signal.aborted) {
      const code = await session().catch(codeOf)
      if (stopping.signal.aborted) break
      say({ state: 'lost', code })
      await pause()
    }
    say({ state: 'closed' })
  }
  const running = run()

  return {
    onScan: (callback) => scans.add(callback),
    onStatus: (callback) => {
      callback(status)
      return statuses.add(callback)
    },
    status: () => status,
    close: async () => {
      stopping.abort()
      await running
      scans.clear()
      statuses.clear()
    },
  }
}
