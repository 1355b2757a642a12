import { readFileSync } from 'node:fs'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { drawJob } from '#native/sim/printer/draw.ts'
import { chunksOf } from './chunks.ts'
import { designSlip } from './design.ts'
import { cutBytes, encodeSlip, jobHead } from './encode.ts'
import { fontName, registerSlipFonts } from './fonts.ts'
import { missingLetters } from './glyphs.ts'
import { findProfile, printerProfiles, type PrinterProfile } from './profile.ts'
import { proofRequest } from './job.ts'
import { rasterBytes } from './raster.ts'
import { tcvnLower, tcvnUpper } from './tcvn.ts'
import type { Slip } from './slip.ts'

const profile = (id: string): PrinterProfile => findProfile(id) ?? expect.fail(`no profile ${id}`)
const text = (value: string): Slip => ({ blocks: [{ kind: 'text', text: value }] })

/** The dots of a PNG inside the box of its ink, as strings of # and blanks. */
async function inkRows(png: Buffer): Promise<readonly string[]> {
  const image = await loadImage(png)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const rows = Array.from({ length: image.height }, (_, y) =>
    Array.from({ length: image.width }, (__, x) => ((data[(y * image.width + x) * 4] ?? 255) < 150 ? '#' : ' ')).join(''),
  )
  const used = rows.filter((row) => row.includes('#'))
  const left = Math.min(...used.map((row) => row.indexOf('#')))
  const right = Math.max(...used.map((row) => row.lastIndexOf('#')))
  return rows.slice(rows.findIndex((row) => row.includes('#')), rows.findLastIndex((row) => row.includes('#')) + 1).map((row) => row.slice(left, right + 1))
}

/** What the same word looks like when the canvas draws it straight. */
function straight(word: string, size: number): Promise<readonly string[]> {
  registerSlipFonts()
  const context = createCanvas(400, 80).getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, 400, 80)
  context.fillStyle = '#000'
  context.font = fontName(size, 600)
  context.fillText(word, 4, 50)
  return inkRows(context.canvas.toBuffer('image/png'))
}

describe('drawn lines', () => {
  it.each(['Đăng', 'Nguyễn', 'ƯỜNG', 'khuỷu', 'Ẫm', 'ậy', 'K’Bčao'])('%s comes out of a printer without Vietnamese letters dot for dot', async (word) => {
    const { png } = drawJob(encodeSlip(text(word), profile('generic-80'), 'text'), 576, 203)
    expect(await inkRows(png)).toEqual(await straight(word, 21))
  })

  it.each(printerProfiles.filter((model) => !model.tcvn).map((model) => [model.id, model] as const))('%s: each of the 134 letters with its tone is its own picture, small and capital', async (_, model) => {
    const letters = [...tcvnLower.keys(), ...tcvnUpper.keys()]
    const pictures = new Map<string, string>()
    for (const letter of letters) {
      const rows = await inkRows(drawJob(encodeSlip(text(letter), model, 'text'), model.dots, model.dpi).png)
      expect(rows, letter).toEqual(await straight(letter, 21))
      pictures.set(rows.join('\n'), letter)
    }
    expect(pictures.size).toBe(134)
  })
})

