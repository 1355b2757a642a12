import { parseAddress } from '#native/transport/address.ts'
import { openTransport } from '#native/transport/open.ts'
import { TransportError, type Transport } from '#native/transport/transport.ts'
import { TerminalError, type CardTerminal, type ChargeIntent, type ChargeOptions, type ChargeResult, type DayTotals } from '../port.ts'
import type { Apdu } from './apdu.ts'
import { runCharge, watching } from './charge.ts'
import { codes, codeText, reasonOf, stateOf } from './codes.ts'
import { authorisation, endOfDay, refund, repeatReceipt, reversal, statusEnquiry } from './commands.ts'
import { parseEnquired, type Enquired } from './completion.ts'
import { judge, resultFor } from './judge.ts'
import type { ZvtProfile } from './profile.ts'
import { errorOf, ZvtSession } from './session.ts'
import type { StatusInfo } from './status-info.ts'
import { parseTotals } from './totals.ts'

export interface ZvtOptions {
  readonly profile: ZvtProfile
  /** Minor units the terminal reckons VND in: 0, or 2 where the acquirer wants hundredths. */
  readonly exponent: 0 | 2
  /** Opens the connection; by default the address. */
  readonly connect?: (signal: AbortSignal) => Promise<Transport>
}

/** How long a sale waits for a terminal that is still busy with something, ms. */
const patienceMs = 10_000
/** A connection that was silent for longer is tried before money is sent over it, ms. */
const trustedMs = 3_000

/** A terminal that speaks ZVT; connects when it is needed and keeps the connection. Throws `TransportError` `bad-address`. */
export function openZvt(address: string, options: ZvtOptions): CardTerminal {
  parseAddress(address)
  return new ZvtTerminal(address, options)
}

class ZvtTerminal implements CardTerminal {
  readonly #address: string
  readonly #options: ZvtOptions
  readonly #profile: ZvtProfile
  readonly #closing = new AbortController()
  #session: ZvtSession | null = null
  #busy = false

  constructor(address: string, options: ZvtOptions) {
    this.#address = address
    this.#options = options
    this.#profile = options.profile
  }

  charge(intent: ChargeIntent, options: ChargeOptions): Promise<ChargeResult> {
    return this.#pay(intent, options, (minor) => authorisation(this.#profile, minor))
  }

  refund(intent: ChargeIntent, options: ChargeOptions): Promise<ChargeResult> {
    return this.#pay(intent, options, (minor) => refund(this.#profile, minor))
  }

