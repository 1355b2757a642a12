import type { ChargeDetails } from '../port.ts'
import { bcdDigits, bcdNumber } from './bcd.ts'
import { fieldOf, parseFields, type Fields } from './bmp.ts'

/** What `04 0F` says of a transaction. */
export interface StatusInfo {
  /** BMP 27; null when it is missing. */
  readonly resultCode: number | null
  /** BMP 04 in minor units; null when it is missing or no number. */
  readonly minor: number | null
  readonly details: ChargeDetails
  /** The terminal's own clock: `MMDD` and `HHMMSS`; null when missing. */
  readonly date: string | null
  readonly time: string | null
  /** Everything that was read, also what we have no name for. */
  readonly fields: Fields
}

function textOf(bytes: Uint8Array | null): string | null {
  const text = bytes ? Buffer.from(bytes).toString('latin1').replaceAll(/[^\x20-\x7e]/g, '').trim() : ''
  return text === '' ? null : text
}

/** All but the last four digits hidden, whatever the terminal showed. */
function maskPan(bytes: Uint8Array | null): string | null {
  if (!bytes) return null
  const digits = bcdDigits(bytes).replace(/f+$/, '').replaceAll(/[^\d]/g, '*')
  return digits === '' ? null : '*'.repeat(Math.max(0, digits.length - 4)) + digits.slice(-4)
}

function digitsOf(bytes: Uint8Array | null): string | null {
  return bytes ? bcdDigits(bytes) : null
}

/** Reads the data of a `04 0F`; an unknown field ends the reading and what stood before it counts. */
export function parseStatusInfo(data: Uint8Array): StatusInfo {
  const fields = parseFields(data)
  const of = (tag: number): Uint8Array | null => fieldOf(fields, tag)
  const amount = of(0x04)
  const details = {
    receipt: digitsOf(of(0x87)),
    trace: digitsOf(of(0x0b)),
    approval: textOf(of(0x3b)),
    card: textOf(of(0x8b)),
    maskedPan: maskPan(of(0x22)),
    terminalId: digitsOf(of(0x29)),
  }
  return { resultCode: of(0x27)?.[0] ?? null, minor: amount ? bcdNumber(amount) : null, details, date: digitsOf(of(0x0d)), time: digitsOf(of(0x0c)), fields }
}

/** Whether two `04 0F` tell of the same transaction in the same way: then the second is a repetition. */
export function sameStatus(a: StatusInfo, b: StatusInfo): boolean {
  return a.resultCode === b.resultCode && a.minor === b.minor && a.details.receipt === b.details.receipt && a.details.trace === b.details.trace
}
