import { cmac } from '@noble/ciphers/aes.js'
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/** The ciphers and keys of ICAO 9303-11, put together from Node's crypto; everything is exact blocks without library padding. */

const zeroIv = (block: number): Uint8Array => new Uint8Array(block)

function cipher(name: string, key: Uint8Array, iv: Uint8Array | null, data: Uint8Array, direction: 'encrypt' | 'decrypt'): Uint8Array {
  const made = direction === 'encrypt' ? createCipheriv(name, key, iv) : createDecipheriv(name, key, iv)
  made.setAutoPadding(false)
  return new Uint8Array(Buffer.concat([made.update(data), made.final()]))
}

/** OpenSSL wants three keys where ICAO means two. */
const ede = (key: Uint8Array): Uint8Array => Uint8Array.of(...key, ...key.subarray(0, 8))

/** Two-key 3DES, CBC; IV zero unless given. */
export function tripleDes(key: Uint8Array, data: Uint8Array, direction: 'encrypt' | 'decrypt', iv = zeroIv(8)): Uint8Array {
  return cipher('des-ede3-cbc', ede(key), iv, data, direction)
}

/** AES-128, CBC; IV zero unless given. */
export function aesCbc(key: Uint8Array, data: Uint8Array, direction: 'encrypt' | 'decrypt', iv = zeroIv(16)): Uint8Array {
  return cipher('aes-128-cbc', key, iv, data, direction)
}

/** One block of AES-128. */
export function aesBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  return cipher('aes-128-ecb', key, null, block, 'encrypt')
}

/** `80` and as many `00` as fill the block (ISO 9797-1 padding method 2). */
export function pad(data: Uint8Array, block: 8 | 16): Uint8Array {
  const padded = new Uint8Array(data.length + block - (data.length % block))
  padded.set(data)
  padded[data.length] = 0x80
  return padded
}

/** Takes the padding off; null when there is none. */
export function unpad(data: Uint8Array): Uint8Array | null {
  const end = data.findLastIndex((byte) => byte !== 0x00)
  return data[end] === 0x80 ? data.slice(0, end) : null
}

/**
 * ISO 9797-1 MAC algorithm 3 over whole blocks: single DES in CBC, the last block with both keys. OpenSSL 3 refuses single DES, so it is
 * 3DES with one key three times.
 */
export function retailMac(key: Uint8Array, padded: Uint8Array): Uint8Array {
  const first = key.subarray(0, 8)
  const chain = tripleDes(Uint8Array.of(...first, ...first), padded.subarray(0, -8), 'encrypt')
  return tripleDes(key, padded.subarray(-8), 'encrypt', padded.length > 8 ? chain.slice(-8) : zeroIv(8))
}

/** First eight bytes of AES-CMAC. */
export function cmac8(key: Uint8Array, data: Uint8Array): Uint8Array {
  return cmac(data, key).slice(0, 8)
}

export const sha1 = (...data: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha1')
  for (const part of data) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** What a derived key is for (9303-11, 9.7.1). */
export const keyUse = { encryption: 1, mac: 2, password: 3 } as const

/** 16 bytes of SHA-1(seed ‖ use). */
export function deriveKey(seed: Uint8Array, use: (typeof keyUse)[keyof typeof keyUse]): Uint8Array {
  return sha1(seed, Uint8Array.of(0, 0, 0, use)).slice(0, 16)
}

function oddParity(byte: number): number {
  let ones = 0
  for (let bits = byte >> 1; bits > 0; bits >>= 1) ones += bits & 1
  return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0)
}

/** The same with the parity that DES keys carry. */
export function deriveDesKey(seed: Uint8Array, use: 1 | 2): Uint8Array {
  return deriveKey(seed, use).map(oddParity)
}
