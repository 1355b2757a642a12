import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bacKeys, bacSeed, keyFromFields, keyFromMrz, paceKey } from './access-key.ts'
import type { Command } from './apdu.ts'
import { bacAnswer, bacQuestion } from './bac.ts'
import { mapGenerator, offersPace, paceSessionKeys, paceToken, pacePoint } from './pace.ts'
import { aesCbc, pad, retailMac, unpad } from './primitives.ts'
import { aesCipher, increment, protect, tripleDesCipher, unprotect } from './secure-messaging.ts'
import { encodeLength } from '../tlv.ts'

type Vector = Readonly<Record<string, string>> & { readonly steps: readonly Readonly<Record<string, string>>[]; readonly length: number; readonly block: 8 | 16 }
const { vectors } = JSON.parse(readFileSync('test/fixtures/vectors/emrtd.json', 'utf8')) as { vectors: readonly Vector[] }
const of = (kind: string): readonly Vector[] => {
  const found = vectors.filter((one) => one['kind'] === kind)
  expect(found.length).toBeGreaterThan(0)
  return found
}
const bytes = (hex: string | undefined): Uint8Array => new Uint8Array(Buffer.from(hex ?? '', 'hex'))
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex').toUpperCase()
const point = (x: string | undefined, y: string | undefined) => pacePoint(bytes(`04${x}${y}`))

/** A plain short APDU of the vectors taken apart: header, then Le, or Lc, data and maybe Le. */
function command(text: string): Command {
  const apdu = bytes(text)
  const [cla = 0, ins = 0, p1 = 0, p2 = 0, fifth = 0] = apdu
  if (apdu.length === 5) return { cla, ins, p1, p2, le: fifth || 256 }
  const data = apdu.slice(5, 5 + fifth)
  const le = apdu[5 + fifth]
  return { cla, ins, p1, p2, data, ...(le === undefined ? {} : { le: le || 256 }) }
}

const seedOf = (key: ReturnType<typeof keyFromMrz>): string => (typeof key !== 'string' && key.kind === 'mrz' ? hex(bacSeed(key.information)) : `no key: ${JSON.stringify(key)}`)

describe('keys', () => {
  it('the seed of a zone, a number longer than nine characters included', () => {
    for (const { mrz, kseed } of of('bac-key-seed')) expect(seedOf(keyFromMrz(mrz ?? ''))).toBe(kseed)
  })

  it('typed fields give the same information, seed and keys', () => {
    for (const { docNumber, dob, doe, mrzInformation, kenc, kmac } of of('bac-mrz-information')) {
      expect(keyFromFields(docNumber ?? '', dob ?? '', doe ?? '')).toEqual({ kind: 'mrz', information: mrzInformation })
      const keys = bacKeys(mrzInformation ?? '')
      expect([hex(keys.enc), hex(keys.mac)]).toEqual([kenc, kmac])
    }
  })

  it('K_pi of PACE', () => {
    for (const { mrzInformation, kpi } of of('pace-kpi')) expect(hex(paceKey({ kind: 'mrz', information: mrzInformation ?? '' }))).toBe(kpi)
  })
})

describe('primitives', () => {
  it('padding, there and back', () => {
    for (const { data, block, padded } of of('iso9797-pad2')) {
      expect(hex(pad(bytes(data), block))).toBe(padded)
      expect(hex(unpad(bytes(padded)) ?? new Uint8Array())).toBe(data)
    }
    expect(unpad(bytes('0000'))).toBeNull()
  })

  it('retail MAC and BER lengths', () => {
    for (const { key, message, mac } of of('iso9797-mac-alg3')) expect(hex(retailMac(bytes(key), bytes(message)))).toBe(mac)
    for (const { length, encoded } of of('ber-length')) expect(hex(Uint8Array.from(encodeLength(length)))).toBe(encoded)
  })
})

