import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ApduSplitter, decodeApdu, encodeApdu, type Apdu } from './apdu.ts'
import { bcdNumber, encodeBcd } from './bcd.ts'
import { encodeDigits, encodeFields, fieldOf, parseFields, readDigits } from './bmp.ts'
import { authorisation, endOfDay, logOff, registration, repeatReceipt, reversal, statusEnquiry } from './commands.ts'
import { parseEnquired, parseRegistered } from './completion.ts'
import { crc16 } from './crc.ts'
import { encodeFrame, FrameReceiver } from './frame.ts'
import { parsePrintBlock, parsePrintLine } from './print.ts'
import { findZvtProfile, type ZvtProfile } from './profile.ts'
import { parseStatusInfo } from './status-info.ts'
import { encodeLength, encodeTlv, findTlv, parseTlv, readLength, tagLength } from './tlv.ts'

interface Vector {
  readonly id: string
  readonly kind: string
  readonly hex?: string | readonly string[]
  readonly apdu?: string
  readonly serial_frame?: string
  readonly crc?: string
  readonly direction?: string
  readonly expect: unknown
}

const file = new URL('../../../test/fixtures/vectors/zvt.json', import.meta.url)
const all = (JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors: readonly Vector[] }).vectors
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const hexOf = (value: Uint8Array): string => Buffer.from(value).toString('hex')
const decoded = (hex: string): Apdu => {
  const apdu = decodeApdu(bytes(hex))
  if (!apdu) throw new Error(`no APDU: ${hex}`)
  return apdu
}
const named = (id: string): Vector => {
  const found = all.find((one) => one.id === id)
  if (!found) throw new Error(`no vector ${id}`)
  return found
}
const apduOf = (id: string): Apdu => decoded(String(named(id).hex))
const expected = (vector: Vector): Readonly<Record<string, unknown>> => vector.expect as Readonly<Record<string, unknown>>

const framed = all.flatMap((vector) => {
  const apdu = vector.kind === 'serial-frame' ? vector.apdu : typeof vector.hex === 'string' ? vector.hex : undefined
  const frame = vector.kind === 'serial-frame' ? String(vector.hex) : vector.serial_frame
  return apdu && frame ? [{ ...vector, apduHex: apdu, frameHex: frame }] : []
})
const generic = findZvtProfile('generic')
if (!generic) throw new Error('no generic profile')
const euro = (password: string, config: number, acceptsBlocks = false): ZvtProfile => ({ ...generic, password, currency: 978, registration: { config, acceptsBlocks } })

it('has all vectors of the file', () => {
  expect(all.length).toBe(40)
  expect(framed.length).toBe(26)
})

describe.each(framed)('$id', (vector) => {
  it('frame: built and received, whole and byte by byte', () => {
    const apdu = bytes(vector.apduHex)
    const frame = bytes(vector.frameHex)
    expect(hexOf(encodeFrame(apdu))).toBe(vector.frameHex)
    expect(new FrameReceiver().push(frame)).toEqual([{ kind: 'frame', apdu }])
    const slow = new FrameReceiver()
    expect([...frame].flatMap((byte) => slow.push([byte]))).toEqual([{ kind: 'frame', apdu }])
    if (vector.crc) expect(crc16([...apdu, 3])).toBe(Number.parseInt(vector.crc, 16))
  })

  it('APDU: parsed and built, control field as expected', () => {
    const apdu = decoded(vector.apduHex)
    expect(hexOf(encodeApdu(apdu))).toBe(vector.apduHex)
    expect(apdu.control.toString(16).padStart(4, '0').toUpperCase()).toBe(expected(vector)['command'])
    expect(new ApduSplitter().push(bytes(vector.apduHex + vector.apduHex)).map(hexOf)).toEqual([vector.apduHex, vector.apduHex])
  })
})

