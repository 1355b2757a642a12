import { mrzCheckDigit } from '../../mrz.ts'
import { deriveDesKey, deriveKey, keyUse, sha1 } from './primitives.ts'

/** What proves to a chip that its holder showed the card: the machine-readable zone on its back, or the six digits printed on its face. */
export type AccessKey = { readonly kind: 'mrz'; readonly information: string } | { readonly kind: 'can'; readonly can: string }

/** Why what was typed can't open any chip; nothing was sent to a card. */
export type KeyProblem = 'mrz-length' | 'mrz-check-digit' | 'document' | 'birth' | 'expiry' | 'can'

const withDigit = (field: string): string => `${field}${mrzCheckDigit(field)}`

/** `YYMMDD` of a real day. */
function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  const date = new Date(`20${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
}

/**
 * From what is typed by hand, dates as `YYMMDD`. The twelve digits of a citizen's number are taken for the nine that the zone has in its place.
 */
export function keyFromFields(document: string, birth: string, expiry: string): AccessKey | KeyProblem {
  const number = /^\d{12}$/.test(document) ? document.slice(3) : document.toUpperCase()
  if (!/^[A-Z0-9]{1,22}$/.test(number)) return 'document'
  if (!isDay(birth)) return 'birth'
  if (!isDay(expiry)) return 'expiry'
  return { kind: 'mrz', information: withDigit(number.padEnd(9, '<')) + withDigit(birth) + withDigit(expiry) }
}

interface Fields {
  /** The document number with its check digit, then what may continue it. */
  readonly document: string
  readonly optional: string
  readonly birth: string
  readonly expiry: string
}

/** Where the fields stand in TD1 (90 characters), TD2 (72) and TD3 (88). */
function fieldsOf(zone: string): Fields | null {
  const at = (line: number, length: number) => (from: number, to: number) => zone.slice(line * length + from, line * length + to)
  if (zone.length === 90) {
    const [first, second] = [at(0, 30), at(1, 30)]
    return { document: first(5, 15), optional: first(15, 30), birth: second(0, 7), expiry: second(8, 15) }
  }
  if (zone.length !== 72 && zone.length !== 88) return null
  const second = at(1, zone.length / 2)
  return { document: second(0, 10), optional: zone.length === 72 ? second(28, 35) : '', birth: second(13, 20), expiry: second(21, 28) }
}

/** A number longer than nine characters has `<` for its check digit and goes on, check digit last, in the optional data (9303-5, 4.2.2.1). */
function wholeNumber({ document, optional }: Fields): string {
  if (!document.endsWith('<')) return document
  const [rest = ''] = optional.split('<')
  return rest === '' ? document : document.slice(0, 9) + rest
}

/** From the zone as scanned or typed, lines together, blanks left out. */
export function keyFromMrz(text: string): AccessKey | KeyProblem {
  const fields = fieldsOf(text.toUpperCase().replace(/\s+/g, ''))
  if (fields === null) return 'mrz-length'
  const parts = [wholeNumber(fields), fields.birth, fields.expiry]
  const agree = parts.every((part) => /^[A-Z0-9<]+\d$/.test(part) && withDigit(part.slice(0, -1)) === part)
  return agree ? { kind: 'mrz', information: parts.join('') } : 'mrz-check-digit'
}

/** From the card access number on the face of the card. */
export function keyFromCan(can: string): AccessKey | KeyProblem {
  return /^\d{6}$/.test(can) ? { kind: 'can', can } : 'can'
}

const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** The two keys of basic access control. */
export function bacKeys(information: string): { readonly enc: Uint8Array; readonly mac: Uint8Array } {
  const seed = bacSeed(information)
  return { enc: deriveDesKey(seed, keyUse.encryption), mac: deriveDesKey(seed, keyUse.mac) }
}

/** First sixteen bytes of SHA-1 over the MRZ information. */
export function bacSeed(information: string): Uint8Array {
  return sha1(latin(information)).slice(0, 16)
}

/** The key that hides the nonce of PACE. */
export function paceKey(key: AccessKey): Uint8Array {
  return deriveKey(key.kind === 'can' ? latin(key.can) : sha1(latin(key.information)), keyUse.password)
}
