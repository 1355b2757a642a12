import { timingSafeEqual } from 'node:crypto'
import type { CardChannel } from '../card-channel.ts'
import { ChipError } from '../chip-error.ts'
import { encodeTlv, readTlvs, valueOf, type Tlv } from '../tlv.ts'
import { decodeAnswer, encodeCommand, swText, type Answer, type CardSession, type Command } from './apdu.ts'
import { aesBlock, aesCbc, cmac8, pad, retailMac, tripleDes, unpad } from './primitives.ts'

/** The cipher suite of a session; `counter` is the send sequence counter, one block long. */
export interface SessionCipher {
  readonly block: 8 | 16
  crypt(data: Uint8Array, direction: 'encrypt' | 'decrypt', counter: Uint8Array): Uint8Array
  /** Eight bytes over whole blocks' worth of data; pads by itself. */
  mac(data: Uint8Array): Uint8Array
}

/** After BAC: two-key 3DES with IV zero, retail MAC. */
export function tripleDesCipher(enc: Uint8Array, mac: Uint8Array): SessionCipher {
  return { block: 8, crypt: (data, direction) => tripleDes(enc, data, direction), mac: (data) => retailMac(mac, pad(data, 8)) }
}

/** After PACE: AES-128, the IV is the encrypted counter, CMAC over padded data. */
export function aesCipher(enc: Uint8Array, mac: Uint8Array): SessionCipher {
  return {
    block: 16,
    crypt: (data, direction, counter) => aesCbc(enc, data, direction, aesBlock(enc, counter)),
    mac: (data) => cmac8(mac, pad(data, 16)),
  }
}

/** The counter after this one. */
export function increment(counter: Uint8Array): Uint8Array {
  const next = counter.slice()
  for (let at = next.length - 1; at >= 0; at--) {
    next[at] = ((next[at] ?? 0) + 1) & 0xff
    if (next[at] !== 0) break
  }
  return next
}

/** Commands with an odd instruction carry their data without the padding indicator. */
function hidden(command: Command, cipher: SessionCipher, counter: Uint8Array): Uint8Array {
  if (command.data === undefined) return new Uint8Array()
  const encrypted = cipher.crypt(pad(command.data, cipher.block), 'encrypt', counter)
  return command.ins % 2 === 1 ? encodeTlv(0x85, encrypted) : encodeTlv(0x87, Uint8Array.of(0x01, ...encrypted))
}

/** A command as it goes to the card; `counter` is already the one of this command (9303-11, 9.8.4). */
export function protect(command: Command, cipher: SessionCipher, counter: Uint8Array): Uint8Array {
  const { cla = 0, ins, p1, p2, le } = command
  const header = Uint8Array.of(cla | 0x0c, ins, p1, p2)
  const objects = Uint8Array.of(...hidden(command, cipher, counter), ...(le === undefined ? [] : encodeTlv(0x97, [le & 0xff])))
  const mac = cipher.mac(Uint8Array.of(...counter, ...pad(header, cipher.block), ...objects))
  return encodeCommand({ cla: cla | 0x0c, ins, p1, p2, data: Uint8Array.of(...objects, ...encodeTlv(0x8e, mac)), le: 256 })
}

function reveal(objects: readonly Tlv[], cipher: SessionCipher, counter: Uint8Array): Uint8Array {
  const withIndicator = valueOf(objects, 0x87)
  const encrypted = withIndicator === undefined ? valueOf(objects, 0x85) : withIndicator.subarray(1)
  if (encrypted === undefined) return new Uint8Array()
  if (encrypted.length === 0 || encrypted.length % cipher.block !== 0) throw new ChipError('session-lost', 'DO87')
  const plain = unpad(cipher.crypt(encrypted, 'decrypt', counter))
  if (plain === null) throw new ChipError('session-lost', 'DO87')
  return plain
}

/**
 * What the card answered; `counter` is already the one of this answer. Throws `session-lost` when the checksum is wrong or the card dropped the session
 * (a bare 6987 or 6988). Other bare status words come from cards that answer refusals unprotected; they carry no data.
 */
export function unprotect(bytes: Uint8Array, cipher: SessionCipher, counter: Uint8Array): Answer {
  const outer = decodeAnswer(bytes)
  if (outer.data.length === 0) {
    if (outer.sw === 0x9000 || outer.sw === 0x6987 || outer.sw === 0x6988) throw new ChipError('session-lost', swText(outer.sw))
    return outer
  }
  const objects = readTlvs(outer.data)
  const mac = valueOf(objects, 0x8e)
  const status = valueOf(objects, 0x99)
  const covered = outer.data.subarray(0, objects.reduce((size, one) => size + (one.tag === 0x8e ? 0 : one.size), 0))
  const right = cipher.mac(Uint8Array.of(...counter, ...covered))
  if (mac?.length !== 8 || !timingSafeEqual(mac, right)) throw new ChipError('session-lost', 'DO8E')
  const sw = (status?.[0] ?? 0) * 0x100 + (status?.[1] ?? 0)
  if (status?.length !== 2 || sw !== outer.sw) throw new ChipError('session-lost', 'DO99')
  return { data: reveal(objects, cipher, counter), sw }
}

/** A session with the keys that BAC or PACE agreed on; `counter` is the one they start from. After a `session-lost` it is of no more use. */
export function secureSession(channel: CardChannel, cipher: SessionCipher, counter: Uint8Array): CardSession {
  let current = counter
  return {
    async send(command) {
      current = increment(current)
      const answer = await channel.transmit(protect(command, cipher, current))
      current = increment(current)
      return unprotect(answer, cipher, current)
    },
  }
}
