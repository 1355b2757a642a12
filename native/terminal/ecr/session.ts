import { parseAddress } from '../../transport/address.ts'
import { openTransport } from '../../transport/open.ts'
import type { Transport } from '../../transport/transport.ts'
import { TerminalError, type ChargeResult } from '../port.ts'
import { startExchange, type Exchange, type ExchangeOutcome, type ExchangeRequest } from './exchange.ts'
import { ack, encodeFrame, nak } from './frame.ts'
import { createLink, type LinkEvent } from './link.ts'
import { decodeMessage, encodeMessage, type EcrField, type EcrMessage } from './message.ts'
import type { EcrProfile } from './profile.ts'
import { amountOf, readResult, referenceOf } from './result.ts'

export interface SessionOptions {
  readonly profile: EcrProfile
  readonly exponent: 0 | 2
  readonly connect: (signal: AbortSignal) => Promise<Transport>
  /** Stores an answer that belongs to no open request, before its ACK; when it throws, the terminal sends the answer again. */
  readonly onOrphan: (orphan: ChargeResult) => void
}

/** A request of one transaction code with its fields; null is the echo, an empty message. */
export type Query = { readonly code: string; readonly fields: readonly EcrField[] } | null

/** The conversation with one terminal over any number of connections: one exchange at a time, and what comes between them. */
export interface EcrSession {
  /** Opens the line where needed; whether it was. Throws `TerminalError` `unreachable`; nothing was sent then. */
  open(signal?: AbortSignal): Promise<boolean>
  ask(query: Query, how: Omit<ExchangeRequest, 'frame' | 'echo'>): Promise<ExchangeOutcome>
  /** Answers that belonged to no open request, newest last. Whoever takes one up removes it. */
  readonly orphans: Set<EcrMessage>
  close(): Promise<void>
}

const orphansKept = 50

/** `serial:…` without a speed gets that of the profile. Throws `TransportError` `bad-address`. */
export function connector(address: string, baud: number): SessionOptions['connect'] {
  parseAddress(address)
  const speedless = address.startsWith('serial:') && !/[?&]baud=/.test(address)
  const full = speedless ? `${address}${address.includes('?') ? '&' : '?'}baud=${baud}` : address
  return (signal) => openTransport(full, { signal })
}

export function createSession({ profile, exponent, connect, onOrphan }: SessionOptions): EcrSession {
  const orphans = new Set<EcrMessage>()
  let current: Exchange | null = null
  /** The last answer that was taken, to know it again when its ACK was lost. */
  let taken: Uint8Array | null = null
  let arriving: Uint8Array | null = null
  const closing = new AbortController()

  const { codes } = profile
  const movesMoney = (code: string): boolean => [codes.sale, codes.qrSale, codes.refund, codes.void].includes(code)
  const say = (bytes: Uint8Array): void => void link.write(bytes).catch(() => undefined)

  const keepOrphan = (message: EcrMessage, data: Uint8Array): void => {
    const asked = { reference: referenceOf(message, profile) ?? '', amount: amountOf(message, exponent) ?? 0 }
    try {
      onOrphan(readResult(message, asked, exponent))
    } catch {
      return
    }
    orphans.add(message)
    for (const oldest of orphans) if (orphans.size > orphansKept) orphans.delete(oldest)
    taken = data
    say(ack)
  }

  const between = (event: LinkEvent, message: EcrMessage | null): void => {
    if (event.kind === 'broken') say(nak)
    if (event.kind !== 'frame') return
    if (event.data.length === 0) return say(ack)
    if (message?.kind !== 'response') return
    if (movesMoney(message.code)) keepOrphan(message, event.data)
    else say(ack)
  }

  const onEvent = (event: LinkEvent): void => {
    const data = event.kind === 'frame' ? event.data : null
    const message = data ? decodeMessage(data, profile.message) : null
    const repeated = data !== null && taken !== null && data.length > 0 && Buffer.compare(data, taken) === 0
    arriving = data
    // Until our request is acknowledged, the terminal may still be repeating its last answer; afterwards an equal one is a new one.
    if (repeated && !current?.accepted()) return say(ack)
    if (current?.offer(event, message)) return
    if (repeated) say(ack)
    else between(event, message)
  }

  const link = createLink({ connect, format: profile.frame, byteMs: profile.times.byteMs, onEvent })

  return {
    orphans,
    close: () => {
      closing.abort()
      return link.close()
    },
    async open(signal) {
      try {
        return await link.open(signal ? AbortSignal.any([signal, closing.signal]) : closing.signal)
      } catch (cause) {
        throw new TerminalError('unreachable', cause instanceof Error ? cause.message : String(cause), cause)
      }
    },
    async ask(query, how) {
      const data = query ? encodeMessage({ kind: 'request', responseCode: '00', more: false, ...query }, profile.message) : new Uint8Array()
      const settle = (message: EcrMessage): void => {
        how.settle(message)
        taken = arriving
      }
      current = startExchange(link, { ...how, settle, frame: encodeFrame(data, profile.frame), echo: query === null }, profile.times)
      const outcome = await current.outcome
      current = null
      return outcome
    },
  }
}
