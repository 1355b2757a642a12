import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDg1 } from '../files/dg1.ts'
import { readDg13 } from '../files/dg13.ts'
import { readDg2 } from '../files/dg2.ts'
import { loadCsca, type TrustedCertificates } from './csca.ts'
import { authenticate } from './passive.ts'

interface CardVector {
  readonly id: string
  readonly kind: string
  readonly hex: string
  readonly mrz: readonly string[]
  readonly files: Readonly<Record<string, string>>
  readonly cscaPem: string
  readonly photoSha256: string
  readonly expect: Readonly<Record<string, unknown>> & { readonly dg13: Readonly<Record<string, string>> }
}

const { vectors } = JSON.parse(readFileSync('test/fixtures/vectors/emrtd.json', 'utf8')) as { vectors: readonly CardVector[] }
const one = (id: string): CardVector => vectors.find((each) => each.id === id) ?? expect.fail(id)
const card = one('card-vn-a-rsa')
const file = (name: string): Uint8Array => new Uint8Array(Buffer.from(card.files[name] ?? expect.fail(name), 'base64'))
const iso = (text: string | undefined): string => (text ?? '').split('/').toReversed().join('-')
const today = '2026-11-22'

let folder = ''
let csca: TrustedCertificates
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csca-'))
  writeFileSync(join(folder, 'csca.pem'), card.cscaPem)
  writeFileSync(join(folder, 'broken.cer'), 'no certificate')
  writeFileSync(join(folder, 'README.txt'), 'not looked at')
  csca = loadCsca(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('files of the synthetic card', () => {
  it('DG1 of the card and of the Dutch specimen', () => {
    expect(readDg1(file('dg1'), today)).toEqual({
      documentNumber: '190012345', surname: 'NGUYEN', givenNames: 'THI ANH TUYET', dob: '1990-04-15', sex: 'female', expiry: '2030-04-15', nationality: 'VNM',
    })
    expect(readDg1(new Uint8Array(Buffer.from(one('dg1-td1-nld').hex, 'hex')), today)).toMatchObject({
      documentNumber: 'XI85935F8', surname: 'VAN DER STEEN', givenNames: 'MARIANNE LOUISE', dob: '1972-08-14', sex: 'female', expiry: '2011-08-26',
    })
  })

  it('DG13 entry by entry', () => {
    const { dg13 } = card.expect
    expect(readDg13(file('dg13'))).toEqual({
      number: dg13['idNumber'], fullName: dg13['fullName'], dob: iso(dg13['dateOfBirth']), sex: dg13['sex'], nationality: dg13['nationality'],
      ethnicity: dg13['ethnicity'], religion: dg13['religion'], origin: dg13['placeOfOrigin'], residence: dg13['residence'], marks: dg13['identification'],
      issued: iso(dg13['dateOfIssue']), expiry: iso(dg13['dateOfExpiry']), father: dg13['father'], mother: dg13['mother'], oldNumber: dg13['oldIdNumber'],
    })
  })

  it('the photo in DG2', () => {
    const { format, bytes } = readDg2(file('dg2'))
    expect([format, createHash('sha256').update(bytes).digest('hex').toUpperCase()]).toEqual(['jpeg', card.photoSha256])
  })
})

describe('passive authentication', () => {
  const judge = (sod: string, dg1 = 'dg1', trusted = true) =>
    authenticate(file(sod), new Map([[1, file(dg1)], [2, file('dg2')], [13, file('dg13')]]), { csca: trusted ? csca.certificates : null, signedAt: new Date() })

  it('the folder: one certificate, one file that is none', () => expect([csca.certificates.length, csca.unreadable]).toEqual([1, ['broken.cer']]))

  it.each([
    ['ef_sod', 'dg1', 'verified', null, null],
    ['ef_sod', 'neg_dg1_changed', 'failed', 'hash-mismatch', 1],
    ['neg_sod_signature_flipped', 'dg1', 'failed', 'signature-wrong', null],
    ['neg_sod_content_changed', 'dg1', 'failed', 'hash-mismatch', 1],
    ['neg_sod_other_csca', 'dg1', 'not-verified', 'issuer-unknown', null],
    ['neg_sod_dsc_expired', 'dg1', 'not-verified', 'not-valid-when-signed', null],
    ['neg_sod_no_dg13_hash', 'dg1', 'not-verified', 'not-covered', 13],
  ] as const)('%s with %s: %s', (sod, dg1, authentic, reason, dataGroup) => {
    expect(judge(sod, dg1)).toEqual({ authentic, reason, dataGroup })
  })

  it('a changed content is noticed by its own digest, whatever is shown', () => {
    expect(authenticate(file('neg_sod_content_changed'), new Map(), { csca: csca.certificates, signedAt: new Date() })).toMatchObject({ authentic: 'failed', reason: 'content-changed' })
  })

  it('without certificates nothing is verified, and what is wrong is still found', () => {
    expect(judge('ef_sod', 'dg1', false)).toEqual({ authentic: 'not-verified', reason: 'no-csca', dataGroup: null })
    expect(judge('ef_sod', 'neg_dg1_changed', false).authentic).toBe('failed')
    expect(judge('neg_sod_signature_flipped', 'dg1', false).authentic).toBe('failed')
  })

  it('without the data group in question the rest is verified', () => {
    const shown = new Map([[1, file('dg1')]])
    expect(authenticate(file('neg_sod_no_dg13_hash'), shown, { csca: csca.certificates, signedAt: new Date() }).authentic).toBe('verified')
    expect(authenticate(null, shown, { csca: csca.certificates, signedAt: new Date() })).toMatchObject({ authentic: 'not-verified', reason: 'no-sod' })
    expect(authenticate(file('dg13'), shown, { csca: csca.certificates, signedAt: new Date() })).toMatchObject({ authentic: 'failed', reason: 'sod-unreadable' })
  })
})
