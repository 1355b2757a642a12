import { fromBER, Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import { AlgorithmIdentifier, Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs'
import { ChipError } from '../chip-error.ts'
import { descend } from '../tlv.ts'

const ldsSecurityObject = '2.23.136.1.1.1'
const [contentTypeAttribute, digestAttribute, signingTimeAttribute] = ['1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.5']

/** EF.SOD taken apart (9303-10, 4.7.1); nothing of it is verified yet. */
export interface SecurityObject {
  /** The signed list of hashes, as bytes. */
  readonly content: Uint8Array
  readonly hashAlgorithm: string
  /** Hash of each data group by its number. */
  readonly hashes: ReadonlyMap<number, Uint8Array>
  /** Hash of the content as the signer saw it, and by which algorithm. */
  readonly contentDigest: Uint8Array
  readonly digestAlgorithm: string
  /** What the signature is over: the attributes as a DER SET OF. */
  readonly signedAttributes: Uint8Array
  readonly signature: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  /** Null when the signer left the time out. */
  readonly signedAt: Date | null
  /** The document signer's certificate, null when it isn't in there. */
  readonly signer: Certificate | null
}

const unreadable = (detail: string, cause?: unknown): ChipError => new ChipError('unreadable', `SOD ${detail}`, cause)

function attribute(signer: SignerInfo, type: string): unknown {
  return signer.signedAttrs?.attributes.find((one) => one.type === type)?.values[0]
}

function bytesOf(block: unknown): Uint8Array {
  if (!(block instanceof OctetString)) throw unreadable('OCTET STRING')
  return new Uint8Array(block.getValue())
}

function signerCertificate(signed: SignedData, { sid }: SignerInfo): Certificate | null {
  const certificates = (signed.certificates ?? []).filter((one) => one instanceof Certificate)
  if (!(sid instanceof IssuerAndSerialNumber)) return certificates.length === 1 ? (certificates[0] ?? null) : null
  return certificates.find((one) => one.serialNumber.isEqual(sid.serialNumber) && one.issuer.isEqual(sid.issuer)) ?? null
}

/** `SEQUENCE { version, hash algorithm, SEQUENCE OF { number, hash } }`. */
function readContent(content: Uint8Array): Pick<SecurityObject, 'hashAlgorithm' | 'hashes'> {
  const { result } = fromBER(content)
  const [, algorithm, list] = result instanceof Sequence ? result.valueBlock.value : []
  if (!(algorithm instanceof Sequence) || !(list instanceof Sequence)) throw unreadable('LDSSecurityObject')
  const hashes = list.valueBlock.value.map((entry): [number, Uint8Array] => {
    const [number, hash] = entry instanceof Sequence ? entry.valueBlock.value : []
    if (!(number instanceof Integer)) throw unreadable('DataGroupHash')
    return [number.valueBlock.valueDec, bytesOf(hash)]
  })
  return { hashAlgorithm: new AlgorithmIdentifier({ schema: algorithm }).algorithmId, hashes: new Map(hashes) }
}

function read(file: Uint8Array): SecurityObject {
  const info = ContentInfo.fromBER(descend(file, [0x77]).slice())
  const signed = new SignedData({ schema: info.content })
  const [signer] = signed.signerInfos
  const { eContent, eContentType } = signed.encapContentInfo
  if (signer?.signedAttrs === undefined || signed.signerInfos.length !== 1) throw unreadable('SignerInfo')
  const type = attribute(signer, contentTypeAttribute)
  if (eContentType !== ldsSecurityObject || !(type instanceof ObjectIdentifier) || type.getValue() !== ldsSecurityObject) throw unreadable('eContentType')
  const content = bytesOf(eContent)
  const time = attribute(signer, signingTimeAttribute) as { toDate?: () => Date } | undefined
  return {
    content,
    ...readContent(content),
    contentDigest: bytesOf(attribute(signer, digestAttribute)),
    digestAlgorithm: signer.digestAlgorithm.algorithmId,
    signedAttributes: new Uint8Array(signer.signedAttrs.encodedValue),
    signature: bytesOf(signer.signature),
    signatureAlgorithm: signer.signatureAlgorithm,
    signedAt: time?.toDate?.() ?? null,
    signer: signerCertificate(signed, signer),
  }
}

/** Reads EF.SOD, `77 { CMS SignedData }`. Throws `ChipError` `unreadable`. */
export function readSecurityObject(file: Uint8Array): SecurityObject {
  try {
    return read(file)
  } catch (error) {
    throw error instanceof ChipError ? error : unreadable('CMS', error)
  }
}
