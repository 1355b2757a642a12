import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { createInterpreter } from './interpret.ts'
import { createLineAssembler } from './line-assembler.ts'
import { mrzCheckDigit, readMrz } from './mrz.ts'
import type { Scan } from './scan.ts'

const today = '2026-11-23'
const load = <T>(name: string) => (JSON.parse(readFileSync(new URL(`../../test/fixtures/vectors/${name}`, import.meta.url), 'utf8')) as { vectors: readonly T[] }).vectors

/** Everything that a stream in these slices gives, silence at the end included. */
function scan(...slices: readonly (Uint8Array | string)[]): readonly Scan[] {
  const assembler = createLineAssembler()
  const interpreter = createInterpreter(() => today)
  const lines = slices.flatMap((slice) => assembler.push(typeof slice === 'string' ? Buffer.from(slice) : slice))
  return [...[...lines, ...assembler.silence()].flatMap((line) => interpreter.line(line)), ...interpreter.flush()]
}

interface CardVector {
  readonly id: string
  readonly bytesHex: string
  readonly valid: boolean
  readonly expect: { readonly sex: string; readonly extra?: unknown } | null
}

describe('QR of cards: shared vectors', () => {
  const kinds: Readonly<Record<string, string>> = { 'not-cccd-vietqr': 'other' }
  it.each(load<CardVector>('cccd-qr.json'))('$id', (vector) => {
    const bytes = Buffer.from(vector.bytesHex, 'hex')
    for (const slices of [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))]) {
      const [first, ...rest] = scan(...slices)
      expect(rest).toEqual([])
      if (!vector.valid || vector.expect === null) expect(first?.kind).toBe(kinds[vector.id] ?? 'invalid')
      else {
        const { sex, extra: _, ...expected } = vector.expect
        expect(first).toMatchObject({ kind: 'cccd', ...expected, sex: sex === 'Nam' ? 'male' : 'female' })
      }
    }
  })
})

interface MrzVector {
  readonly id: string
  readonly kind: 'check-digit' | 'parse' | 'serial'
  readonly data: string
  readonly digit: number
  readonly format: string
  readonly lines: readonly string[]
  readonly valid: boolean
  readonly bytesHex: string
  readonly expect?: { readonly doc: string; readonly dob: string; readonly doe: string; readonly sex: string; readonly surname: string; readonly given: string; readonly nationality: string; readonly personalNumber?: string }
}

describe('machine-readable zones: shared vectors', () => {
  it.each(load<MrzVector>('mrz.json'))('$id', (vector) => {
    if (vector.kind === 'check-digit') return expect(mrzCheckDigit(vector.data)).toBe(vector.digit)
    const bytes = vector.kind === 'serial' ? Buffer.from(vector.bytesHex, 'hex') : Buffer.from(vector.lines.join('\r\n'))
    const [first, ...rest] = scan(bytes)
    expect(rest).toEqual([])
    expect(first).toMatchObject({ kind: 'mrz', valid: vector.kind === 'serial' || vector.valid })
    if (vector.expect === undefined || first?.kind !== 'mrz') return undefined
    const { doc, dob, doe, sex, surname, given, nationality, personalNumber } = vector.expect
    expect(first).toMatchObject({ format: vector.format, documentNumber: doc, surname, givenNames: given, nationality, sex: sex === 'M' ? 'male' : 'female' })
    expect(first.dob?.slice(2).replaceAll('-', '')).toBe(dob)
    expect(first.expiry?.slice(2).replaceAll('-', '')).toBe(doe)
    if (personalNumber !== undefined) expect(first.personalNumber).toBe(personalNumber)
    return expect(first.problems).toEqual([])
  })
  it('takes the century of birth from the number', () => {
    const lines = ['IDVNM2040000710099204000071<<6', '0412317M2912316VNM<<<<<<<<<<<0', 'DANG<<HOANG<UY<VU<<<<<<<<<<<<<']
    expect(readMrz(lines, today)).toMatchObject({ dob: '2004-12-31', expiry: '2029-12-31', personalNumber: '099204000071' })
    expect(scan(lines.join(''))).toMatchObject([{ kind: 'mrz', valid: true }])
  })
  it("checks the twelve digits' own digit, which the composite of ICAO doesn't", () => {
    const wrong = ['IDVNM2040000710099204000071<<5', '0412317M2912316VNM<<<<<<<<<<<0', 'DANG<<HOANG<UY<VU<<<<<<<<<<<<<']
    expect(readMrz(wrong, today)?.problems).toContain('personal-number-check-digit')
  })
  it('gives up a zone whose lines stop coming, and reads what follows', () => {
    expect(scan('IDVNM2040000710099204000071<<6\rABC\r')).toEqual([
      { kind: 'invalid', reason: 'mrz-incomplete' },
      { kind: 'other', text: 'ABC' },
    ])
  })
})