describe('commands are built as captured', () => {
  it.each([
    ['ecrterm-frame-registration', registration(euro('123456', 0xba))],
    ['ecrterm-apdu-15', registration(euro('987654', 0x41))],
    ['ecrterm-frame-authorisation-dle-doubled', authorisation(euro('000000', 0), 11_000)],
    ['ecrterm-frame-status-enquiry', statusEnquiry(euro('123456', 0))],
    ['ecrterm-apdu-12', logOff],
  ])('%s', (id, command) => {
    const vector = named(id)
    expect(hexOf(encodeApdu(command))).toBe(vector.apdu ?? vector.hex)
  })

  it('the registration that accepts print blocks, without message numbers', () => {
    const built = hexOf(encodeApdu(registration(euro('000000', 0x9e, true))))
    expect(built).toBe('06000e0000009e0978' + '06' + '06' + '26040a0206d3')
    expect(String(named('spec-msgseq-registration').hex)).toContain('26040a0206d3')
  })

  it('those without a capture, from the table of PA00P015', () => {
    const vnd = { ...generic, password: '123456' }
    expect(hexOf(encodeApdu(authorisation(vnd, 50_000)))).toBe('06010a04000000050000490704')
    expect(hexOf(encodeApdu(reversal(vnd, '175')))).toBe('063006123456870175')
    expect(hexOf(encodeApdu(repeatReceipt(vnd)))).toBe('0620051234560303')
    expect(hexOf(encodeApdu(endOfDay(vnd)))).toBe('065003123456')
  })
})

describe('what terminals say', () => {
  it.each(['ecrterm-packet-status-information', 'ecrterm-packet-status-information-visa-1', 'ecrterm-packet-status-information-visa-2-tlv'])('%s: every field, and built again', (id) => {
    const { data } = apduOf(id)
    const fields = parseFields(data)
    const want = expected(named(id))
    const status = parseStatusInfo(data)
    expect(fields.rest.length).toBe(0)
    expect(hexOf(encodeFields(fields.fields))).toBe(hexOf(data))
    expect(status).toMatchObject({ resultCode: 0, minor: want['amount_minor'] })
    expect(bcdNumber(fieldOf(fields, 0x49) ?? new Uint8Array())).toBe(want['currency'])
  })

  it('status information: names and numbers', () => {
    const { details, time, date } = parseStatusInfo(apduOf('ecrterm-packet-status-information').data)
    expect({ details, time, date }).toEqual({
      details: { receipt: '0175', trace: '613995', approval: null, card: null, maskedPan: expect.stringMatching(/^\*+\d{4}$/) as string, terminalId: '60099914' },
      time: '093848', date: '0425',
    })
    const visa = parseStatusInfo(apduOf('ecrterm-packet-status-information-visa-1').data).details
    expect(visa).toMatchObject({ receipt: '0002', trace: '000732', approval: '889150', card: 'VISA', maskedPan: '************7743' })
  })

  it('status information with a container', () => {
    const fields = parseFields(apduOf('ecrterm-packet-status-information-visa-2-tlv').data)
    const container = fieldOf(fields, 0x06)
    expect(container?.length).toBe(43)
    const elements = parseTlv(container ?? new Uint8Array())
    expect(Buffer.from(findTlv(elements, '42')?.value ?? []).toString()).toBe('VISA')
    expect(hexOf(findTlv(elements, '1F12')?.value ?? new Uint8Array())).toBe('02')
  })

  it.each([
    ['ecrterm-frame-completion-swversion', '2.14.15', 0, ''], ['ecrterm-apdu-17', 'bla', 0, ''], ['ecrterm-apdu-18', 'bla', 6, ''], ['ecrterm-apdu-19', 'bla', 6, '0600'],
  ])('%s: version, status byte, container', (id, firmware, status, rest) => {
    const vector = named(id)
    const found = parseEnquired(decoded(vector.apdu ?? String(vector.hex)).data)
    expect({ ...found, rest: hexOf(found.rest) }).toEqual({ firmware, status, rest })
  })

  it('a bare status byte F0 is no version', () => {
    expect(parseEnquired(Uint8Array.of(0xf0))).toMatchObject({ firmware: null, status: 0xf0 })
  })

  it('completion of a registration', () => {
    expect(parseRegistered(apduOf('spec-completion-no-seq').data)).toEqual({ terminalId: '65000028', initialisationNeeded: false, diagnosisNeeded: false })
  })

  it('print line', () => {
    const { data } = decoded(String(named('ecrterm-frame-print-line').apdu))
    expect(parsePrintLine(data, 'cp437')).toEqual({ kind: 'unknown', lines: [{ text: 'Gesamt      0       0,00', centred: false, wide: false, tall: false }], last: false })
  })

  it('print block, handed out only when its last byte is there', () => {
    const hex = named('portalum-fragments-ProcessData_FullDataPacket_Successful').hex?.[0] ?? ''
    const splitter = new ApduSplitter()
    const whole = bytes(hex)
    for (const byte of whole.slice(0, -1)) expect(splitter.push(Uint8Array.of(byte))).toEqual([])
    const [apdu] = splitter.push(whole.slice(-1))
    expect(hexOf(apdu ?? new Uint8Array())).toBe(hex)
    const printed = parsePrintBlock(decoded(hex).data, 'cp437')
    expect(printed).toMatchObject({ kind: 'merchant', last: true })
    expect(printed.lines.map(({ text }) => text.trim())).toEqual(expect.arrayContaining(['HÄNDLERBELEG', 'Überprüfung auf', 'Version: KS A02.07 (049)']))
    expect(hexOf(encodeApdu(decoded(hex)))).toBe(hex)
  })

  it('registration with a big container keeps its tags', () => {
    const { data } = apduOf('ecrterm-packet-registration-tlv')
    const fields = parseFields(data.slice(6))
    expect(fieldOf(fields, 0x06)?.length).toBe(expected(named('ecrterm-packet-registration-tlv'))['tlv_len'])
    expect(hexOf(encodeFields(fields.fields))).toBe(hexOf(data.slice(6)))
  })
})

