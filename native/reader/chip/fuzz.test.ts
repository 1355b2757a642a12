import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aesCipher, tripleDesCipher, unprotect } from './access/secure-messaging.ts'
import { authenticate } from './authenticity/passive.ts'
import { ChipError } from './chip-error.ts'
import { readDg1 } from './files/dg1.ts'
import { readDg13 } from './files/dg13.ts'
import { readDg2 } from './files/dg2.ts'

interface Vector { readonly id: string; readonly files: Readonly<Record<string, string>> }
const { vectors } = JSON.parse(readFileSync('test/fixtures/vectors/emrtd.json', 'utf8')) as { vectors: readonly Vector[] }
const card = vectors.find(({ id }) => id === 'card-vn-a-rsa') ?? expect.fail('card-vn-a-rsa')
const file = (name: string): Uint8Array => new Uint8Array(Buffer.from(card.files[name] ?? '', 'base64'))

/** The good file with a few bytes changed, cut off somewhere, or plain noise. */
const spoiled = (good: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.array(fc.tuple(fc.nat(Math.min(good.length, 400) - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => {
      const copy = good.slice()
      for (const [at, byte] of changes) copy[at] = byte
      return copy
    }),
    fc.nat(good.length - 1).map((length) => good.slice(0, length)),
    fc.uint8Array({ maxLength: 120 }),
  )

const cipher = { des: tripleDesCipher(new Uint8Array(16), new Uint8Array(16)), aes: aesCipher(new Uint8Array(16), new Uint8Array(16)) }

it.each([
  ['DG1', file('dg1'), (bytes: Uint8Array) => readDg1(bytes, '2026-11-22')],
  ['DG2', file('dg2'), readDg2],
  ['DG13', file('dg13'), readDg13],
  ['an answer under 3DES', Buffer.from('8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000', 'hex'), (bytes: Uint8Array) => unprotect(bytes, cipher.des, new Uint8Array(8))],
  ['an answer under AES', Buffer.from('990290008E08BEA7B381C494A0799000', 'hex'), (bytes: Uint8Array) => unprotect(bytes, cipher.aes, new Uint8Array(16))],
] as const)('spoiled %s: an answer or a ChipError, never a crash', (_, good, read: (bytes: Uint8Array) => unknown) => {
  let refused = 0
  fc.assert(
    fc.property(spoiled(new Uint8Array(good)), (bytes) => {
      try {
        read(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(ChipError)
        refused++
      }
    }),
    { numRuns: 5_000 },
  )
  expect(refused).toBeGreaterThan(500)
})

it('a spoiled SOD never verifies and never crashes', () => {
  const good = file('ef_sod')
  const verdicts = new Set<string>()
  fc.assert(
    fc.property(spoiled(good), (sod) => {
      const { authentic } = authenticate(sod, new Map([[1, file('dg1')]]), { csca: [], signedAt: new Date() })
      expect(authentic).not.toBe('verified')
      verdicts.add(authentic)
    }),
    { numRuns: 1_000 },
  )
  expect(verdicts.has('failed')).toBe(true)
})
