import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPrinterSim, type PrinterSim } from '#native/sim/printer/start.ts'
import { memoryPair } from '#native/transport/memory.ts'
import { openTransport } from '#native/transport/open.ts'
import { replayed } from '#native/transport/replay.ts'
import { traced, type TraceEntry } from '#native/transport/trace.ts'
import { beepBytes, drawerBytes } from './encode.ts'
import { openPrinter, type Printer, type PrinterOptions } from './printer.ts'
import { probePrinter } from './probe.ts'
import { findProfile, printerProfiles } from './profile.ts'
import type { Slip } from './slip.ts'

const epson = findProfile('epson-tm-t82') ?? expect.fail('no profile')
const slip: Slip = { blocks: [{ kind: 'text', text: 'Đã nhận' }, { kind: 'cut' }] }

let dir = ''
let sims: PrinterSim[] = []
let printers: Printer[] = []
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'line-'))))
afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.close()))
  await Promise.all(sims.splice(0).map((sim) => sim.stop()))
  rmSync(dir, { recursive: true, force: true })
})
async function sim(at = `pty:${join(dir, 'tty')}`, fault: string | null = null): Promise<PrinterSim> {
  const started = await startPrinterSim({ at, fault })
  sims.push(started)
  return started
}
function open(address: string, options: Partial<PrinterOptions> = {}): Printer {
  const printer = openPrinter({ address, profile: epson, rendering: 'text', ...options })
  printers.push(printer)
  return printer
}

describe('the line of a printer', () => {
  it('pulled out and plugged in again while the station runs: said at once, back by itself, nothing printed twice', async () => {
    const first = await sim()
    const printer = open(first.address, { idlePollMs: 100 })
    expect(await printer.print(slip, { jobId: '1' })).toMatchObject({ outcome: 'printed' })
    const seen: (string | null)[] = []
    printer.onStatus(({ error }) => seen.push(error))
    await first.stop()
    await expect.poll(() => seen.at(-1)).toBe('unreachable')
    await expect.poll(() => printer.trouble()).toBe('not-found')
    expect(await printer.print(slip, { jobId: '2' })).toEqual({ outcome: 'failed', bytes: 0, reason: 'not-found' })
    const second = await sim()
    await expect.poll(() => printer.lastStatus().error).toBeNull()
    expect(printer.trouble()).toBeNull()
    expect(await printer.print(slip, { jobId: '3' })).toMatchObject({ outcome: 'printed' })
    expect([first, second].map((device) => device.slips.length)).toEqual([1, 1])
  })

  it('held by another program is busy, and the printer is used as soon as it is free', async () => {
    const device = await sim()
    const other = await openTransport(device.address)
    const printer = open(device.address)
    expect(await printer.print(slip, { jobId: '1' })).toEqual({ outcome: 'failed', bytes: 0, reason: 'busy' })
    expect(printer.trouble()).toBe('busy')
    await other.close()
    await expect.poll(() => printer.lastStatus().error).toBeNull()
    expect(await printer.print(slip, { jobId: '2' })).toMatchObject({ outcome: 'printed' })
  })

  it('at the wrong speed prints no rubbish and says so; put right, it prints', async () => {
    const device = await sim(undefined, 'wrong-speed')
    const printer = open(device.address)
    expect(await printer.print(slip, { jobId: '1' })).toEqual({ outcome: 'failed', bytes: 0, reason: 'wrong-speed' })
    expect(printer.trouble()).toBe('wrong-speed')
    expect(device.slips).toHaveLength(0)
    device.setFault(null)
    expect((await printer.status()).error).toBeNull()
    expect(await printer.print(slip, { jobId: '2' })).toMatchObject({ outcome: 'printed' })
  })

  it('a probe at the wrong speed says that it hears rubbish', async () => {
    const device = await sim(undefined, 'wrong-speed')
    const transport = await openTransport(device.address)
    expect(await probePrinter(transport)).toMatchObject({ garbled: true, answers: [], status: { error: 'unreachable' } })
    await transport.close()
  })

  it('a job that another printer can take does not wait for paper before its first byte', async () => {
    const device = await sim('tcp://127.0.0.1:0', 'paper-out')
    const began = performance.now()
    expect(await open(device.address).print(slip, { jobId: '1', waitSeconds: 30, startSeconds: 0 })).toEqual({ outcome: 'failed', bytes: 0, reason: 'paper-out' })
    expect(performance.now() - began).toBeLessThan(20_000)
  })

  it('a recorded conversation is played back to the same end, with no printer there', async () => {
    const device = await sim('tcp://127.0.0.1:0')
    const trace: TraceEntry[] = []
    const fixed = { idlePollMs: 0, profile: { ...epson, status: { ...epson.status, dleEot: false, processId: false } } } as const
    const recorded = open(device.address, { ...fixed, connect: async () => traced(await openTransport(device.address), (entry) => trace.push(entry)) })
    const outcome = await recorded.print(slip, { jobId: '1' })
    expect(outcome).toMatchObject({ outcome: 'printed', reason: 'paper-answer' })
    const replay = replayed(trace)
    expect(await open('tcp://127.0.0.1:1', { ...fixed, connect: () => Promise.resolve(replay.transport) }).print(slip, { jobId: '1' })).toEqual(outcome)
    expect(replay.mismatch()).toBeNull()
  })
})

