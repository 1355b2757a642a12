import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPrinterSim, type PrinterSim } from '#native/sim/printer/start.ts'
import { openPrinter, type Printer, type PrinterOptions } from './printer.ts'
import { findProfile, printerProfiles, type PrinterProfile } from './profile.ts'
import type { Slip } from './slip.ts'
import { createThermal, thermalPort } from './thermal.ts'

const letters = [
  'aàảãáạ ăằẳẵắặ âầẩẫấậ', 'eèẻẽéẹ êềểễếệ iìỉĩíị', 'oòỏõóọ ôồổỗốộ ơờởỡớợ', 'uùủũúụ ưừửữứự yỳỷỹýỵ đ',
  'AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ', 'EÈẺẼÉẸ ÊỀỂỄẾỆ IÌỈĨÍỊ', 'OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ', 'UÙỦŨÚỤ ƯỪỬỮỨỰ YỲỶỸÝỴ Đ',
  'Do bạch kim rất quý, sẽ', 'dùng để lắp vô xương',
]
const slipOf = (lines: readonly string[]): Slip => ({ blocks: [...lines.map((text) => ({ kind: 'text', text }) as const), { kind: 'cut' }] })
const profile = (id: string): PrinterProfile => findProfile(id) ?? expect.fail(`no profile ${id}`)
const epson = profile('epson-tm-t82')

let dir = ''
let sims: PrinterSim[] = []
let printers: Printer[] = []
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'printer-'))))
afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.close()))
  await Promise.all(sims.splice(0).map((sim) => sim.stop()))
  rmSync(dir, { recursive: true, force: true })
})
async function sim(at: 'tcp' | 'pty', fault: string | null = null, model = epson): Promise<PrinterSim> {
  const started = await startPrinterSim({ at: at === 'tcp' ? 'tcp://127.0.0.1:0' : `pty:${join(dir, 'tty')}`, widthDots: model.dots, dpi: model.dpi, fault })
  sims.push(started)
  return started
}
function open(address: string, options: Partial<PrinterOptions> = {}): Printer {
  const printer = openPrinter({ address, profile: epson, rendering: 'text', ...options })
  printers.push(printer)
  return printer
}

describe.each(['tcp', 'pty'] as const)('over a real %s', (at) => {
  it.each(printerProfiles.map((model) => [model.id, model] as const))('%s prints every letter with every tone', async (_, model) => {
    const device = await sim(at, null, model)
    const printer = open(device.address, { profile: model })
    const outcome = await printer.print(slipOf([...letters, 'plain ASCII']), { jobId: 'letters' })
    const [slip] = await device.waitForSlips(1)
    expect(outcome).toMatchObject({ outcome: 'printed', reason: model.status.processId ? 'process-id' : 'paper-answer' })
    expect(outcome.bytes).toBeGreaterThanOrEqual(slip?.bytes.length ?? Number.NaN)
    if (model.tcvn) expect(slip?.lines).toEqual([...letters, 'plain ASCII'])
    else {
      expect(slip?.lines.slice(0, -1).every((line) => line.startsWith('[picture'))).toBe(true)
      expect(slip?.lines.at(-1)).toBe('plain ASCII')
    }
  })

  it('waits for paper in the middle of a job and goes on', async () => {
    const device = await sim(at, 'paper-out-after=400')
    const printer = open(device.address)
    const seen: (string | null)[] = []
    printer.onStatus((status) => seen.push(status.error))
    const lines = Array.from({ length: 60 }, (_, index) => `Dòng ${index + 1} của giấy hẹn`)
    const outcome = printer.print(slipOf(lines), { jobId: 'long', waitSeconds: 5 })
    await expect.poll(() => seen).toContain('paper-out')
    device.setFault(null)
    expect(await outcome).toMatchObject({ outcome: 'printed', reason: 'process-id' })
    expect((await device.waitForSlips(1))[0]?.lines).toEqual(lines)
  })

  it('paper that does not come back leaves the job unknown, in time', async () => {
    const device = await sim(at, 'paper-out-after=200')
    const began = performance.now()
    const outcome = await open(device.address).print(slipOf(letters), { jobId: 'stuck', waitSeconds: 0.5 })
    expect(outcome).toMatchObject({ outcome: 'unknown', reason: 'paper-out' })
    expect(performance.now() - began).toBeLessThan(20_000)
  })

  it('power lost in the middle is unknown; the printer that comes back is used again, and nothing is printed twice', async () => {
    const device = await sim(at, 'die-after=150')
    const printer = open(device.address, { idlePollMs: 200 })
    const outcome = await printer.print(slipOf(letters), { jobId: 'dies' })
    expect(outcome.outcome).toBe('unknown')
    await expect.poll(async () => (await printer.status()).error, { interval: 200 }).toBe(null)
    expect(await printer.print(slipOf(['sau khi có điện']), { jobId: 'next' })).toMatchObject({ outcome: 'printed' })
    expect((await device.waitForSlips(1)).map((slip) => slip.text)).toEqual(['sau khi có điện'])
  })
})

