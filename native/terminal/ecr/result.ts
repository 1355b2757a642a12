import type { ChargeDetails, ChargeIntent, ChargeOutcome, ChargeResult } from '../port.ts'
import type { TerminalReason } from '../reason.ts'
import { textOf, type EcrField, type EcrMessage } from './message.ts'
import type { EcrProfile } from './profile.ts'

/** Fields that all known banks number alike. */
export const fields = { approval: '01', terminalId: '16', pan: '30', amount: '40', trace: '64', invoice: '65', card: 'D2', host: 'HN' } as const

const amountDigits = 12
/** The largest sum that the amount field holds, in its own units. */
const amountLimit = 10 ** amountDigits

/** The amount field for so many đồng. Throws `RangeError` when it isn't a positive whole number that fits. */
export function amountField(amount: number, exponent: number): EcrField {
  const units = amount * 10 ** exponent
  if (!Number.isSafeInteger(units) || units <= 0 || units >= amountLimit) throw new RangeError(`no amount: ${amount}`)
  return { type: fields.amount, value: String(units).padStart(amountDigits, '0') }
}

/** Đồng of the amount field, with a fraction if the terminal says one; null when it says nothing. */
export function amountOf(message: EcrMessage, exponent: number): number | null {
  const text = textOf(message, fields.amount)
  return text !== null && /^\d+$/.test(text) ? Number(text) / 10 ** exponent : null
}

export function referenceField(reference: string, profile: EcrProfile): readonly EcrField[] {
  return profile.reference ? [{ type: profile.reference.field, value: reference.padEnd(profile.reference.width) }] : []
}

export function referenceOf(message: EcrMessage, profile: EcrProfile): string | null {
  return profile.reference ? textOf(message, profile.reference.field) : null
}

/** First six and last four digits, whatever the terminal sent. */
export function maskPan(pan: string): string {
  const hidden = Math.max(0, pan.length - 10)
  return hidden === 0 ? '*'.repeat(pan.length) : `${pan.slice(0, 6)}${'*'.repeat(hidden)}${pan.slice(-4)}`
}

export const noDetails: ChargeDetails = { receipt: null, trace: null, approval: null, card: null, maskedPan: null, terminalId: null }

export function detailsOf(message: EcrMessage): ChargeDetails {
  const pan = textOf(message, fields.pan)
  return {
    receipt: textOf(message, fields.invoice),
    trace: textOf(message, fields.trace),
    approval: textOf(message, fields.approval),
    card: textOf(message, fields.card),
    maskedPan: pan === null ? null : maskPan(pan),
    terminalId: textOf(message, fields.terminalId),
  }
}

/** Response codes of the family; every other code is the host's own. */
const declines: Readonly<Record<string, TerminalReason>> = {
  ND: 'declined-other',
  ED: 'receipt-not-found',
  EN: 'receipt-not-found',
  TO: 'cancelled',
  NA: 'not-possible',
  UA: 'cancelled',
  XX: 'host-no-connection',
}

export const isNotFound = (message: EcrMessage): boolean => declines[message.responseCode] === 'receipt-not-found'

/**
 * What a response says. A code other than 00 with an approval code is *unknown*: some hosts approve with codes of their own, and money may have moved.
 * @param asked reference and amount of the request, for what the terminal left out
 */
export function readResult(message: EcrMessage, asked: { readonly reference: string; readonly amount: number }, exponent: number): ChargeResult {
  const details = detailsOf(message)
  const amount = amountOf(message, exponent) ?? asked.amount
  const result = (outcome: ChargeOutcome, key: TerminalReason | null): ChargeResult => ({
    outcome,
    reference: asked.reference,
    amount: outcome === 'approved' ? amount : asked.amount,
    details,
    reason: key === null ? null : { key, code: message.responseCode.trim() || null },
  })
  if (message.responseCode === '00') return result('approved', null)
  return details.approval === null ? result('declined', declines[message.responseCode] ?? 'declined-by-host') : result('unknown', 'contradiction')
}

/** A result without an answer of the terminal. */
export function withoutAnswer(outcome: 'declined' | 'unknown', asked: Pick<ChargeIntent, 'reference' | 'amount'>, key: TerminalReason): ChargeResult {
  return { outcome, reference: asked.reference, amount: asked.amount, details: noDetails, reason: { key, code: null } }
}
