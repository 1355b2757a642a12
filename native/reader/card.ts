import type { CardScanned, CardWarning, InvalidReason } from './scan.ts'

/** The verdict on a line: a card, an identity that isn't right, or no identity at all. */
export type CardVerdict = CardScanned | { readonly kind: 'invalid'; readonly reason: InvalidReason } | null

const provinces = new Set(
  ('001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 ' +
    '051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096').split(' '),
)

const invalid = (reason: InvalidReason): CardVerdict => ({ kind: 'invalid', reason })

/** `ddMMyyyy` to `yyyy-mm-dd`, null when there is no such day. */
function date(text: string): string | null {
  const match = /^(\d{2})(\d{2})(\d{4})$/.exec(text)
  if (match === null) return null
  const [, day = '', month = '', year = ''] = match
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const iso = `${year}-${month}-${day}`
  return real.toISOString().slice(0, 10) === iso && Number(year) >= 1900 ? iso : null
}

/** Whether a line is meant as an identity: enough fields, or a number of twelve before the first bar. */
function looksLikeCard(fields: readonly string[]): boolean {
  const digits = (fields[0] ?? '').replace(/\D/g, '').length
  return (fields.length >= 6 && digits >= 6) || (fields.length >= 2 && /^\d{12}$/.test(fields[0] ?? ''))
}

/** Six fields (no old number), seven, or the seven and up to four more of the 2024 pattern, whose meaning isn't published. */
function sevenFields(fields: readonly string[]): readonly string[] | null {
  if (fields.length === 6 && date(fields[2] ?? '') !== null) return [fields[0] ?? '', '', ...fields.slice(1)]
  return fields.length >= 7 && fields.length <= 11 ? fields : null
}

const sexes: Readonly<Record<string, 'male' | 'female'>> = { nam: 'male', nữ: 'female' }

function warningsOf(id: string, dob: string, sex: 'male' | 'female', repaired: boolean): readonly CardWarning[] {
  const centurySex = Number(id.charAt(3))
  const warnings: CardWarning[] = []
  if (!provinces.has(id.slice(0, 3))) warnings.push('province-unknown')
  if ((centurySex % 2 === 0 ? 'male' : 'female') !== sex) warnings.push('sex-differs')
  if (String(1900 + Math.floor(centurySex / 2) * 100 + Number(id.slice(4, 6))) !== dob.slice(0, 4)) warnings.push('birth-year-differs')
  if (repaired) warnings.push('encoding-repaired')
  return warnings
}

/**
 * Reads `id|old id|name|ddMMyyyy|Nam or Nữ|address|ddMMyyyy` and what later cards append. `today` is `yyyy-mm-dd`: no card was issued after it.
 */
export function readCard(text: string, today: string, repaired: boolean): CardVerdict {
  const all = text.split('|').map((field) => field.trim())
  if (!looksLikeCard(all)) return null
  const fields = sevenFields(all)
  if (fields === null) return invalid(all.length > 11 ? 'id-number' : 'incomplete')
  const [id = '', oldId = '', fullName = '', dobText = '', sexText = '', address = '', issuedText = ''] = fields
  if (!/^\d{12}$/.test(id)) return invalid('id-number')
  if (!/^(\d{9}|\d{12})?$/.test(oldId)) return invalid('old-id-number')
  if (/[?\ufffd]/.test(`${fullName}${sexText}${address}`)) return invalid('letters-lost')
  if (fullName === '' || !/^[\p{L}\p{M}][\p{L}\p{M}\s'’.-]*$/u.test(fullName)) return invalid('name')
  const dob = date(dobText)
  if (dob === null || dob > today) return invalid('birth-date')
  const sex = sexes[sexText.toLowerCase()]
  if (sex === undefined) return invalid('sex')
  const issued = date(issuedText)
  if (issued === null || issued < dob || issued > today) return invalid('issue-date')
  return { kind: 'cccd', id, oldId: oldId === '' ? null : oldId, fullName, dob, sex, address, issued, warnings: warningsOf(id, dob, sex, repaired) }
}