describe('units', () => {
  const unit = (kind: string) => all.filter((vector) => vector.kind === kind).map((vector) => ({ ...vector, raw: bytes(String(vector.hex)) }))
  it.each([...unit('llvar-len'), ...unit('lllvar-len')])('$id', ({ raw, expect: length }) => {
    expect(readDigits(raw, 0, raw.length)).toBe(length)
    expect(hexOf(encodeDigits(Number(length), raw.length))).toBe(hexOf(raw))
  })
  it.each(unit('tlv-len'))('$id', ({ raw, expect: length }) => {
    expect(readLength(raw, 0)).toEqual({ length, size: raw.length })
    expect(hexOf(encodeLength(Number(length)))).toBe(hexOf(raw))
  })
  it.each(unit('tlv-tag'))('$id', ({ raw, expect: want }) => {
    const tag = hexOf(raw).toUpperCase()
    expect(tagLength(raw, 0)).toBe(raw.length)
    const [element] = parseTlv(encodeTlv(tag, Uint8Array.of(7, 0)))
    expect(element?.tag).toBe(tag)
    expect([tag, `${tag} constructed`]).toContain(want)
    expect(element?.children !== null).toBe(String(want).endsWith('constructed'))
  })
  it.each([['unit-bcd-amount-000000002020', 2020, 6], ['unit-bcd-trace-123456', 123_456, 3], ['unit-bcd-currency-0978', 978, 2]])('%s', (id, value, size) => {
    expect(bcdNumber(bytes(String(named(id).hex)))).toBe(value)
    expect(hexOf(encodeBcd(value, size))).toBe(named(id).hex)
  })
  it('our config byte is that of the example in the specification; the bits are those of its table', () => {
    const { config } = generic.registration
    expect(config).toBe(apduOf('spec-msgseq-registration').data[3])
    const [withSlips] = Object.values(expected(named('unit-configbyte'))).map((one) => Number.parseInt(String(one), 16))
    // without "admin only from the till" (20), with "send 04 FF" (08)
    expect(config ^ (withSlips ?? 0)).toBe(0x20 | 0x08)
  })
})

it('a terminal that greets a new connection with text is understood behind it', () => {
  const splitter = new ApduSplitter()
  const greeting = Uint8Array.from([0, 0, 0, 0x3e, ...Buffer.from('VER|APP 19.46.69|MODEL Yomani 2|SERIAL 00081956A58B|62350262|1')])
  expect(splitter.push(greeting)).toEqual([])
  expect(splitter.push(bytes('800000')).map(hexOf)).toEqual(['800000'])
})

it('portalum-flow-payment-ok-goods-wait: every message of both sides', () => {
  const { hex } = named('portalum-flow-payment-ok-goods-wait')
  const messages = (Array.isArray(hex) ? (hex as readonly string[]) : []).map((one) => one.slice(1))
  expect(messages.length).toBe(8)
  for (const one of messages) expect(hexOf(encodeApdu(decoded(one)))).toBe(one)
  expect(parseStatusInfo(decoded(messages[2] ?? '').data)).toMatchObject({ resultCode: 0, minor: null })
  const [asked, partly] = [messages[0] ?? '', messages[5] ?? ''].map((one) => parseFields(decoded(one).data))
  expect(asked && bcdNumber(fieldOf(asked, 0x04) ?? new Uint8Array())).toBe(3_300)
  expect(partly && bcdNumber(fieldOf(partly, 0x04) ?? new Uint8Array())).toBe(2_200)
})
