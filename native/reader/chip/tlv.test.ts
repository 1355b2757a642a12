import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { descend, readTlv, readTlvs, valueOf } from './tlv.ts'

interface ComVector {
  readonly id: string
  readonly hex: string
  readonly expect: { readonly lds: string; readonly unicode: string; readonly tags: readonly string[] }
}

const { vectors } = JSON.parse(readFileSync('test/fixtures/vectors/emrtd.json', 'utf8')) as { vectors: readonly (ComVector & { readonly kind: string })[] }

it.each(vectors.filter((one) => one.kind === 'ef-com'))('$id: tags of one and two bytes, values, nothing left over', ({ hex, expect: wanted }) => {
  const bytes = Buffer.from(hex, 'hex')
  expect(readTlv(bytes)).toMatchObject({ tag: 0x60, size: bytes.length })
  const parts = readTlvs(descend(bytes, [0x60]))
  const text = (tag: number) => Buffer.from(valueOf(parts, tag) ?? []).toString('latin1')
  expect({ lds: text(0x5f01), unicode: text(0x5f36), tags: [...(valueOf(parts, 0x5c) ?? [])].map((tag) => tag.toString(16).toUpperCase()) }).toEqual(wanted)
})

it('a value that was cut off is told', () => {
  expect(() => readTlv(Buffer.from('600500', 'hex'))).toThrow('TLV')
})
