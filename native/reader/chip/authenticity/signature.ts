import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { constants, createHash, createPublicKey, verify } from 'node:crypto'
import { ObjectIdentifier } from 'asn1js'
import { RSASSAPSSParams, type AlgorithmIdentifier, type PublicKeyInfo } from 'pkijs'

/** Hashes that documents are signed with. SHA-1 is not among them: whoever can collide it can forge. */
const hashes: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
}

const rsaWith: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.14': 'sha224',
}

const ecdsaWith: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}

const [rsaPlain, rsaPss] = ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10']

/** Electron's crypto has no such curves, so they are computed by a library everywhere. */
const brainpool: Readonly<Record<string, typeof brainpoolP256r1>> = {
  '1.3.36.3.3.2.8.1.1.7': brainpoolP256r1,
  '1.3.36.3.3.2.8.1.1.11': brainpoolP384r1,
  '1.3.36.3.3.2.8.1.1.13': brainpoolP512r1,
}

/** Node's name of a hash by its object identifier; undefined for what isn't accepted. */
export const hashName = (oid: string): string | undefined => hashes[oid]

/** A signature and everything that says how it was made. */
export interface Signed {
  readonly data: Uint8Array
  readonly signature: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  readonly key: PublicKeyInfo
  /** Of CMS, where the algorithm may be just "RSA". */
  readonly digest?: string
}

function verifyPss({ data, signature, algorithm, key }: Signed): boolean | 'unsupported' {
  const { hashAlgorithm, maskGenAlgorithm, saltLength } = new RSASSAPSSParams({ schema: algorithm.algorithmParams })
  const hash = hashName(hashAlgorithm.algorithmId)
  const maskHash = (maskGenAlgorithm.algorithmParams as { valueBlock?: { value?: readonly unknown[] } } | undefined)?.valueBlock?.value?.[0]
  const sameMask = maskHash instanceof ObjectIdentifier && maskHash.getValue() === hashAlgorithm.algorithmId
  if (hash === undefined || !sameMask) return 'unsupported'
  return verify(hash, data, { key: publicKey(key), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
}

function verifyEcdsa(hash: string, { data, signature, key }: Signed): boolean {
  const parameters: unknown = key.algorithm.algorithmParams
  const curve = parameters instanceof ObjectIdentifier ? brainpool[parameters.getValue()] : undefined
  if (curve === undefined) return verify(hash, data, publicKey(key), signature)
  const digest = createHash(hash).update(data).digest()
  return curve.verify(signature, digest, key.subjectPublicKey.valueBlock.valueHexView, { prehash: false, format: 'der', lowS: false })
}

const publicKey = (key: PublicKeyInfo): ReturnType<typeof createPublicKey> =>
  createPublicKey({ key: Buffer.from(key.toSchema().toBER()), format: 'der', type: 'spki' })

/** Whether the signature is right; `unsupported` when nobody here can tell. Never throws. */
export function verifySignature(signed: Signed): boolean | 'unsupported' {
  const oid = signed.algorithm.algorithmId
  const ecdsa = ecdsaWith[oid]
  const rsa = oid === rsaPlain ? hashName(signed.digest ?? '') : rsaWith[oid]
  try {
    if (oid === rsaPss) return verifyPss(signed)
    if (ecdsa !== undefined) return verifyEcdsa(ecdsa, signed)
    return rsa === undefined ? 'unsupported' : verify(rsa, signed.data, publicKey(signed.key), signed.signature)
  } catch {
    return 'unsupported'
  }
}
