/** Codes of agencies, procedures and dossiers (domain.md 3.1–3.4). */

/** New form: one letter and two digits, then up to four levels: `H15.50.05.13`. */
export const agencyPattern = /^[A-Z]\d{2}(\.\d{2,3}){0,4}$/
/** Form before QĐ 20/2020/QĐ-TTg, lowest level first: `000.00.06.H56`. */
export const oldAgencyPattern = /^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$/
/** A dossier's code, in any form seen: six- or eight-digit date, four to seven digits of number. */
export const dossierCodePattern = /^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3}){0,4})-(?:\d{6}|\d{8})-\d{4,7}$/
/** National procedure, its case, or a local procedure. */
export const procedureCodePattern = /^\d\.\d{6}(?:\.\d{2}|\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}(?:\.\d{2})?)?$/

/**
 * Code of the `n`th dossier of a day (`yyyy-mm-dd`, Vietnam): `H15.50.05.13-261123-0042`. Four digits, five past 9999.
 * Throws when the agency or the number can't be in a code: that is a bug of the caller, never a citizen's doing.
 */
export function dossierCode(agency: string, day: string, n: number): string {
  const id = normaliseAgency(agency)
  if (id === null || !Number.isInteger(n) || n < 1 || n > 99_999) throw new RangeError(`no dossier code for agency "${agency}", number ${n}`)
  return `${id}-${day.slice(2, 4)}${day.slice(5, 7)}${day.slice(8, 10)}-${String(n).padStart(4, '0')}`
}

/** Agency id in the new form, null when it is none: `000.00.06.H56` → `H56.06`. */
export function normaliseAgency(id: string): string | null {
  const text = id.trim().toUpperCase()
  if (agencyPattern.test(text)) return text
  if (!oldAgencyPattern.test(text)) return null
  return text
    .split('.')
    .filter((group) => !/^0+$/.test(group))
    .reverse()
    .join('.')
}

/** The code in a text that a scanner or a person gave: trimmed, upper case; also out of a look-up address. Null when none. */
export function findDossierCode(text: string): string | null {
  const trimmed = text.trim().toUpperCase()
  if (dossierCodePattern.test(trimmed)) return trimmed
  if (!/^HTTPS?:\/\//.test(trimmed)) return null
  const last = trimmed.split(/[/?&=#]/).find((part) => dossierCodePattern.test(part))
  return last ?? null
}

/** What a person needs to see of a code: `…0042`. */
export function shortCode(code: string): string {
  return `…${code.slice(code.lastIndexOf('-') + 1)}`
}

/** Reference for a bank transfer, letters and digits only, at most 25 (EMVCo): `H155005132611230042`. */
export function paymentReference(code: string): string {
  return code.replace(/[^0-9A-Za-z]/g, '').slice(-25)
}
