import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { bits, der, integer, nothing, octets, oid, sequence, setOf, utcTime, utf8 } from './der.ts'

/** How the little country signs. */
export const signatureKinds = ['ecdsa', 'brainpool', 'rsa', 'rsa-pss'] as const
export type SignatureKind = (typeof signatureKinds)[number]

interface Party {
  readonly name: Buffer
  readonly privateKey: KeyObject
  readonly spki: Buffer
}

const sha256 = '2.16.840.1.101.3.4.2.1'
const algorithm = (id: string, ...parameters: readonly Buffer[]): Buffer => sequence(oid(id), ...parameters)

const pssParameters = sequence(
  der(0xa0, algorithm(sha256, nothing())),
  der(0xa1, algorithm('1.2.840.113549.1.1.8', algorithm(sha256, nothing()))),
  der(0xa2, integer(32)),
)

const algorithms: Readonly<Record<SignatureKind, Buffer>> = {
  ecdsa: algorithm('1.2.840.10045.4.3.2'),
  brainpool: algorithm('1.2.840.10045.4.3.2'),
  rsa: algorithm('1.2.840.113549.1.1.11', nothing()),
  'rsa-pss': algorithm('1.2.840.113549.1.1.10', pssParameters),
}

function keyPair(kind: SignatureKind): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  if (kind === 'ecdsa') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (kind === 'brainpool') return generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

function party(kind: SignatureKind, commonName: string): Party {
  const { privateKey, publicKey } = keyPair(kind)
  const part = (id: string, value: Buffer) => setOf(sequence(oid(id), value))
  const name = sequence(part('2.5.4.6', der(0x13, Buffer.from('VN'))), part('2.5.4.10', utf8('MẪU THỬ')), part('2.5.4.3', utf8(commonName)))
  return { name, privateKey, spki: publicKey.export({ format: 'der', type: 'spki' }) }
}

function signBytes(kind: SignatureKind, key: KeyObject, data: Uint8Array): Buffer {
  return kind === 'rsa-pss' ? sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }) : sign('sha256', data, key)
}

interface Validity {
  readonly from: Date
  readonly to: Date
}

function certificate(kind: SignatureKind, subject: Party, issuer: Party, serial: number, { from, to }: Validity, isAuthority: boolean): Buffer {
  const usage = isAuthority ? bits(Uint8Array.of(0x06), 1) : bits(Uint8Array.of(0x80), 7)
  const extension = (id: string, value: Buffer) => sequence(oid(id), der(0x01, [0xff]), octets(value))
  const extensions = [extension('2.5.29.15', usage), ...(isAuthority ? [extension('2.5.29.19', sequence(der(0x01, [0xff]), integer(0)))] : [])]
  const body = sequence(
    der(0xa0, integer(2)),
    integer(serial),
    algorithms[kind],
    issuer.name,
    sequence(utcTime(from), utcTime(to)),
    subject.name,
    subject.spki,
    der(0xa3, sequence(...extensions)),
  )
  return sequence(body, algorithms[kind], bits(signBytes(kind, issuer.privateKey, body)))
}

const years = (count: number, from = Date.now()): Date => new Date(from + count * 365.25 * 86_400_000)

/** Signs chips: the certificate to trust, as PEM, and the maker of EF.SOD. */
export interface Issuer {
  readonly cscaPem: string
  /** `files` by data group number. */
  securityObject(files: ReadonlyMap<number, Uint8Array>): Buffer
}

/** `expiredSigner`: the document signer's certificate had ended before it signed. */
export function createIssuer(kind: SignatureKind, { expiredSigner = false, name = 'CSCA GIẢ LẬP' } = {}): Issuer {
  const csca = party(kind, name)
  const signer = party(kind, 'DSC GIẢ LẬP')
  const cscaCertificate = certificate(kind, csca, csca, 1, { from: years(-12), to: years(3) }, true)
  const signerCertificate = certificate(kind, signer, csca, 2, expiredSigner ? { from: years(-9), to: years(-4) } : { from: years(-1), to: years(2) }, false)
  return {
    cscaPem: `-----BEGIN CERTIFICATE-----\n${cscaCertificate.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
    securityObject(files) {
      const hashes = [...files].map(([group, bytes]) => sequence(integer(group), octets(createHash('sha256').update(bytes).digest())))
      const content = sequence(integer(0), algorithm(sha256, nothing()), sequence(...hashes))
      const attribute = (id: string, value: Buffer) => sequence(oid(id), setOf(value))
      const attributes = setOf(
        attribute('1.2.840.113549.1.9.3', oid('2.23.136.1.1.1')),
        attribute('1.2.840.113549.1.9.5', utcTime(years(-0.5))),
        attribute('1.2.840.113549.1.9.4', octets(createHash('sha256').update(content).digest())),
      )
      const implicit = Buffer.from(attributes)
      implicit[0] = 0xa0
      const signature = octets(signBytes(kind, signer.privateKey, attributes))
      const signerInfo = sequence(integer(1), sequence(csca.name, integer(2)), algorithm(sha256), implicit, algorithms[kind], signature)
      const signed = sequence(
        integer(3),
        setOf(algorithm(sha256)),
        sequence(oid('2.23.136.1.1.1'), der(0xa0, octets(content))),
        der(0xa0, signerCertificate),
        setOf(signerInfo),
      )
      return der(0x77, sequence(oid('1.2.840.113549.1.7.2'), der(0xa0, signed)))
    },
  }
}
