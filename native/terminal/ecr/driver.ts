import { setTimeout as delay } from 'node:timers/promises'
import { TerminalError, type CardTerminal, type ChargeIntent, type ChargeOptions, type ChargeResult, type TerminalStatus } from '../port.ts'
import type { TerminalReason } from '../reason.ts'
import type { Transport } from '../../transport/transport.ts'
import { answersSale, judged, receiptDigits, type Asked } from './match.ts'
import type { EcrMessage } from './message.ts'
import type { EcrProfile } from './profile.ts'
import { recoverSale } from './recover.ts'
import { amountField, fields, isNotFound, readResult, referenceField, referenceOf, withoutAnswer } from './result.ts'
import { connector, createSession, type Query } from './session.ts'

export interface EcrOptions {
  readonly profile: EcrProfile
  /** Minor units of đồng on this terminal; default: the profile's. */
  readonly exponent?: 0 | 2
  /**
   * Stores an answer of the terminal that belongs to no open request (late, of another reference or amount), before it is acknowledged. Without
   * it such answers are remembered until `close` only.
   */
  readonly onOrphan?: (orphan: ChargeResult) => void
  /** Opens the connection; by default the address. */
  readonly connect?: (signal: AbortSignal) => Promise<Transport>
}

interface Transaction {
  readonly query: NonNullable<Query>
  readonly asked: Asked
  readonly isAnswer: (message: EcrMessage) => boolean
  readonly judge: (message: EcrMessage) => ChargeResult
  readonly options: ChargeOptions
  /** What the citizen or the clerk does once the terminal has taken the request. */
  readonly next: 'insert-card' | 'scan-qr' | 'please-wait'
}

/** Keys for how an exchange ended that left open what the terminal did. */
const unknownKeys = { 'not-stored': 'not-stored', 'no-ack': 'no-answer', 'no-response': 'no-answer', lost: 'line-broken', acknowledged: 'no-answer' } as const

function supported(code: string | null, what: string): string {
  if (code === null) throw new TerminalError('unsupported', what)
  return code
}

/**
 * A card terminal of a bank. Connects when it is first used and again after a break; never sends a sale again after its ACK. A serial address
 * without `baud` gets the profile's. Throws `TransportError` `bad-address`.
 */
