/** Vietnamese phone numbers (domain.md 3.7). */

/** Why a number can't be one; `digits` is how many are missing or too many. */
export type PhoneProblem =
  | { readonly ok: false; readonly code: 'empty' | 'letters' | 'prefix'; readonly digits: 0 }
  | { readonly ok: false; readonly code: 'missing' | 'extra'; readonly digits: number }

export type PhoneCheck = { readonly ok: true; readonly kind: 'mobile' | 'landline'; readonly national: string } | PhoneProblem

const problem = (code: 'empty' | 'letters' | 'prefix'): PhoneProblem => ({ ok: false, code, digits: 0 })

/** Digits with a leading 0: `+84 905…`, `0084905…` and `84905…` (11 digits) become `0905…`. */
function nationalDigits(text: string): string {
  const digits = text.replace(/\D/g, '')
  if (text.trim().startsWith('+84')) return `0${digits.slice(2).replace(/^0/, '')}`
  if (digits.startsWith('0084')) return `0${digits.slice(4)}`
  if (digits.startsWith('84') && digits.length === 11) return `0${digits.slice(2)}`
  return digits
}

/** Checks a number as typed; spaces, dots, dashes and brackets are fine. */
export function checkPhone(text: string): PhoneCheck {
  if (text.trim() === '') return problem('empty')
  if (/[^\d\s.()+-]/.test(text)) return problem('letters')
  const national = nationalDigits(text)
  const kind = /^0[35789]/.test(national) ? 'mobile' : national.startsWith('02') ? 'landline' : null
  if (kind === null && !(national === '0' || national === '')) return problem('prefix')
  const wanted = kind === 'landline' ? 11 : 10
  if (national.length < wanted) return { ok: false, code: 'missing', digits: wanted - national.length }
  if (national.length > wanted) return { ok: false, code: 'extra', digits: national.length - wanted }
  return { ok: true, kind: kind ?? 'mobile', national }
}

/** `0905 123 456`, `0262 355 5123`, `024 3825 1234`; what isn't a number stays as it is. */
export function formatPhone(text: string): string {
  const check = checkPhone(text)
  if (!check.ok) return text.trim()
  const n = check.national
  if (check.kind === 'mobile') return `${n.slice(0, 4)} ${n.slice(4, 7)} ${n.slice(7)}`
  return /^02[48]/.test(n) ? `${n.slice(0, 3)} ${n.slice(3, 7)} ${n.slice(7)}` : `${n.slice(0, 4)} ${n.slice(4, 7)} ${n.slice(7)}`
}

/** `+84905123456`, the form that is stored; null when it isn't a number. */
export function phoneE164(text: string): string | null {
  const check = checkPhone(text)
  return check.ok ? `+84${check.national.slice(1)}` : null
}

/** What public screens show: `*** *** *456`. */
export function maskPhone(text: string): string {
  const digits = text.replace(/\D/g, '')
  return digits.length < 4 ? '***' : `*** *** *${digits.slice(-3)}`
}