describe('bytes', () => {
  it('begin with reset, no Kanji, reports on', () => {
    expect(Buffer.from(jobHead(profile('epson-tm-t88'))).toString('hex')).toBe('1b401c2e1d61ff1d50b4b4')
    expect(Buffer.from(jobHead(profile('generic-58'))).toString('hex')).toBe('1b401c2e')
  })

  it.each(printerProfiles.map((model) => [model.id, model] as const))('%s: plain ASCII is never a picture, Vietnamese only where it must be', (_, model) => {
    const bytes = Buffer.from(encodeSlip({ blocks: [{ kind: 'text', text: 'Plain' }, { kind: 'text', text: 'Đường' }] }, model, 'text'))
    expect(bytes.includes('Plain\n')).toBe(true)
    expect(bytes.includes(Buffer.from([0x1d, 0x76, 0x30]))).toBe(model.tcvn === null)
  })

  it('a line with one letter that the page lacks is drawn, its neighbours are not', () => {
    const slip: Slip = { blocks: [{ kind: 'text', text: 'Ông Y Đăng' }, { kind: 'text', text: 'Buôn Čư' }, { kind: 'text', text: 'xã Hòa Phú' }] }
    const { lines } = drawJob(encodeSlip(slip, profile('epson-tm-t82'), 'text'), 576, 203)
    expect(lines).toEqual(['Ông Y Đăng', expect.stringMatching(/^\[picture/), 'xã Hòa Phú'])
  })

  it('a QR of Vietnamese words counts bytes, not letters', () => {
    const slip: Slip = { blocks: [{ kind: 'qr', data: 'Hồ sơ số 42', caption: 'sau mã' }] }
    expect(drawJob(encodeSlip(slip, profile('epson-tm-t82'), 'text'), 576, 203).lines).toEqual(['[qr Hồ sơ số 42]', 'sau mã'])
  })

  it('pictures hold no real-time commands, whatever they show', () => {
    const bits = Uint8Array.from({ length: 72 * 40 }, (_, index) => [0x10, 0x04, 0x01, 0x10, 0x14, 0x08, 0x10, 0x05, 0x02][index % 9] ?? 0)
    const parts = rasterBytes({ width: 576, height: 40, stride: 72, bits })
    const hex = Buffer.concat(parts).toString('hex')
    expect(hex.match(/../g)?.some((byte, index, all) => byte === '10' && ['04', '05', '14'].includes(all[index + 1] ?? ''))).toBe(false)
  })

  it('pieces end where commands end and lose nothing', () => {
    const slip: Slip = { blocks: [{ kind: 'qr', data: 'x', caption: 'Đây' }, { kind: 'code128', digits: '2611230042', text: 'a' }, { kind: 'number', text: 'A012' }, { kind: 'cut' }] }
    for (const model of printerProfiles) {
      for (const rendering of ['text', 'designed'] as const) {
        const bytes = encodeSlip(slip, model, rendering)
        for (const size of [1, 200, 16_384]) {
          const chunks = chunksOf(bytes, size)
          expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
          // a status question between any two pieces must not change what is printed
          const asked = chunks.flatMap((chunk) => [chunk, Uint8Array.of(0x10, 0x04, 0x01)])
          expect(drawJob(Buffer.concat(asked), model.dots, model.dpi).png.equals(drawJob(bytes, model.dots, model.dpi).png)).toBe(true)
        }
      }
    }
  })

  it('the designed slip prints as it was drawn', async () => {
    const slip: Slip = { blocks: [{ kind: 'number', text: 'A012' }, { kind: 'text', text: 'Đăng ký khai sinh', size: 'work', align: 'center' }, { kind: 'cells', rows: [[{ label: 'Chờ', value: '4' }]] }] }
    const bitmap = designSlip(slip, 576)
    const { png } = drawJob(encodeSlip(slip, profile('epson-tm-t82'), 'designed'), 576, 203)
    const rows = await inkRows(png)
    const black = bitmap.bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
    expect(rows.join('').replaceAll(' ', '').length).toBe(black)
  })
})

describe('golden commands', () => {
  const file = new URL('../../test/fixtures/vectors/escpos.json', import.meta.url)
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors: readonly { readonly id: string; readonly hex?: string; readonly requestHex?: string }[] }
  const golden = (id: string): string => {
    const vector = vectors.find((one) => one.id === id)
    return vector?.hex ?? vector?.requestHex ?? expect.fail(`no vector ${id}`)
  }
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()

  it('are what we send', () => {
    expect(hex(jobHead(profile('generic-80')))).toBe(golden('cmd-init-1b40') + golden('cmd-cancel-1c2e'))
    expect(hex(cutBytes({ ...profile('generic-80'), cutter: 'full' }))).toMatch(new RegExp(`${golden('cmd-full-1d5600')}$`))
    expect(hex(proofRequest({ kind: 'paper-answer' }))).toBe(golden('cmd-paper-1d7201'))
    expect(hex(proofRequest({ kind: 'process-id', id: '0002' }))).toBe(golden('process-id-neg'))
  })
})

describe('letters that no font here has', () => {
  it.each(printerProfiles.map((model) => [model.id, model] as const))('%s: stand as ? on paper, spelt or drawn, and are named', (_, model) => {
    expect(missingLetters('Chị 你好 😀 Hạnh')).toEqual(['你', '好', '😀'])
    for (const rendering of ['text', 'designed'] as const) {
      const printed = (words: string): Buffer => drawJob(encodeSlip(text(words), model, rendering), model.dots, model.dpi).png
      expect(printed('Chị 你好 Hạnh').equals(printed('Chị ?? Hạnh'))).toBe(true)
    }
  })

  it('marks and joiners that show nothing by themselves are not called missing', () => {
    expect(missingLetters('e\u0301 a\u200bb \ufe0f ắ ỡ Đ č ŭ ’ – …')).toEqual([])
  })
})
