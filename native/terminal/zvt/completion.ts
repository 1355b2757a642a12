import { bcdDigits } from './bcd.ts'
import { fieldOf, parseFields, readDigits } from './bmp.ts'

/** What the completion of a registration says. */
export interface Registered {
  readonly terminalId: string | null
  readonly initialisationNeeded: boolean
  readonly diagnosisNeeded: boolean
}

/** Data of `06 0F` behind `06 00`: BMP 19 is a bit field there. */
export function parseRegistered(data: Uint8Array): Registered {
  const fields = parseFields(data)
  const status = fieldOf(fields, 0x19)?.[0] ?? 0
  const terminalId = fieldOf(fields, 0x29)
  return { terminalId: terminalId ? bcdDigits(terminalId) : null, initialisationNeeded: (status & 1) !== 0, diagnosisNeeded: (status & 2) !== 0 }
}

/** What the completion of a status enquiry says. `status` is the terminal's own code, 00 when it is ready; null when it is missing. */
export interface Enquired {
  readonly firmware: string | null
  readonly status: number | null
  /** Behind the status byte, tagged. */
  readonly rest: Uint8Array
}

/** Data of `06 0F` behind `05 01`: a version with three length digits (it may be missing), one bare byte, then tagged fields. */
export function parseEnquired(data: Uint8Array): Enquired {
  const length = readDigits(data, 0, 3)
  const versioned = length !== null && data.length > 3 + length
  const at = versioned ? 3 + length : 0
  const firmware = versioned ? Buffer.from(data.subarray(3, at)).toString('latin1') : null
  return { firmware, status: data[at] ?? null, rest: data.slice(at + 1) }
}
