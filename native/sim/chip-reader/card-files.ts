import { createCanvas } from '@napi-rs/canvas'
import { simCards } from '../scanner/cards.ts'
import { der, integer, oid, sequence, utf8 } from './der.ts'
import type { ChipFault } from './fault.ts'
import { createIssuer, type SignatureKind } from './issuer.ts'

/** A chip's files by identifier, what opens it, and the certificate that vouches for it. */
export interface IssuedCard {
  readonly files: ReadonlyMap<number, Uint8Array>
  /** Three lines, 90 characters. */
  readonly mrz: string
  readonly can: string
  readonly cscaPem: string
}

const photoWidth = 240
const photoHeight = 320

/** A grey head and shoulders on white. */
function face(): Buffer {
  const canvas = createCanvas(photoWidth, photoHeight)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, photoWidth, photoHeight)
  context.fillStyle = '#8a94a6'
  context.beginPath()
  context.arc(photoWidth / 2, photoHeight * 0.4, photoWidth * 0.22, 0, Math.PI * 2)
  context.ellipse(photoWidth / 2, photoHeight, photoWidth * 0.4, photoHeight * 0.34, 0, 0, Math.PI * 2)
  context.fill()
  return canvas.encodeSync('jpeg', 90)
}

/** ISO/IEC 19794-5: record header, facial information, image information, image. */
function faceRecord(image: Buffer): Buffer {
  const header = Buffer.alloc(14 + 20 + 12)
  header.write('FAC\u{0}010\u{0}', 'latin1')
  header.writeUInt32BE(header.length + image.length, 8)
  header.writeUInt16BE(1, 12)
  header.writeUInt32BE(20 + 12 + image.length, 14)
  header.writeUInt16BE(photoWidth, 14 + 20 + 2)
  header.writeUInt16BE(photoHeight, 14 + 20 + 4)
  return Buffer.concat([header, image])
}

function dg2(): Buffer {
  const header = der(0xa1, der(0x80, [1, 1]), der(0x81, [2]), der(0x87, [1, 1]), der(0x88, [0, 8]))
  return der(0x75, der(0x7f61, integer(1), der(0x7f60, header, der(0x5f2e, faceRecord(face())))))
}

const dashed = (ddmmyyyy: string): string => `${ddmmyyyy.slice(0, 2)}/${ddmmyyyy.slice(2, 4)}/${ddmmyyyy.slice(4)}`

/** The day behind `YYMMDD`; 991231 stands for a card without end. */
function expiryText(yymmdd: string): string {
  return yymmdd === '991231' ? 'Không thời hạn' : `${yymmdd.slice(4)}/${yymmdd.slice(2, 4)}/20${yymmdd.slice(0, 2)}`
}

function dg13(qr: string, mrz: string): Buffer {
  const [id = '', oldId = '', name = '', dob = '', sex = '', address = '', issued = ''] = qr.split('|')
  const entry = (n: number, value: Buffer): Buffer => sequence(integer(n), value)
  const texts = [id, name, dashed(dob), sex, 'Việt Nam', 'Kinh', 'Không', 'Xã Hòa Phú, tỉnh Đắk Lắk', address, 'Nốt ruồi cách 1 cm sau cánh mũi trái', dashed(issued), expiryText(mrz.slice(38, 44))]
  const parents = sequence(der(0xa0, utf8('Nguyễn Văn Mẫu')), der(0xa1, utf8('Lê Thị Ví Dụ')))
  return der(0x6d, sequence(integer(1), der(0x31, ...texts.map((text, at) => entry(at + 1, utf8(text))), entry(13, parents), ...(oldId === '' ? [] : [entry(15, utf8(oldId))]))))
}

/** SecurityInfos with one PACEInfo: ECDH, generic mapping, AES-128, version 2, brainpoolP256r1. */
const cardAccess = (): Buffer => der(0x31, sequence(oid('0.4.0.127.0.7.2.2.4.2.2'), integer(2), integer(13)))

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x01
  return copy
}

export interface CardChoice {
  /** One of the simulated people, from 1. */
  readonly person: number
  readonly signature: SignatureKind
  /** Whether EF.CardAccess offers PACE; BAC works always. */
  readonly pace: boolean
}

/** Makes a card: data groups of one of the simulated people, signed by a country made for the occasion. */
export function issueCard({ person, signature, pace }: CardChoice, faults: ReadonlySet<ChipFault>): IssuedCard {
  const card = simCards[person - 1]
  if (card === undefined) throw new RangeError(`no such person: ${person}`)
  const mrz = card.mrz.join('')
  const dg1 = der(0x61, der(0x5f1f, Buffer.from(mrz)))
  const groups = new Map([[1, dg1], [2, dg2()], ...(faults.has('no-dg13') ? [] : [[13, dg13(card.qr, mrz)] as const])])
  const issuer = createIssuer(signature, { expiredSigner: faults.has('expired-dsc') })
  const sod = issuer.securityObject(groups)
  const files = new Map([...groups].map(([group, bytes]): [number, Uint8Array] => [0x0100 + group, bytes]))
  files.set(0x011d, faults.has('tampered-sod') ? flipped(sod, sod.length - 8) : sod)
  files.set(0x011e, der(0x60, der(0x5f01, Buffer.from('0108')), der(0x5f36, Buffer.from('040000')), der(0x5c, faults.has('no-dg13') ? [0x61, 0x75] : [0x61, 0x75, 0x6d])))
  // another letter in the name: every check digit stays right
  if (faults.has('tampered-dg')) files.set(0x0101, flipped(dg1, dg1.length - 30))
  if (pace) files.set(0x011c, cardAccess())
  const shown = faults.has('other-csca') ? createIssuer(signature, { name: 'CSCA KHÁC' }) : issuer
  return { files, mrz, can: '123456', cscaPem: shown.cscaPem }
}
