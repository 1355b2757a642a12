import { createHash, timingSafeEqual } from 'node:crypto'
import type { Certificate } from 'pkijs'
import { maySignDocuments } from './csca.ts'
import { readSecurityObject, type SecurityObject } from './security-object.ts'
import { hashName, verifySignature } from './signature.ts'

/**
 * `verified`: every file shown is covered by a signature that chains to a trusted country certificate. `failed`: something was changed or is no work of its
 * signer. `not-verified`: nothing speaks against it, but it is not proved either. Revocation is not checked.
 */
export type Authentic = 'verified' | 'not-verified' | 'failed'

export type AuthenticReason =
  // failed
  | 'sod-unreadable'
  | 'content-changed'
  | 'signature-wrong'
  | 'hash-mismatch'
  // not verified
  | 'no-sod'
  | 'no-signer'
  | 'no-csca'
  | 'unsupported-algorithm'
  | 'not-covered'
  | 'issuer-unknown'
  | 'not-valid-when-signed'

export interface Verdict {
  readonly authentic: Authentic
  readonly reason: AuthenticReason | null
  /** The data group that the reason is about. */
  readonly dataGroup: number | null
}

const failed = (reason: AuthenticReason, dataGroup: number | null = null): Verdict => ({ authentic: 'failed', reason, dataGroup })
const open = (reason: AuthenticReason, dataGroup: number | null = null): Verdict => ({ authentic: 'not-verified', reason, dataGroup })

/** The files that will be shown, by data group number. */
export type ShownFiles = ReadonlyMap<number, Uint8Array>

export interface Trust {
  /** Null: no folder of country certificates was given. */
  readonly csca: readonly Certificate[] | null
  /** When it was signed, should the signer have left it out: the day of issue on the card, or today. */
  readonly signedAt: Date
}

const sameHash = (hash: string, data: Uint8Array, expected: Uint8Array): boolean => {
  const digest = createHash(hash).update(data).digest()
  return digest.length === expected.length && timingSafeEqual(digest, expected)
}

/** The signer's attributes name the content, and the signature is over the attributes. */
function checkSignature(sod: SecurityObject, signer: Certificate): Verdict | null {
  const digest = hashName(sod.digestAlgorithm)
  if (digest === undefined) return open('unsupported-algorithm')
  if (!sameHash(digest, sod.content, sod.contentDigest)) return failed('content-changed')
  const right = verifySignature({
    data: sod.signedAttributes,
    signature: sod.signature,
    algorithm: sod.signatureAlgorithm,
    key: signer.subjectPublicKeyInfo,
    digest: sod.digestAlgorithm,
  })
  if (right === 'unsupported') return open('unsupported-algorithm')
  return right ? null : failed('signature-wrong')
}

/** A changed file outweighs one that nobody signed. */
function checkFiles({ hashAlgorithm, hashes }: SecurityObject, files: ShownFiles): Verdict | null {
  const hash = hashName(hashAlgorithm)
  if (hash === undefined) return open('unsupported-algorithm')
  const judged = [...files].map(([group, bytes]) => {
    const expected = hashes.get(group)
    if (expected === undefined) return open('not-covered', group)
    return sameHash(hash, bytes, expected) ? null : failed('hash-mismatch', group)
  })
  return judged.find((one) => one?.authentic === 'failed') ?? judged.find((one) => one !== null) ?? null
}

const issued = (csca: Certificate, signer: Certificate): boolean =>
  signer.issuer.isEqual(csca.subject) &&
  verifySignature({
    data: signer.tbsView,
    signature: signer.signatureValue.valueBlock.valueHexView,
    algorithm: signer.signatureAlgorithm,
    key: csca.subjectPublicKeyInfo,
  }) === true

const validAt = ({ notBefore, notAfter }: Certificate, time: Date): boolean => notBefore.value <= time && time <= notAfter.value

/** ICAO's chain has one step: a document signer is issued by a country certificate. */
function checkChain(signer: Certificate, signedAt: Date, trusted: readonly Certificate[] | null): Verdict | null {
  if (trusted === null) return open('no-csca')
  const issuers = trusted.filter((csca) => issued(csca, signer))
  if (issuers.length === 0 || !maySignDocuments(signer)) return open('issuer-unknown')
  const inTime = validAt(signer, signedAt) && issuers.some((csca) => validAt(csca, signedAt))
  return inTime ? null : open('not-valid-when-signed')
}

/** Passive authentication (9303-11, 5.1) of the files shown against EF.SOD, null when the chip has none. */
export function authenticate(sodFile: Uint8Array | null, files: ShownFiles, { csca, signedAt }: Trust): Verdict {
  if (sodFile === null) return open('no-sod')
  let sod: SecurityObject
  try {
    sod = readSecurityObject(sodFile)
  } catch {
    return failed('sod-unreadable')
  }
  const wrongFile = checkFiles(sod, files)
  if (wrongFile?.authentic === 'failed') return wrongFile
  if (sod.signer === null) return open('no-signer')
  return (
    checkSignature(sod, sod.signer) ??
    wrongFile ??
    checkChain(sod.signer, sod.signedAt ?? signedAt, csca) ?? { authentic: 'verified', reason: null, dataGroup: null }
  )
}