export function openEcr(address: string, { profile, exponent = profile.exponent, onOrphan = () => undefined, connect }: EcrOptions): CardTerminal {
  const session = createSession({ profile, exponent, onOrphan, connect: connect ?? connector(address, profile.baud) })
  const { codes, times } = profile
  const { qrSale } = codes
  let busy = false

  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy) throw new TerminalError('busy', 'one request at a time')
    busy = true
    try {
      return await work()
    } finally {
      busy = false
    }
  }

  /** Whether the terminal hears us: it answers an empty message, with ACK or otherwise. */
  const listens = async (): Promise<boolean> => {
    const { end } = await session.ask(null, { isAnswer: () => false, settle: () => undefined, answerMs: 0 })
    return end === 'acknowledged' || end === 'not-accepted'
  }

  const transact = ({ query, asked, isAnswer, judge, next, options: { record, onProgress, signal } }: Transaction): Promise<ChargeResult> =>
    alone(async () => {
      const refused = (key: TerminalReason): ChargeResult => {
        const result = withoutAnswer('declined', asked, key)
        record(result)
        return result
      }
      if (signal?.aborted) return refused('cancelled')
      const fresh = await session.open(signal)
      // An answer that names no reference could be to the last sale, unacknowledged and sent again: let it come before ours is sent.
      if (fresh && !profile.reference) await delay(times.resendMs)
      if (profile.echo && !(await listens())) throw new TerminalError('unreachable', 'no ACK of an echo')
      // What came before this request was sent answers another one.
      session.orphans.clear()
      const settle = (message: EcrMessage): void => {
        const result = judge(message)
        if (result.outcome === 'unknown') onOrphan(readResult(message, asked, exponent))
        else record(result)
      }
      // The dialect has no abort: who wants to stop presses the terminal's own key, and its answer says what had happened by then.
      const onAbort = (): void => onProgress?.('cancel-on-terminal')
      signal?.addEventListener('abort', onAbort, { once: true })
      const ended = await session.ask(query, { isAnswer, settle, answerMs: times.responseMs, onAccepted: () => onProgress?.(next) })
      signal?.removeEventListener('abort', onAbort)
      if (ended.end === 'answered') return judge(ended.message)
      return ended.end === 'not-accepted' ? refused('not-ready') : withoutAnswer('unknown', asked, unknownKeys[ended.end])
    })

  const sale = (code: string, intent: ChargeIntent, how: ChargeOptions, next: Transaction['next']): Promise<ChargeResult> => {
    if (!/^[!-~]{1,20}$/.test(intent.reference)) throw new RangeError(`no reference: ${intent.reference}`)
    return transact({
      query: { code, fields: [amountField(intent.amount, exponent), ...referenceField(intent.reference, profile)] },
      asked: intent,
      isAnswer: (message) => answersSale(message, intent, code, profile, exponent),
      judge: (message) => judged(message, intent, exponent),
      options: how,
      next,
    })
  }

  /** A question that moves no money; its answer, or why there is none. */
  const question = async (code: string, extra: NonNullable<Query>['fields'], answerMs: number): Promise<EcrMessage> => {
    await session.open()
    const ended = await session.ask({ code, fields: extra }, { isAnswer: (message) => message.code === code, settle: () => undefined, answerMs })
    if (ended.end === 'answered') return ended.message
    throw new TerminalError(ended.end === 'not-accepted' ? 'refused' : 'unreachable', ended.end)
  }

  return {
    // The bank has charged before the terminal answers; our ACK only ends its repetitions.
    recordIsFinal: true,
    charge: async (intent, how) => sale(codes.sale, intent, how, 'insert-card'),
    ...(qrSale === null ? {} : { chargeQr: async (intent: ChargeIntent, how: ChargeOptions) => sale(qrSale, intent, how, 'scan-qr') }),
    refund: async (intent, how) => sale(supported(codes.refund, 'refund'), intent, how, 'insert-card'),
    recover: (intent, { record, signal }) => alone(() => recoverSale({ session, profile, exponent, intent, record }, signal)),
    void: (receipt, how) => {
      const asked = { reference: '', amount: 0, lastReceipt: null }
      const invoice = receiptDigits(receipt)
      return transact({
        query: { code: codes.void, fields: [{ type: fields.invoice, value: invoice }] },
        asked,
        isAnswer: (message) => message.code === codes.void && [null, invoice].includes(readResult(message, asked, exponent).details.receipt),
        judge: (message) => readResult(message, asked, exponent),
        options: how,
        next: 'please-wait',
      })
    },
    last: () =>
      alone(async () => {
        const message = await question(supported(codes.last, 'last transaction'), [], times.inquiryMs)
        if (isNotFound(message)) return null
        if (message.responseCode !== '00') throw new TerminalError('refused', message.responseCode)
        return readResult(message, { reference: referenceOf(message, profile) ?? '', amount: 0 }, exponent)
      }),
    status: () =>
      alone(async (): Promise<TerminalStatus> => {
        await session.open()
        if (!(await listens())) throw new TerminalError('unreachable', 'no ACK of an echo')
        return { ready: true, state: 'ready', code: null, firmware: null }
      }),
    endOfDay: () =>
      alone(async () => {
        const host = profile.settlementHost
        const { responseCode } = await question(supported(codes.settlement, 'settlement'), host === null ? [] : [{ type: fields.host, value: host }], times.settlementMs)
        if (responseCode !== '00') throw new TerminalError('refused', responseCode)
        return null
      }),
    close: () => session.close(),
  }
}
