import { fromLength, toLength, type FrameFormat } from './frame.ts'

/** What travels in a frame: a transport header, a presentation header, and fields. One shape for requests and responses. */
export interface EcrMessage {
  readonly kind: 'request' | 'response'
  /** Two characters: `20` sale, `26` void … */
  readonly code: string
  /** Two characters; `00` is approved. */
  readonly responseCode: string
  /** Further messages belong to this one. */
  readonly more: boolean
  readonly fields: readonly EcrField[]
}

export interface EcrField {
  /** Two characters: `40` amount, `65` invoice … */
  readonly type: string
  /** One character a byte (Latin-1), with the padding and the NULs that banks send. */
  readonly value: string
}

/** How a bank writes its messages; see the profiles. */
export interface MessageFormat {
  /** Ten digits: `60`, destination, source. */
  readonly transport: string
  /** Format version, one character. One bank sends the byte 01 for "1"; any is taken in a response. */
  readonly version: string
  /** What stands for the response code in a request. */
  readonly requestCode: string
  /** Every field ends with FS; else FS only stands before each. */
  readonly closingSeparator: boolean
  readonly fieldLength: FrameFormat['length']
}

const separator = 0x1c
const transportLength = 10
const headerLength = transportLength + 7

/** The data of a frame. */
export function encodeMessage(message: EcrMessage, format: MessageFormat): Uint8Array {
  const { kind, code, more } = message
  const responseCode = kind === 'request' ? format.requestCode : message.responseCode
  const header = `${format.transport}${format.version}${kind === 'request' ? '0' : '1'}${code}${responseCode}${more ? '1' : '0'}`
  const parts = message.fields.map(({ type, value }) =>
    Buffer.from([separator, ...Buffer.from(type, 'latin1'), ...toLength(value.length, format.fieldLength), ...Buffer.from(value, 'latin1')]),
  )
  return Buffer.concat([Buffer.from(header, 'latin1'), ...parts, Buffer.from(format.closingSeparator ? [separator] : [])])
}

function decodeFields(data: Uint8Array, coding: FrameFormat['length']): readonly EcrField[] {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const fields: EcrField[] = []
  let at = headerLength
  while (at < text.length) {
    if (text[at] === separator) {
      at++
      continue
    }
    const start = at + 4
    const length = fromLength(text[at + 2] ?? 0xff, text[at + 3] ?? 0xff, coding)
    if (!(start + length <= text.length)) break
    fields.push({ type: text.toString('latin1', at, at + 2), value: text.toString('latin1', start, start + length) })
    at = start + length
  }
  return fields
}

/** Reads a frame's data; null when even the headers aren't there. A field that runs over the end is left out, with all behind it. */
export function decodeMessage(data: Uint8Array, format: MessageFormat): EcrMessage | null {
  if (data.length < headerLength) return null
  const header = Buffer.from(data.subarray(transportLength, headerLength)).toString('latin1')
  const direction = header.charAt(1)
  if (direction !== '0' && direction !== '1') return null
  return {
    kind: direction === '0' ? 'request' : 'response',
    code: header.slice(2, 4),
    responseCode: header.slice(4, 6),
    more: header.charAt(6) === '1',
    fields: decodeFields(data, format.fieldLength),
  }
}

/** A field's text without NULs and padding; null when it is missing or blank. */
export function textOf(message: EcrMessage, type: string): string | null {
  const value = message.fields.find((field) => field.type === type)?.value.replaceAll('\0', '').trim()
  return value ? value : null
}