describe('BAC', () => {
  it('the worked example of 9303-11 D.3', () => {
    for (const v of of('bac-mutual-auth')) {
      const [keys, nonces] = [{ enc: bytes(v['kenc']), mac: bytes(v['kmac']) }, { rndIc: bytes(v['rndIc']), rndIfd: bytes(v['rndIfd']), kIfd: bytes(v['kIfd']) }]
      expect(hex(bacQuestion(keys, nonces))).toBe(v['externalAuthenticateCommandData'])
      const session = bacAnswer(keys, nonces, bytes(v['responseData']))
      expect([hex(session.enc), hex(session.mac), hex(session.counter)]).toEqual([v['ksEnc'], v['ksMac'], v['ssc']])
    }
  })

  it('an answer with a wrong checksum is refused', () => {
    const [good] = of('bac-mutual-auth')
    for (const v of of('bac-mutual-auth-negative')) {
      const nonces = { rndIc: bytes(v['rndIc']), rndIfd: bytes(v['rndIfd']), kIfd: bytes(v['kIfd']) }
      expect(() => bacAnswer({ enc: bytes(good?.['kenc']), mac: bytes(good?.['kmac']) }, nonces, bytes(v['responseData']))).toThrow('session-lost')
    }
  })
})

describe('secure messaging', () => {
  it.each([['secure-messaging-3des', tripleDesCipher], ['secure-messaging-aes', aesCipher]] as const)('%s, step by step in both directions', (kind, cipherOf) => {
    for (const v of of(kind)) {
      const cipher = cipherOf(bytes(v['ksEnc']), bytes(v['ksMac']))
      let counter = bytes(v['ssc'])
      for (const step of v.steps) {
        counter = increment(counter)
        expect(hex(protect(command(step['plain'] ?? ''), cipher, counter))).toBe(step['protected'])
        counter = increment(counter)
        const { data, sw } = unprotect(bytes(step['response']), cipher, counter)
        expect(hex(data) + sw.toString(16)).toBe(step['plainResponse'])
      }
    }
  })

  it('a wrong checksum ends the session', () => {
    for (const v of of('secure-messaging-negative')) {
      const cipher = tripleDesCipher(bytes(v['ksEnc']), bytes(v['ksMac']))
      expect(() => unprotect(bytes(v['response']), cipher, increment(bytes(v['sscBeforeResponse'])))).toThrow('session-lost')
    }
  })
})

describe('PACE', () => {
  it('the run of 9303-11 G.1', () => {
    for (const v of of('pace-run')) {
      expect(offersPace(bytes(v['efCardAccessData']))).toBe(true)
      const nonce = aesCbc(bytes(v['kpi']), bytes(v['nonceEncypted']), 'decrypt')
      expect(hex(nonce)).toBe(v['nonceDecrypted'])
      const shared = point(v['chipPublicKeyX'], v['chipPublicKeyY']).multiply(BigInt(`0x${v['terminalPrivateKey']}`))
      expect(shared.equals(point(v['sharedSecretX'], v['sharedSecretY']))).toBe(true)
      const generator = mapGenerator(nonce, shared)
      expect(generator.equals(point(v['mappedGeneratorX'], v['mappedGeneratorY']))).toBe(true)
      const own = generator.multiply(BigInt(`0x${v['terminalEphemeralPrivateKey']}`))
      expect(own.equals(point(v['terminalEphemeralPublicKeyX'], v['terminalEphemeralPublicKeyY']))).toBe(true)
      const chip = point(v['chipEphemeralPublicKeyX'], v['chipEphemeralPublicKeyY'])
      const keys = paceSessionKeys(chip.multiply(BigInt(`0x${v['terminalEphemeralPrivateKey']}`)))
      expect([hex(keys.enc), hex(keys.mac)]).toEqual([v['ksEnc'], v['ksMac']])
      expect([hex(paceToken(keys.mac, chip)), hex(paceToken(keys.mac, own))]).toEqual([v['tifd'], v['tic']])
    }
  })

  it('a point off the curve is refused', () => {
    const [v] = of('pace-run')
    expect(() => point(v?.['chipPublicKeyX'], v?.['terminalPublicKeyY'])).toThrow('PACE point')
  })
})
