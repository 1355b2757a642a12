/** Personal identification numbers and names (domain.md 3.5). */
import { isRealDay } from './local-time.ts'
import type { Sex } from './dossier.ts'

/** Number of a căn cước or CCCD: province (3), century and sex (1), year of birth (2), six more. No check digit. */
export const idPattern = /^\d{12}$/
export const oldIdPattern = /^\d{9}$/

const provinces = new Set(
  ('001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 ' +
    '051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096').split(' '),
)

/** Said of a card, never a reason to refuse it: cards have been issued with wrong data, and people are born abroad. */
export type IdWarning = 'province-unknown' | 'sex-differs' | 'birth-year-differs'

/** What the number itself says; null when it isn't twelve digits. */
export function readIdNumber(id: string): { readonly province: string; readonly sex: Sex; readonly birthYear: number } | null {
  if (!idPattern.test(id)) return null
  const centurySex = Number(id.charAt(3))
  return {
    province: id.slice(0, 3),
    sex: centurySex % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(centurySex / 2) * 100 + Number(id.slice(4, 6)),
  }
}

/** Holds the number against date of birth (`yyyy-mm-dd` or empty) and sex; what is empty is not held against anything. */
export function idWarnings(id: string, dob: string, sex: Sex | ''): readonly IdWarning[] {
  const said = readIdNumber(id)
  if (said === null) return []
  const warnings: IdWarning[] = []
  if (!provinces.has(said.province)) warnings.push('province-unknown')
  if (sex !== '' && sex !== said.sex) warnings.push('sex-differs')
  if (dob !== '' && Number(dob.slice(0, 4)) !== said.birthYear) warnings.push('birth-year-differs')
  return warnings
}

/** `0661****4827`; shorter numbers show less, so that no mask can be guessed back. */
export function maskId(id: string): string {
  const text = id.trim()
  if (text.length >= 12) return `${text.slice(0, 4)}****${text.slice(-4)}`
  if (text.length >= 8) return `${text.slice(0, 2)}****${text.slice(-3)}`
  return text === '' ? '' : '****'
}

const firstLetter = (part: string) => `${part.normalize('NFC').charAt(0).toUpperCase()}.`
const parts = (name: string) => name.trim().split(/\s+/).filter((part) => part !== '')

/** Initials and the given name, which stands last: `N. H. P. U. Thảo`. */
export function maskName(name: string): string {
  const all = parts(name)
  return all.map((part, i) => (i === all.length - 1 ? part : firstLetter(part))).join(' ')
}

/** A long name for a narrow place: the middle shrinks, family name and given name stay: `Nguyễn H. P. U. Thảo`. */
export function shortenName(name: string, maxLetters: number): string {
  const all = parts(name)
  const full = all.join(' ')
  if (full.length <= maxLetters || all.length < 3) return full
  return all.map((part, i) => (i === 0 || i === all.length - 1 ? part : firstLetter(part))).join(' ')
}

/** Whole years on a day (`yyyy-mm-dd`), null without a real date of birth. */
export function ageOn(dob: string, day: string): number | null {
  const [y, m, d] = [Number(dob.slice(0, 4)), Number(dob.slice(5, 7)), Number(dob.slice(8, 10))]
  if (!/^\d{4}-\d{2}-\d{2}$/.test(dob) || !isRealDay(y, m, d)) return null
  return Number(day.slice(0, 4)) - y - (day.slice(5) < dob.slice(5) ? 1 : 0)
}
