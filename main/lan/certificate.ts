import { Integer, OctetString, Utf8String } from 'asn1js'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { AltName, AttributeTypeAndValue, BasicConstraints, Certificate, CryptoEngine, Extension, GeneralName, Time } from 'pkijs'

/** A machine's own certificate and its key, PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

/** Valid in any year that a machine's clock may wrongly show, from where one without a battery begins: who it is, is its fingerprint and not a date. */
const validity = { from: new Date('1970-01-01T00:00:00Z'), to: new Date('2099-12-31T00:00:00Z') }
const oid = { commonName: '2.5.4.3', basicConstraints: '2.5.29.19', subjectAltName: '2.5.29.17' }
const dnsName = 2
const ipAddress = 7

/** The identity in a file that only its owner may read; drawn at the first start (ECDSA P-256, self-signed), and the same from then on. */
export async function machineIdentity(file: string, name: string): Promise<Identity> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Identity
  const identity = await drawIdentity(name)
  writeFileSync(`${file}.new`, JSON.stringify(identity), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return identity
}

/** SHA-256 of a certificate, `AB:CD:…`: what people compare and stations pin. */
export const fingerprintOf = (cert: string | Buffer): string => new X509Certificate(cert).fingerprint256

async function drawIdentity(name: string): Promise<Identity> {
  const engine = new CryptoEngine({ name: 'node', crypto })
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const certificate = new Certificate({ version: 2, serialNumber: new Integer({ valueHex: serial() }) })
  const who = new AttributeTypeAndValue({ type: oid.commonName, value: new Utf8String({ value: name }) })
  certificate.subject.typesAndValues.push(who)
  certificate.issuer.typesAndValues.push(who)
  certificate.notBefore = new Time({ type: 0, value: validity.from })
  certificate.notAfter = new Time({ type: 1, value: validity.to })
  certificate.extensions = [
    new Extension({ extnID: oid.basicConstraints, critical: true, extnValue: new BasicConstraints({ cA: true }).toSchema().toBER() }),
    new Extension({ extnID: oid.subjectAltName, extnValue: new AltName({ altNames: ownNames() }).toSchema().toBER() }),
  ]
  await certificate.subjectPublicKeyInfo.importKey(pair.publicKey, engine)
  await certificate.sign(pair.privateKey, 'SHA-256', engine)
  const key = await crypto.subtle.exportKey('pkcs8', pair.privateKey)
  return { cert: pem('CERTIFICATE', certificate.toSchema().toBER()), key: pem('PRIVATE KEY', key) }
}

/** A positive number of 15 random bytes. */
function serial(): ArrayBuffer {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[0] = 1
  return bytes.buffer
}

/** Names for browsers that were told to trust the certificate; stations don't look at them. */
function ownNames(): GeneralName[] {
  const ipv4 = Object.values(networkInterfaces()).flatMap((ones) => (ones ?? []).filter((one) => one.family === 'IPv4').map((one) => one.address))
  const addresses = ipv4.map((address) => new GeneralName({ type: ipAddress, value: octets(address) }))
  return [new GeneralName({ type: dnsName, value: 'localhost' }), ...addresses]
}

const octets = (ipv4: string) => new OctetString({ valueHex: new Uint8Array(ipv4.split('.').map(Number)).buffer })

function pem(label: string, der: ArrayBuffer): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