  recover(intent: ChargeIntent, options: Pick<ChargeOptions, 'record' | 'signal'>): Promise<ChargeResult> {
    return this.#alone(async () => {
      const session = await this.#registered(this.#profile.timers.completionMs, options.signal)
      const result = (await this.#isReady(session, intent, options.signal)) ? await this.#ask(session, intent) : resultFor(intent, 'unknown', 'still-busy')
      if (result.outcome !== 'unknown') options.record(result)
      return result
    })
  }

  void(receipt: string, options: ChargeOptions): Promise<ChargeResult> {
    return this.#alone(async () => {
      if (!/^\d{1,4}$/.test(receipt)) throw new TerminalError('refused', 'a receipt number has one to four digits')
      const session = await this.#registered(patienceMs)
      const charge = { command: reversal(this.#profile, receipt), reference: '', amount: 0, minor: null, exponent: this.#options.exponent, done: [codes.alreadyVoided] }
      const charged = await runCharge(session, this.#profile, charge, options)
      return charged.kind === 'result' ? charged.result : charged.because
    })
  }

  last(): Promise<ChargeResult | null> {
    return this.#alone(async () => {
      const session = await this.#registered(patienceMs)
      const status = await this.#lastStatus(session)
      if (!status) return null
      const { resultCode, minor, details } = status
      const good = resultCode === codes.ok
      const withId = { ...details, terminalId: details.terminalId ?? session.terminalId }
      return { outcome: good ? 'approved' : 'declined', reference: '', amount: this.#dong(minor ?? 0), details: withId, reason: good ? null : reasonOf(resultCode ?? 0xff) }
    })
  }

  status(): ReturnType<CardTerminal['status']> {
    return this.#alone(async () => {
      const session = await this.#registered(0)
      const { status, firmware } = await this.#enquire(session)
      return { ready: status === codes.ok, state: stateOf(status ?? 0xff), code: status === null ? null : codeText(status), firmware }
    })
  }

  endOfDay(options: Pick<ChargeOptions, 'onProgress' | 'onSlip'> = {}): Promise<DayTotals | null> {
    return this.#alone(async () => {
      const session = await this.#registered(patienceMs)
      let totals: DayTotals | null = null
      const { hooks, finish } = watching(this.#profile, options)
      const onStatus = (_status: StatusInfo, data: Uint8Array): boolean => {
        totals = parseTotals(data, this.#options.exponent)
        return true
      }
      const end = await session.runPatiently(endOfDay(this.#profile), patienceMs, { ...hooks, onStatus })
      finish()
      if (end.kind !== 'completed') throw errorOf('end of day', end)
      return totals
    })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#session?.close()
    this.#session = null
  }

  #pay(intent: ChargeIntent, options: ChargeOptions, commandFor: (minor: number) => Apdu): Promise<ChargeResult> {
    return this.#alone(async () => {
      const minor = this.#minor(intent)
      const command = commandFor(minor)
      const session = await this.#registered(patienceMs, options.signal)
      if (options.signal?.aborted) return resultFor(intent, 'declined', 'cancelled')
      const charge = { command, reference: intent.reference, amount: intent.amount, minor, exponent: this.#options.exponent, done: [] }
      const charged = await runCharge(session, this.#profile, charge, options)
      if (charged.kind === 'result') return charged.result
      const asked = await this.#ask(session, intent)
      return asked.outcome === 'declined' || asked.reason?.key === 'line-broken' ? { ...asked, reason: charged.because.reason } : asked
    })
  }

  /** What became of an intent, from the last transaction over a good line. */
  async #ask(session: ZvtSession, intent: ChargeIntent): Promise<ChargeResult> {
    try {
      return judge(intent, this.#minor(intent), await this.#lastStatus(session))
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error
      return resultFor(intent, 'unknown', error.code === 'unreachable' ? 'line-broken' : error.code)
    }
  }

  /** The last transaction; null when there is none. Rejects with `TerminalError`: `unsupported`, `busy` or `unreachable`. */
  async #lastStatus(session: ZvtSession): Promise<StatusInfo | null> {
    let found: StatusInfo | null = null
    const onStatus = (status: StatusInfo): boolean => {
      found = status
      return true
    }
    const end = await session.runPatiently(repeatReceipt(this.#profile), patienceMs, { onStatus })
    if (end.kind === 'no-answer' || end.kind === 'line-broken') throw errorOf('repeat receipt', end)
    const cannot = end.kind === 'refused' && end.code === codes.notPossible
    const busy = end.kind !== 'completed' && codes.notNow.includes(end.code)
    if (cannot || busy) throw new TerminalError(busy ? 'busy' : 'unsupported', `repeat receipt: ${codeText(end.code)}`)
    return found
  }

  async #enquire(session: ZvtSession): Promise<Enquired> {
    const end = await session.run(statusEnquiry(this.#profile))
    if (end.kind === 'completed') return parseEnquired(end.data)
    if (end.kind === 'no-answer' || end.kind === 'line-broken') throw errorOf('status enquiry', end)
    return { firmware: null, status: end.code, rest: new Uint8Array() }
  }

  /** Waits until the terminal has done with what it may still be doing of a sale. One that can't be asked has until T4 of that sale is over. */
  async #isReady(session: ZvtSession, intent: ChargeIntent, signal?: AbortSignal): Promise<boolean> {
    const { completionMs } = this.#profile.timers
    for (const until = performance.now() + completionMs; ; await session.pause()) {
      const { status } = await this.#enquire(session)
      if (status === codes.notPossible) return Date.now() - intent.at > completionMs
      if (status !== codes.pleaseWait && status !== codes.cardInserted) return true
      if (performance.now() > until || signal?.aborted) return false
    }
  }

  /** A connection over which the terminal has answered just now. */
  async #registered(patience: number, signal?: AbortSignal): Promise<ZvtSession> {
    const kept = this.#session
    if (kept?.isOpen()) {
      if (kept.quietFor() < trustedMs) return kept
      if (await kept.register(patience, signal).then(() => true, () => false)) return kept
      await kept.close()
    }
    const session = new ZvtSession(await this.#connect(), this.#address.startsWith('serial:'), this.#profile)
    this.#session = session
    try {
      await session.register(patience, signal)
      return session
    } catch (error) {
      await session.close()
      throw error
    }
  }

  async #connect(): Promise<Transport> {
    const { connect } = this.#options
    try {
      return await (connect ?? ((signal) => openTransport(this.#serialDefaults(), { signal })))(this.#closing.signal)
    } catch (error) {
      const held = error instanceof TransportError && error.code === 'busy'
      throw new TerminalError(held ? 'busy' : 'unreachable', error instanceof Error ? error.message : String(error), error)
    }
  }

  /** ZVT lines have two stop bits unless the address says otherwise. */
  #serialDefaults(): string {
    const address = this.#address
    if (!address.startsWith('serial:') || /[?&]stop=/.test(address)) return address
    return `${address}${address.includes('?') ? '&' : '?'}stop=${this.#profile.stopBits}`
  }

  /** Throws `RangeError` for an amount that isn't a positive integer or too long for twelve digits. */
  #minor({ amount }: Pick<ChargeIntent, 'amount'>): number {
    const minor = amount * 10 ** this.#options.exponent
    if (!Number.isSafeInteger(amount) || amount <= 0 || minor > 999_999_999_999) throw new RangeError(`not an amount: ${amount}`)
    return minor
  }

  #dong(minor: number): number {
    return Math.round(minor / 10 ** this.#options.exponent)
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new TerminalError('busy', 'a request is under way')
    this.#busy = true
    try {
      return await work()
    } finally {
      this.#busy = false
    }
  }
}