describe('what hangs on a printer', () => {
  it('the drawer opens with its times, the beeper beeps as each model understands it', async () => {
    const device = await sim('tcp://127.0.0.1:0')
    const printer = open(device.address)
    await printer.print(drawerBytes('pin2'), { jobId: '1' })
    await printer.print(drawerBytes('pin5'), { jobId: '2' })
    for (const model of printerProfiles) if (model.beeper) expect(await printer.print(beepBytes(model), { jobId: model.id })).toMatchObject({ outcome: 'printed' })
    expect(device.acts).toEqual(['drawer 0 50/500 ms', 'drawer 1 50/500 ms', 'beep 2', 'beep 2', 'beep 2'])
    expect(drawerBytes('none')).toHaveLength(0)
  })

  it('a slip with cash in it opens the drawer of its printer, and none where there is none', async () => {
    const device = await sim('tcp://127.0.0.1:0')
    const cash: Slip = { blocks: [{ kind: 'drawer' }, ...slip.blocks] }
    await open(device.address, { drawer: 'pin5' }).print(cash, { jobId: '1' })
    await open(device.address, { drawer: 'none' }).print(cash, { jobId: '2' })
    expect(device.acts).toEqual(['drawer 1 50/500 ms'])
  })

  it('tells its name and firmware while the station holds the line', async () => {
    const device = await sim()
    const printer = open(device.address)
    await printer.print(slip, { jobId: '1' })
    expect(await printer.name()).toEqual({ vendor: 'EPSON', model: 'TM-T82', firmware: '1.00' })
    device.setFault('cover-open')
    await expect.poll(() => printer.lastStatus().error).toBe('cover-open')
    expect((await printer.name()).firmware).toBe('1.00')
  })
})

it('a printer that reports by itself and answers no questions is printed to, and its reports count', async () => {
  const device = await sim('tcp://127.0.0.1:0', 'no-real-time')
  const printer = open(device.address, { idlePollMs: 100 })
  await expect.poll(() => printer.lastStatus().error).toBeNull()
  expect(await printer.print(slip, { jobId: '1' })).toMatchObject({ outcome: 'printed', reason: 'process-id' })
  device.setFault('no-real-time,cover-open')
  await expect.poll(() => printer.lastStatus().error).toBe('cover-open')
})

it('a stray byte when the port is opened is no sign of a wrong speed: a printer that never answers is still printed to', async () => {
  const pair = memoryPair()
  let got = 0
  pair.b.onData((bytes) => (got += bytes.length))
  void pair.b.write(Uint8Array.of(0xff))
  expect(await open('serial:/dev/any', { connect: () => Promise.resolve(pair.a) }).print(slip, { jobId: '1' })).toMatchObject({ outcome: 'sent' })
  expect(got).toBeGreaterThan(20)
})

it('noise that looks like paper answers proves nothing', async () => {
  const pair = memoryPair()
  pair.b.onData(() => undefined)
  const noise = setInterval(() => void pair.b.write(Uint8Array.of(0, 0)), 20)
  const generic = findProfile('generic-58') ?? expect.fail('no profile')
  const outcome = await open('serial:/dev/any', { profile: generic, connect: () => Promise.resolve(pair.a) }).print(slip, { jobId: '1' })
  clearInterval(noise)
  expect(outcome.outcome).not.toBe('printed')
})
