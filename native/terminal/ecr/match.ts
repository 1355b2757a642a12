import type { ChargeIntent, ChargeResult } from '../port.ts'
import { isNotFound, amountOf, readResult, referenceOf, detailsOf } from './result.ts'
import type { EcrMessage } from './message.ts'
import type { EcrProfile, Recovery } from './profile.ts'

/** What is compared of an intent. */
export type Asked = Pick<ChargeIntent, 'reference' | 'amount' | 'lastReceipt'>

/** Invoice numbers are six digits on the wire; people type them without zeros. */
export function receiptDigits(receipt: string): string {
  return /^\d{1,6}$/.test(receipt) ? receipt.padStart(6, '0') : receipt
}

const sameReceipt = (a: string | null, b: string | null): boolean => a !== null && b !== null && receiptDigits(a) === receiptDigits(b)

/**
 * Whether a response answers an open sale. Its reference decides where it has one; else an approval must not be the last known receipt again,
 * nor of another amount.
 */
export function answersSale(message: EcrMessage, asked: Asked, code: string, profile: EcrProfile, exponent: number): boolean {
  if (message.code !== code) return false
  const reference = referenceOf(message, profile)
  if (reference !== null) return reference === asked.reference
  if (message.responseCode !== '00') return true
  const amount = amountOf(message, exponent)
  return !sameReceipt(detailsOf(message).receipt, asked.lastReceipt) && (amount === null || amount === asked.amount)
}

/** Whether an approval is of another sum than was asked. */
function differs(message: EcrMessage, asked: Asked, exponent: number): boolean {
  const amount = amountOf(message, exponent)
  return message.responseCode === '00' && amount !== null && amount !== asked.amount
}

/** What an inquiry tells about a sale: its result; `absent`, there was none; `unsure`, it says nothing about it. */
export type Finding = ChargeResult | 'absent' | 'unsure'

/**
 * Judges the answer to an inquiry. Fees repeat, so an equal amount alone proves nothing: the answer must name our reference, or be of our amount
 * *and* newer than the last receipt known before.
 */
export function readFinding(message: EcrMessage, asked: Asked, method: Recovery, profile: EcrProfile, exponent: number): Finding {
  const named = referenceOf(message, profile) === asked.reference
  if (isNotFound(message)) return named || profile.notFoundIsFinal ? 'absent' : 'unsure'
  const { receipt } = detailsOf(message)
  if (!named && method === 'last' && message.responseCode === '00' && sameReceipt(receipt, asked.lastReceipt)) return 'absent'
  const newer = receipt !== null && asked.lastReceipt !== null && !sameReceipt(receipt, asked.lastReceipt)
  const unnamed = referenceOf(message, profile) === null && newer && amountOf(message, exponent) === asked.amount && message.responseCode === '00'
  return named || unnamed ? judged(message, asked, exponent) : 'unsure'
}

/** The result of a response that belongs to this sale. Of another sum it is never booked but *unknown*: a person voids it. */
export function judged(message: EcrMessage, asked: Asked, exponent: number): ChargeResult {
  const result = readResult(message, asked, exponent)
  if (!differs(message, asked, exponent)) return result
  return { ...result, outcome: 'unknown', amount: asked.amount, reason: { key: 'amount-mismatch', code: String(amountOf(message, exponent)) } }
}