const card = '066187003095||H’Hương Niê Kdăm|02091987|Nữ|Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk|15062021'

describe('lines', () => {
  it('reads glued lines, lines of every suffix, AIM prefixes and NUL', () => {
    expect(scan(`${card}\r${card}\n${card}\r\n${card}\t${card}\u0003]Q1${card}\u0000\r\n`).map((one) => one.kind)).toEqual(Array.from({ length: 6 }, () => 'cccd'))
  })
  it('finds dossier codes alone and in addresses', () => {
    expect(scan('H15.50.05.13-261123-0042\r]C0H15.50.05.13-261123-0042\rhttps://tracuu.vn/?ma=H15.50.05.13-261123-0042\r')).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'dossier', code: 'H15.50.05.13-261123-0042' })),
    )
  })
  it('takes key strokes out of a code', () => {
    expect(scan('abc\u001b[A\u0008def\r')).toEqual([{ kind: 'other', text: 'abc[Adef' }])
  })
  it('says what is wrong with an identity', () => {
    const bad = (line: string) => scan(`${line}\r`)[0]
    expect(bad(card.slice(0, 60))).toEqual({ kind: 'invalid', reason: 'incomplete' })
    expect(bad(card.replace('02091987', '31021987'))).toEqual({ kind: 'invalid', reason: 'birth-date' })
    expect(bad(card.replace('Nữ', 'X'))).toEqual({ kind: 'invalid', reason: 'sex' })
    expect(bad(card.replace('15062021', '15061980'))).toEqual({ kind: 'invalid', reason: 'issue-date' })
    expect(bad(card.replace('||', '|12|'))).toEqual({ kind: 'invalid', reason: 'old-id-number' })
    expect(bad(card.replace('Nữ', 'Nam'))).toMatchObject({ kind: 'cccd', warnings: ['sex-differs'] })
    expect(bad(card.replace('02091987', '02091988'))).toMatchObject({ kind: 'cccd', warnings: ['birth-year-differs'] })
    expect(bad('066187003095|H’Hương Niê Kdăm|02091987|Nữ||15062021')).toMatchObject({ kind: 'cccd', oldId: null, address: '' })
  })
  it.each([
    ['Windows-1258', (text: string) => windows1258(text)],
    ['TCVN3', (text: string) => iconv.encode(text, 'tcvn')],
    ['UTF-8 taken for Latin-1', (text: string) => Buffer.from(Buffer.from(text).toString('latin1'))],
  ])('repairs %s', (_, encode) => {
    const [first] = scan(encode(card.replace('’', "'")))
    expect(first).toMatchObject({ kind: 'cccd', fullName: "H'Hương Niê Kdăm", address: 'Buôn Kmrơng Prông A, xã Hòa Phú, tỉnh Đắk Lắk', sex: 'female', warnings: ['encoding-repaired'] })
  })
  it('keeps Ã as the letter that it is', () => {
    expect(scan(`${card.replace('H’Hương', 'LÃ')}\r`)).toMatchObject([{ kind: 'cccd', fullName: 'LÃ Niê Kdăm', warnings: [] }])
  })
})

/** Windows-1258 as keyboards write it: base letter, then the tone as a combining byte. */
function windows1258(text: string): Buffer {
  const tones = /[\u0300\u0301\u0303\u0309\u0323]/g
  const split = [...text.normalize('NFC')].map((char) => {
    const nfd = char.normalize('NFD')
    const tone = nfd.match(tones)?.join('') ?? ''
    return nfd.replace(tones, '').normalize('NFC') + tone
  })
  return iconv.encode(split.join(''), 'windows-1258')
}
