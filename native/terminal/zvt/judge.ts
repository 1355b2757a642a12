import type { ChargeIntent, ChargeResult } from '../port.ts'
import type { TerminalReason } from '../reason.ts'
import { fieldOf } from './bmp.ts'
import { codes, reasonOf } from './codes.ts'
import type { StatusInfo } from './status-info.ts'

export const noDetails = { receipt: null, trace: null, approval: null, card: null, maskedPan: null, terminalId: null }
/** How far the terminal's clock may be off: it may even keep the time of another zone. */
const clockMs = 15 * 3_600_000
const vietnamMs = 7 * 3_600_000

/** An intent, an outcome and its reason as a result. */
export function resultFor(intent: Pick<ChargeIntent, 'reference' | 'amount'>, outcome: ChargeResult['outcome'], key: TerminalReason, code: string | null = null): ChargeResult {
  return { outcome, reference: intent.reference, amount: intent.amount, details: noDetails, reason: { key, code } }
}

export function approved(intent: Pick<ChargeIntent, 'reference' | 'amount'>, status: StatusInfo): ChargeResult {
  return { outcome: 'approved', reference: intent.reference, amount: intent.amount, details: status.details, reason: null }
}

/** Distance between the terminal's MMDD HHMMSS (Vietnam time, no year) and a moment, ms; null when it tells no time. */
function distance({ date, time }: StatusInfo, at: number): number | null {
  const digits = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(`${date ?? ''}${time ?? ''}`)
  if (!digits) return null
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits.slice(1).map(Number)
  const year = new Date(at + vietnamMs).getUTCFullYear()
  return Math.min(...[year - 1, year, year + 1].map((one) => Math.abs(Date.UTC(one, month - 1, day, hour, minute, second) - vietnamMs - at)))
}

/** Before the intent the terminal had no transaction, as far as is known; one of another day is then none of ours all the same. */
function isOld(status: StatusInfo, intent: ChargeIntent): boolean {
  return intent.lastReceipt === null && (distance(status, intent.at) ?? 0) > clockMs
}

/**
 * What the terminal's last transaction says of an intent (PA00P015, recovery by repeat receipt). The receipt number before the sale decides whether it is
 * a new one (null before: any is): the same number: nothing was charged; a new one of the asked amount: it is ours; else a person has to look.
 */
export function judge(intent: ChargeIntent, minor: number, last: StatusInfo | null): ChargeResult {
  if (last === null) return intent.lastReceipt === null ? resultFor(intent, 'declined', 'not-charged') : resultFor(intent, 'unknown', 'other-transaction')
  const { receipt } = last.details
  const described = (result: ChargeResult): ChargeResult => ({ ...result, details: last.details })
  if (receipt !== null && receipt === intent.lastReceipt) return resultFor(intent, 'declined', 'not-charged')
  if (receipt === null || isOld(last, intent)) return resultFor(intent, 'unknown', 'other-transaction')
  if (last.resultCode !== codes.ok) {
    const { key, code } = reasonOf(last.resultCode ?? 0xff)
    return described(resultFor(intent, 'declined', key, code))
  }
  if (last.minor !== minor) return described(resultFor(intent, 'unknown', 'amount-mismatch', last.minor === null ? null : String(last.minor)))
  // BMP 37 names the trace of the transaction that this one undoes
  if (fieldOf(last.fields, 0x37)) return described(resultFor(intent, 'unknown', 'other-transaction'))
  return approved(intent, last)
}
