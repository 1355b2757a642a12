import { cmac } from '@noble/ciphers/aes.js'
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/** The card's side of ICAO 9303-11, written from the standard without a look at the driver. */

export function digest1(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha1').update(Buffer.concat(parts)).digest()
}

/** Key derivation with counter 1 (encryption), 2 (checksums), 3 (nonce of PACE). DES ignores the parity bits, so they stay as they fall. */
export const kdf = (seed: Uint8Array, counter: 1 | 2 | 3): Buffer => digest1(seed, Buffer.from([0, 0, 0, counter])).subarray(0, 16)

function block(name: string, key: Uint8Array, iv: Uint8Array | null, data: Uint8Array, encrypt: boolean): Buffer {
  const cipher = encrypt ? createCipheriv(name, key, iv) : createDecipheriv(name, key, iv)
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(data), cipher.final()])
}

const threeKeys = (key: Uint8Array): Buffer => Buffer.concat([key, key.subarray(0, 8)])
const oneKey = (key: Uint8Array): Buffer => Buffer.concat([key.subarray(0, 8), key.subarray(0, 8), key.subarray(0, 8)])

export const des = (key: Uint8Array, data: Uint8Array, encrypt: boolean): Buffer => block('des-ede3-cbc', threeKeys(key), Buffer.alloc(8), data, encrypt)
export const aes = (key: Uint8Array, iv: Uint8Array, data: Uint8Array, encrypt: boolean): Buffer => block('aes-128-cbc', key, iv, data, encrypt)

export function padded(data: Uint8Array, size: number): Buffer {
  return Buffer.concat([data, Buffer.from([0x80]), Buffer.alloc(size - 1 - (data.length % size))])
}

export function stripped(data: Buffer): Buffer {
  return data.subarray(0, data.lastIndexOf(0x80))
}

/** DES over block after block, the last one with all three steps. */
export function desMac(key: Uint8Array, data: Uint8Array): Buffer {
  const whole = padded(data, 8)
  let state: Buffer = Buffer.alloc(8)
  for (let at = 0; at < whole.length; at += 8) {
    const mixed = Buffer.from(whole.subarray(at, at + 8).map((byte, i) => byte ^ (state[i] ?? 0)))
    state = block('des-ede3-ecb', at + 8 === whole.length ? threeKeys(key) : oneKey(key), null, mixed, true)
  }
  return state
}

export const aesMac = (key: Uint8Array, data: Uint8Array): Buffer => Buffer.from(cmac(data, key).subarray(0, 8))
export const aesIv = (key: Uint8Array, counter: Uint8Array): Buffer => block('aes-128-ecb', key, null, counter, true)
