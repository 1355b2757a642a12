import type { Address } from '#native/transport/address.ts'
import { TransportError, type Transport } from '#native/transport/transport.ts'
import { createLink, reasonOf, type Link } from './link.ts'
import type { PrinterProfile } from './profile.ts'
import { statusOf, type PrinterStatus } from './status.ts'

/** Keeps one printer connected: opens, notices the loss, comes back by itself, and knows what was last heard. */
export interface Connection {
  /** The open link, opened now if need be. Rejects with the reason of the transport. */
  ensure(): Promise<Link>
  /**
   * The link over which a job may begin: something is known of the printer, or that it is mute; and one that answered before answers now, for a pulled plug may
   * show only at the next write. Rejects with the reason of the transport; nothing has been sent then.
   */
  reach(): Promise<Link>
  readonly lastStatus: () => PrinterStatus
  /** Why it isn't connected: a code of `TransportError`, `wrong-speed`, or null while it is. */
  readonly trouble: () => string | null
  readonly onStatus: (callback: (status: PrinterStatus) => void) => () => void
  close(): Promise<void>
}

export interface ConnectionOptions {
  readonly target: Address
  readonly profile: PrinterProfile
  readonly connect: (signal: AbortSignal) => Promise<Transport>
  /** How often an idle printer is asked how it is, ms; 0: only when someone asks. */
  readonly idlePollMs: number
  /** A job is running: it asks for itself. */
  readonly busy: () => boolean
}

export const answerMs = { tcp: 500, serial: 800, file: 0 } as const
const backOffMs = [250, 500, 1_000, 2_000, 5_000, 10_000] as const
const mutedMs = 30_000
/** In a queue of jobs a network printer has just proved the one before: asking again would cost each its round trip. */
const justMs = 1_000
/** One stray byte comes from many adapters when their port is opened; rubbish after two questions is another speed. */
export const wrongSpeedNoise = 2
/** A printer that reports by itself isn't asked again within this time before a job. */
const freshMs = 6_000
const fileStatus: PrinterStatus = { paper: 'ok', cover: 'closed', online: true, error: null }

/** Connects at once, in the background. A file is always well: it can't say otherwise. */
export function keepConnected({ target, profile, connect, idlePollMs, busy }: ConnectionOptions): Connection {
  const closing = new AbortController()
  const callbacks = new Set<(status: PrinterStatus) => void>()
  let link: Link | null = null
  let opening: Promise<Link> | null = null
  let trouble: string | null = null
  let retries = 0
  let retryTimer: NodeJS.Timeout | null = null
  let mutedUntil = 0
  let told = ''
  let learning: Promise<void> = Promise.resolve()

  const lastStatus = (): PrinterStatus => (target.scheme === 'file' ? fileStatus : statusOf(link?.sensors() ?? null))
  // bytes that mean nothing come from another speed on a serial line; on a network they are somebody's greeting
  const isGarbled = (one: Link): boolean => target.scheme === 'serial' && one.noise() >= wrongSpeedNoise
  const troubleNow = (): string | null => (link?.isOpen() ? (isGarbled(link) ? 'wrong-speed' : null) : trouble)
  const tell = (): void => {
    const status = lastStatus()
    const key = JSON.stringify([status, troubleNow()])
    if (key === told) return
    told = key
    for (const callback of callbacks) callback(status)
  }

  const retryLater = (): void => {
    if (closing.signal.aborted || retryTimer) return
    const wait = backOffMs[Math.min(retries++, backOffMs.length - 1)] ?? 10_000
    retryTimer = setTimeout(() => {
      retryTimer = null
      ensure().then(learn).catch(() => undefined)
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
        trouble = 'closed'
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
        trouble = reasonOf(error)
        tell()
        retryLater()
        throw error
      })
      .finally(() => (opening = null))
    return opening
  }

  /** Makes sure that something is known of the printer, or that it is mute (asked again after half a minute). */
  const learnNow = async (current: Link): Promise<void> => {
    if (!profile.status.dleEot || target.scheme === 'file') return
    if (current.sensors() && profile.status.asb && performance.now() - current.heardAt() < freshMs) return
    if (!current.sensors() && performance.now() < mutedUntil) return
    let answered = await current.probe(answerMs[target.scheme])
    if (!answered && current.noise() === 1) answered = await current.probe(answerMs[target.scheme])
    if (!answered && !current.sensors()) mutedUntil = performance.now() + mutedMs
    tell()
  }
  /** One after the other: what the first has learnt the next need not ask again. */
  const learn = (current: Link): Promise<void> => (learning = learning.then(() => learnNow(current)))

  const answersNow = async (current: Link): Promise<boolean> => {
    const justHeard = target.scheme === 'tcp' && performance.now() - current.heardAt() < justMs
    if (!current.answers() || justHeard || target.scheme === 'file') return current.isOpen()
    const waitMs = answerMs[target.scheme]
    return (await current.probe(waitMs, [1])) || (current.isOpen() && current.probe(waitMs, [1]))
  }

  const reach = async (): Promise<Link> => {
    const current = await ensure()
    await learn(current)
    if (await answersNow(current)) return current
    await current.close()
    const anew = await ensure()
    await learn(anew)
    // it did answer before, so it is not mute but gone
    if (!anew.sensors()) throw new TransportError('timeout', anew.transport.address)
    return anew
  }

  const askIdle = (): void => {
    const current = link
    if (busy() || !current?.isOpen()) return
    // one that was switched off when it was asked first may be on by now
    if (!current.sensors()) return void learn(current)
    void current.probe(answerMs[target.scheme], [1, 2, 3, 4]).then(async (answered) => {
      if (!answered && !busy() && current.answers()) await current.close()
      tell()
    })
  }
  const idle = idlePollMs > 0 && target.scheme !== 'file' ? setInterval(askIdle, idlePollMs) : null
  idle?.unref()
  if (target.scheme !== 'file') ensure().then(learn).catch(() => undefined)

  return {
    ensure,
    reach,
    lastStatus,
    trouble: troubleNow,
    onStatus(callback) {
      callbacks.add(callback)
      return () => void callbacks.delete(callback)
    },
    async close() {
      if (idle) clearInterval(idle)
      if (retryTimer) clearTimeout(retryTimer)
      closing.abort()
      await opening?.catch(() => undefined)
      await link?.close()
    },
  }
}