describe('outcomes', () => {
  it.each([
    ['paper-out', 'paper-out'], ['cover-open', 'cover-open'], ['offline', 'offline'], ['cutter', 'cutter'],
  ])('%s before the first byte is failed with nothing sent', async (fault, reason) => {
    const device = await sim('tcp', fault)
    const outcome = await open(device.address).print(slipOf(['x']), { jobId: 'a', waitSeconds: 0.2 })
    expect(outcome).toEqual({ outcome: 'failed', bytes: 0, reason })
    device.setFault(null)
    await expect(device.waitForSlips(1, 300)).rejects.toThrow()
  })

  it('a printer that never answers has only been sent to', async () => {
    const device = await sim('tcp', 'no-answer')
    const printer = open(device.address)
    expect(await printer.print(slipOf(['im lặng']), { jobId: 'mute' })).toMatchObject({ outcome: 'sent', reason: 'no-answer' })
    expect((await device.waitForSlips(1))[0]?.text).toBe('im lặng')
    expect((await printer.status()).error).toBe('unreachable')
  })

  it('one that answers everything but the proof leaves it unknown', async () => {
    const device = await sim('tcp', 'no-process-id')
    expect(await open(device.address).print(slipOf(['x']), { jobId: 'a' })).toMatchObject({ outcome: 'unknown', reason: 'no-proof' })
  })

  it('nobody listening is failed at once; a file can only be sent to', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const where = server.address()
    const port = typeof where === 'object' && where ? where.port : 0
    await new Promise<void>((resolve) => server.close(() => resolve()))
    const printer = open(`tcp://127.0.0.1:${port}`)
    expect(await printer.print(slipOf(['x']), { jobId: 'a' })).toEqual({ outcome: 'failed', bytes: 0, reason: 'unreachable' })
    expect((await printer.status()).error).toBe('unreachable')
    const path = join(dir, 'out.bin')
    const outcome = await open(`file:${path}`).print(slipOf(['ra tệp']), { jobId: 'f' })
    expect(outcome).toMatchObject({ outcome: 'sent', bytes: readFileSync(path).length })
  })

  it('the same job id while it runs prints once; jobs keep their order', async () => {
    const device = await sim('tcp', 'slow')
    const printer = open(device.address)
    const twice = [printer.print(slipOf(['một']), { jobId: '1' }), printer.print(slipOf(['một']), { jobId: '1' }), printer.print(slipOf(['hai']), { jobId: '2' })]
    expect((await Promise.all(twice)).map(({ outcome }) => outcome)).toEqual(['printed', 'printed', 'printed'])
    expect((await device.waitForSlips(2)).map((slip) => slip.text)).toEqual(['một', 'hai'])
  })

  it('given up before the first byte is failed, after it unknown', async () => {
    const device = await sim('tcp', 'paper-out-after=100')
    const printer = open(device.address)
    expect(await printer.print(slipOf(['x']), { jobId: 'a', signal: AbortSignal.abort() })).toMatchObject({ outcome: 'failed', reason: 'cancelled' })
    const stop = new AbortController()
    const outcome = printer.print(slipOf(letters), { jobId: 'b', signal: stop.signal })
    await expect.poll(() => printer.lastStatus().error).toBe('paper-out')
    stop.abort()
    expect(await outcome).toMatchObject({ outcome: 'unknown', reason: 'cancelled' })
  })

  it('node-thermal-printer prints through this driver', async () => {
    const device = await sim('tcp')
    const thermal = createThermal(48, thermalPort(open(device.address), 'counter'))
    expect(await thermal.isPrinterConnected()).toBe(true)
    thermal.alignCenter()
    thermal.println('Counter 3')
    expect(await thermal.execute()).toMatchObject({ outcome: 'printed' })
    expect((await device.waitForSlips(1))[0]?.text).toBe('Counter 3')
  })

  it('tells of paper, cover and cable by itself', async () => {
    const device = await sim('tcp')
    const printer = open(device.address)
    await printer.print(slipOf(['x']), { jobId: 'a' })
    const seen: (string | null)[] = []
    printer.onStatus((status) => seen.push(status.error ?? status.paper))
    for (const [fault, told] of [['near-end', 'near-end'], ['cover-open', 'cover-open'], [null, 'ok']] as const) {
      device.setFault(fault)
      await expect.poll(() => seen.at(-1)).toBe(told)
    }
    await device.stop()
    await expect.poll(() => seen).toEqual(['near-end', 'cover-open', 'ok', 'unreachable'])
  })
})
