import type { TerminalReason } from '../reason.ts'

/** Result codes of BMP 27, `06 1E` and `84 xx` (PA00P015, chapter "Error messages"). */
const reasons: Readonly<Record<number, TerminalReason>> = {
  0x64: 'card-unreadable', 0x65: 'no-card-data', 0x6a: 'journal-full', 0x6b: 'not-registered', 0x6c: 'cancelled', 0x6f: 'wrong-currency', 0x72: 'chip-error',
  0x77: 'end-of-day-impossible', 0x78: 'card-expired', 0x79: 'card-not-yet-valid', 0x7a: 'card-unknown', 0x83: 'not-possible', 0x85: 'key-missing', 0x9a: 'protocol-error',
  0x9b: 'host-no-connection', 0x9c: 'please-wait', 0xa0: 'not-ready', 0xa1: 'host-no-answer', 0xa3: 'host-no-connection', 0xb1: 'journal-full', 0xb2: 'journal-full',
  0xb4: 'already-voided', 0xb5: 'void-impossible', 0xc2: 'diagnosis-needed', 0xc3: 'above-maximum', 0xc5: 'method-not-supported', 0xc6: 'wrong-currency',
  0xc8: 'below-minimum', 0xcc: 'printer', 0xdc: 'card-inserted', 0xe4: 'activation-needed', 0xf0: 'end-of-day-needed', 0xff: 'system-error',
}

export const codes = { ok: 0x00, notPossible: 0x83, pleaseWait: 0x9c, alreadyVoided: 0xb4, cardInserted: 0xdc, notNow: [0x9c, 0xa0, 0xdc] as readonly number[] } as const

/** Two hex digits, as terminals and their manuals show codes. */
export function codeText(code: number): string {
  return code.toString(16).toUpperCase().padStart(2, '0')
}

/** Why it was not done; 01–63 are the bank's own codes. */
export function reasonOf(code: number): { readonly key: TerminalReason; readonly code: string } {
  const host = code >= 0x01 && code <= 0x63
  return { key: reasons[code] ?? (host ? 'declined-by-host' : 'declined-other'), code: codeText(code) }
}

/** Why a command was not even begun (`84 xx`): no bank was asked. */
export function refusalOf(code: number): { readonly key: TerminalReason; readonly code: string } {
  return { key: reasons[code] ?? 'refused', code: codeText(code) }
}

const states: Readonly<Record<number, string>> = {
  0x00: 'ready', 0x51: 'initialisation-needed', 0x62: 'clock-wrong', 0x9c: 'please-wait', 0xb1: 'journal-full', 0xb2: 'journal-full', 0xc2: 'diagnosis-needed', 0xcc: 'printer',
  0xdc: 'card-inserted', 0xdf: 'out-of-order', 0xe4: 'activation-needed', 0xf0: 'end-of-day-needed', 0xf6: 'optimisation-needed',
}

/** Key of the messages for a status of `05 01`. */
export function stateOf(code: number): string {
  return states[code] ?? 'not-ready'
}

const progress: Readonly<Record<number, string>> = {
  0x00: 'confirm-amount', 0x01: 'enter-pin', 0x02: 'enter-pin', 0x04: 'asking-bank', 0x05: 'undoing', 0x07: 'card-not-admitted', 0x09: 'card-expired', 0x0a: 'insert-card',
  0x0b: 'remove-card', 0x0c: 'card-unreadable', 0x12: 'malfunction', 0x14: 'no-credit', 0x15: 'wrong-pin', 0x18: 'too-many-pins', 0x1c: 'approved', 0x1d: 'declined',
}

/** What the citizen is asked to do, from the code of `04 FF`. */
export function progressOf(code: number): string {
  return progress[code] ?? (code >= 0x40 && code <= 0x4f ? 'remove-card' : 'please-wait')
}
