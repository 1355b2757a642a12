import { afterEach, describe, expect, it } from 'vitest'
import { drawJob } from '#native/sim/printer/draw.ts'
import { startPrinterSim, type PrinterSim } from '#native/sim/printer/start.ts'
import { encodeSlip } from './encode.ts'
import { logoKey } from './logo.ts'
import { openPrinter, type Printer } from './printer.ts'
import { findProfile, type PrinterProfile } from './profile.ts'
import type { Bitmap } from './raster.ts'
import type { Slip } from './slip.ts'

const profile = (id: string): PrinterProfile => findProfile(id) ?? expect.fail(`no profile ${id}`)
const epson = profile('epson-tm-t82')

/** A logo of 96 × 40 dots; `shade` makes another one. */
const logo = (shade: number): Bitmap => ({ width: 96, height: 40, stride: 12, bits: Uint8Array.from({ length: 480 }, (_, index) => (index % 5 === 0 ? 0x10 : index % 5 === 1 ? 0x04 : shade)) })
const slip = (bitmap: Bitmap): Slip => ({ blocks: [{ kind: 'logo', bitmap }, { kind: 'text', text: 'Xã Hòa Phú' }, { kind: 'cut' }] })

let sims: PrinterSim[] = []
let printers: Printer[] = []
afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.close()))
  await Promise.all(sims.splice(0).map((sim) => sim.stop()))
})
async function sim(fault: string | null = null): Promise<PrinterSim> {
  const started = await startPrinterSim({ at: 'tcp://127.0.0.1:0', fault })
  sims.push(started)
  return started
}
function open(address: string, model = epson): Printer {
  const printer = openPrinter({ address, profile: model, rendering: 'text' })
  printers.push(printer)
  return printer
}

describe('the logo', () => {
  it('is stored once and then printed by its key, also by the next program on the same printer', async () => {
    const device = await sim()
    const first = open(device.address)
    for (const jobId of ['1', '2']) expect(await first.print(slip(logo(0x81)), { jobId })).toMatchObject({ outcome: 'printed' })
    await first.close()
    const { bytes } = await open(device.address).print(slip(logo(0x81)), { jobId: '3' })
    const slips = await device.waitForSlips(3)
    const key = logoKey(logo(0x81))
    for (const one of slips) expect(one.lines).toEqual([`[stored ${key} 96x40]`, 'Xã Hòa Phú'])
    expect(device.memoryWrites()).toBe(1)
    expect(bytes).toBeLessThan(100)
  })

  it('that changed gets a place of its own', async () => {
    const device = await sim()
    const printer = open(device.address)
    await printer.print(slip(logo(0x81)), { jobId: '1' })
    await printer.print(slip(logo(0x42)), { jobId: '2' })
    const slips = await device.waitForSlips(2)
    expect(new Set(slips.map((one) => one.lines[0])).size).toBe(2)
    expect(device.memoryWrites()).toBe(2)
  })

  it.each([
    ['of a model without such a memory', null, profile('generic-80')],
    ['of a printer whose memory does not answer', 'no-pictures', epson],
    ['of a printer that never answers', 'no-answer', epson],
  ])('%s is sent as a picture with the slip, dot for dot', async (_, fault, model) => {
    const device = await sim(fault)
    await open(device.address, model).print(slip(logo(0x81)), { jobId: '1' })
    const [one] = await device.waitForSlips(1)
    expect(one?.lines[0]).toMatch(/^\[picture 96x40\]$/)
    expect(device.memoryWrites()).toBe(0)
  })

  it('stands on the designed slip too', () => {
    const [with_, without] = [slip(logo(0xff)), { blocks: slip(logo(0xff)).blocks.slice(1) }].map((one) => drawJob(encodeSlip(one, epson, 'designed'), 576, 203).png.length)
    expect(with_).toBeGreaterThan(without ?? 0)
  })
})
