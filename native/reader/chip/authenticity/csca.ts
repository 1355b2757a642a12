import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BasicConstraints, Certificate, type Extension } from 'pkijs'

/** The country signing certificates that a technician put into a folder, and the files there that are none. */
export interface TrustedCertificates {
  readonly certificates: readonly Certificate[]
  readonly unreadable: readonly string[]
}

const extensionIds = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15' } as const
const pem = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g

function certificatesIn(bytes: Buffer): readonly Certificate[] {
  const blocks = [...bytes.toString('latin1').matchAll(pem)].map(([, body = '']) => Buffer.from(body, 'base64'))
  return (blocks.length > 0 ? blocks : [bytes]).map((der) => Certificate.fromBER(Uint8Array.from(der)))
}

/** Reads `*.cer *.crt *.der *.pem`, PEM (one or several) or DER. Throws when the folder can't be read. */
export function loadCsca(folder: string): TrustedCertificates {
  const certificates: Certificate[] = []
  const unreadable: string[] = []
  for (const name of readdirSync(folder).toSorted()) {
    if (!/\.(cer|crt|der|pem)$/i.test(name)) continue
    try {
      certificates.push(...certificatesIn(readFileSync(join(folder, name))))
    } catch {
      unreadable.push(name)
    }
  }
  return { certificates: certificates.filter(maySignCertificates), unreadable }
}

const extension = ({ extensions }: Certificate, id: string): Extension | undefined => extensions?.find((one) => one.extnID === id)

/** A bit of the key usage extension; true when there is no such extension. */
function usage(certificate: Certificate, bit: number): boolean {
  const value: unknown = extension(certificate, extensionIds.keyUsage)?.parsedValue
  const bytes = (value as { valueBlock?: { valueHexView?: Uint8Array } } | undefined)?.valueBlock?.valueHexView
  return bytes === undefined || ((bytes[0] ?? 0) & (0x80 >> bit)) !== 0
}

/** Key usage `digitalSignature`, as a document signer has it. */
export const maySignDocuments = (certificate: Certificate): boolean => usage(certificate, 0)

function maySignCertificates(certificate: Certificate): boolean {
  const constraints: unknown = extension(certificate, extensionIds.basicConstraints)?.parsedValue
  return constraints instanceof BasicConstraints && constraints.cA && usage(certificate, 5)
}
