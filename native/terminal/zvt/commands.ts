import type { Apdu } from './apdu.ts'
import { encodeBcd } from './bcd.ts'
import { encodeFields } from './bmp.ts'
import type { ZvtProfile } from './profile.ts'
import { encodeTlv } from './tlv.ts'

/** Control fields of PA00P015. */
export const control = {
  registration: 0x0600,
  authorisation: 0x0601,
  logOff: 0x0602,
  repeatReceipt: 0x0620,
  reversal: 0x0630,
  refund: 0x0631,
  endOfDay: 0x0650,
  abort: 0x06b0,
  statusEnquiry: 0x0501,
  statusInformation: 0x040f,
  intermediateStatus: 0x04ff,
  /** The same without a T4 of its own, from older terminals. */
  shortStatus: 0x04f0,
  completion: 0x060f,
  aborted: 0x061e,
  printLine: 0x06d1,
  printBlock: 0x06d3,
} as const

const join = (...parts: readonly Iterable<number>[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))
const password = (profile: ZvtProfile): Uint8Array => encodeBcd(profile.password, 3)
const currency = (profile: ZvtProfile): Uint8Array => encodeBcd(profile.currency, 2)
const money = (profile: ZvtProfile, minor: number): Uint8Array => encodeFields([{ tag: 0x04, value: encodeBcd(minor, 6) }, { tag: 0x49, value: currency(profile) }])

/** `06 00`: what we print, and that print blocks may come. The currency has no tag here. */
export function registration(profile: ZvtProfile): Apdu {
  const { config, acceptsBlocks } = profile.registration
  const blocks = encodeFields([{ tag: 0x06, value: encodeTlv('26', encodeTlv('0A', Uint8Array.of(0x06, 0xd3))) }])
  return { control: control.registration, data: join(password(profile), [config], currency(profile), acceptsBlocks ? blocks : []) }
}

export function authorisation(profile: ZvtProfile, minor: number): Apdu {
  return { control: control.authorisation, data: money(profile, minor) }
}

export function refund(profile: ZvtProfile, minor: number): Apdu {
  return { control: control.refund, data: join(password(profile), money(profile, minor)) }
}

/** `receipt`: up to four digits. Throws `RangeError` for anything else. */
export function reversal(profile: ZvtProfile, receipt: string): Apdu {
  return { control: control.reversal, data: join(password(profile), encodeFields([{ tag: 0x87, value: encodeBcd(receipt, 2) }])) }
}

/** Service byte 03: send `04 0F` of the last transaction, print nothing. */
export function repeatReceipt(profile: ZvtProfile): Apdu {
  return { control: control.repeatReceipt, data: join(password(profile), [0x03, 0x03]) }
}

export function endOfDay(profile: ZvtProfile): Apdu {
  return { control: control.endOfDay, data: password(profile) }
}

export function statusEnquiry(profile: ZvtProfile): Apdu {
  return { control: control.statusEnquiry, data: password(profile) }
}

export const logOff: Apdu = { control: control.logOff, data: new Uint8Array() }
export const abort: Apdu = { control: control.abort, data: new Uint8Array() }
/** To a `04 0F` that we don't take: the goods are not given out, so the terminal undoes the payment. Any `84 xx` says so; 66 is what other tills send. */
export const goodsNotIssued: Apdu = { control: 0x8466, data: new Uint8Array() }
/** To a command that we have no part in. */
export const unknownCommand: Apdu = { control: 0x8483, data: new Uint8Array() }
