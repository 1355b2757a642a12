import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeByte } from '#native/sim/printer/character-rom.ts'
import { cleanText, encodeTcvn, simplifyText, tcvnLower, tcvnUpper } from './tcvn.ts'
import { wrapColumns } from './wrap.ts'

interface Vector {
  readonly id: string
  readonly kind: string
  readonly page30?: Readonly<Record<string, string>>
  readonly page31?: Readonly<Record<string, string>>
  readonly textNFC?: string
  readonly textNFD?: string
  readonly oneEncodingHex?: string
  readonly expectLine?: string
}
const file = new URL('../../test/fixtures/vectors/escpos.json', import.meta.url)
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] }
const pages = { lower: 30, upper: 31 }
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()
const asHex = (table: ReadonlyMap<string, number>): Record<string, string> =>
  Object.fromEntries([...table].map(([letter, byte]) => [letter, byte.toString(16).toUpperCase()]))

describe('TCVN-3 against the golden vectors', () => {
  const table = vectors.find((vector) => vector.kind === 'table')

  it('has exactly the letters and bytes of both pages', () => {
    expect(asHex(tcvnLower)).toEqual(table?.page30)
    expect(asHex(tcvnUpper)).toEqual(table?.page31)
  })

  it('the simulator reads the same table', () => {
    for (const [page, letters] of [[30, table?.page30], [31, table?.page31]] as const) {
      for (const [letter, byte] of Object.entries(letters ?? {})) expect(decodeByte(Number.parseInt(byte, 16), page)).toBe(letter)
    }
  })

  it.each(vectors.filter((vector) => vector.kind === 'render'))('$id: composed and decomposed input give the golden bytes', (vector) => {
    for (const text of [vector.textNFC ?? '', vector.textNFD ?? '']) {
      expect(hex(encodeTcvn(simplifyText(text), pages, 0)?.bytes ?? new Uint8Array())).toBe(vector.oneEncodingHex)
    }
  })
})

describe('text for printers', () => {
  it('keeps the page between lines and knows what it cannot spell', () => {
    const first = encodeTcvn('ắ', pages, null)
    expect(first?.page).toBe(30)
    expect(hex(encodeTcvn('ế', pages, first?.page ?? null)?.bytes ?? new Uint8Array())).toBe('D5')
    expect(encodeTcvn('K’Bčao', pages, 30)).toBeNull()
    expect(encodeTcvn('ắ', null, null)).toBeNull()
    expect(hex(encodeTcvn('ASCII', null, null)?.bytes ?? new Uint8Array())).toBe('4153434949')
  })

  it('never lets words become commands', () => {
    expect(cleanText('a\u001b@b\u001dV\u0000c\u0085')).toBe('a@bVc')
  })

  it('puts plain signs for typographic ones', () => {
    expect(simplifyText('“Ki-ốt” – 16.000 ₫…')).toBe('"Ki-ốt" - 16.000 đ...')
  })

  it('wraps at blanks and breaks only what is too long', () => {
    expect(wrapColumns('một hai ba bốn', 8)).toEqual(['một hai', 'ba bốn'])
    expect(wrapColumns('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
    expect(wrapColumns('  thụt vào', 20)).toEqual(['  thụt vào'])
    expect(wrapColumns('12345678 x', 8)).toEqual(['12345678', 'x'])
    expect(wrapColumns('', 8)).toEqual([''])
  })
})
