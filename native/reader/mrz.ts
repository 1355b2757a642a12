import { parse } from 'mrz'
import type { MrzScanned } from './scan.ts'

const shapes = [
  { lines: 3, length: 30, first: /^[ACI][A-Z0-9<][A-Z]{3}[A-Z0-9<]{25}$/ },
  { lines: 2, length: 36, first: /^[ACIPV][A-Z0-9<][A-Z][A-Z<]{2}[A-Z<]{31}$/ },
  { lines: 2, length: 44, first: /^[PV][A-Z0-9<][A-Z][A-Z<]{2}[A-Z<]{39}$/ },
] as const

/** How many lines a machine-readable zone has whose first line this is; null when it can't be one. */
export function mrzLines(first: string): { readonly lines: 2 | 3; readonly length: number } | null {
  return shapes.find((shape) => shape.first.test(first)) ?? (/^I<[A-Z0-9<]{28}$/.test(first) ? shapes[0] : null)
}

/** A whole zone sent as one line of 90, 72 or 88 characters, cut into its lines; null when it is none. */
export function splitMrz(text: string): readonly string[] | null {
  const shape = shapes.find((one) => text.length === one.lines * one.length && mrzLines(text.slice(0, one.length)) !== null)
  if (shape === undefined || !/^[A-Z0-9<]+$/.test(text)) return null
  return Array.from({ length: shape.lines }, (_, i) => text.slice(i * shape.length, (i + 1) * shape.length))
}

/** Check digit of ICAO 9303-3: weights 7 3 1, A–Z = 10–35, `<` = 0. */
export function mrzCheckDigit(data: string): number {
  let sum = 0
  for (let i = 0; i < data.length; i++) {
    const char = data.charAt(i)
    const value = char === '<' ? 0 : /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 55
    sum += value * ([7, 3, 1][i % 3] ?? 0)
  }
  return sum % 10
}

/** `yyyy-mm-dd` of YYMMDD in the given century's hundred; null without a real day. */
function day(text: string, century: number): string | null {
  if (!/^\d{6}$/.test(text)) return null
  const iso = `${century + Number(text.slice(0, 2))}-${text.slice(2, 4)}-${text.slice(4, 6)}`
  const real = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== iso ? null : iso
}

/** The number of a Vietnamese card tells the century; else a birth lies in the past hundred years. */
function birthCentury(yymmdd: string, id: string | null, today: string): number {
  if (id !== null) return 1900 + Math.floor(Number(id.charAt(3)) / 2) * 100
  return 2000 + Number(yymmdd.slice(0, 2)) > Number(today.slice(0, 4)) ? 1900 : 2000
}

/** The twelve digits in the optional data of line 1 and their own check digit, which ICAO's composite doesn't know. */
function vietnameseNumber(line: string): { readonly id: string | null; readonly problem: string | null } {
  const match = /^I.VNM.{10}(.{12})<<(.)$/.exec(line)
  if (match === null) return { id: null, problem: null }
  const [, id = '', digit = ''] = match
  const right = /^\d{12}$/.test(id) && String(mrzCheckDigit(id)) === digit
  return { id: /^\d{12}$/.test(id) ? id : null, problem: right ? null : 'personal-number-check-digit' }
}

const kebab = (field: string) => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
/** The library knows only real states; specimens say UTO. What a state is called decides nothing here. */
const ignored = new Set(['issuingState', 'nationality', 'documentCode'])

/** Reads two or three lines of equal length. Null when they are no zone at all; a wrong digit is a zone that isn't `valid`. */
export function readMrz(lines: readonly string[], today: string): MrzScanned | null {
  let result: ReturnType<typeof parse>
  try {
    result = parse([...lines], { autocorrect: false })
  } catch {
    return null
  }
  const { format } = result
  if (format !== 'TD1' && format !== 'TD2' && format !== 'TD3') return null
  const raw = (field: string) => {
    const at = result.details.find((one) => one.field === field)
    return at === undefined ? '' : (lines[at.line]?.slice(at.start, at.end) ?? '')
  }
  const text = (field: string) => raw(field).replace(/</g, ' ').replace(/ +/g, ' ').trim()
  const vietnam = vietnameseNumber(lines[0] ?? '')
  const personal = vietnam.id ?? (text('personalNumber') || null)
  const problems = result.details.filter((one) => !one.valid && one.field !== null && !ignored.has(one.field)).map((one) => kebab(one.field ?? ''))
  if (vietnam.problem !== null) problems.push(vietnam.problem)
  const birth = raw('birthDate')
  const dob = day(birth, birthCentury(birth, vietnam.id, today))
  const expiry = day(raw('expirationDate'), 2000)
  if (dob === null && !problems.includes('birth-date')) problems.push('birth-date')
  return {
    kind: 'mrz',
    format,
    documentNumber: result.documentNumber ?? text('documentNumber'),
    personalNumber: personal,
    surname: text('lastName'),
    givenNames: text('firstName'),
    dob,
    sex: raw('sex') === 'M' ? 'male' : raw('sex') === 'F' ? 'female' : '',
    expiry,
    nationality: text('nationality'),
    valid: problems.length === 0,
    problems: [...new Set(problems)],
  }
}
