import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PrintJob } from '#effects/print-desk.ts'
import type { PrinterConfig } from '#main/config.ts'
import { startPrinterSim, type PrinterSim } from '#native/sim/printer/start.ts'
import { openSlipPrinter, withLogo, type OpenSlipPrinter } from './printer.ts'

let dir = ''
let sims: PrinterSim[] = []
let opened: OpenSlipPrinter[] = []
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'printers-'))))
afterEach(async () => {
  await Promise.all(opened.splice(0).map((printer) => printer.close()))
  await Promise.all(sims.splice(0).map((sim) => sim.stop()))
  rmSync(dir, { recursive: true, force: true })
})

async function sim(at = 'tcp://127.0.0.1:0', fault: string | null = null): Promise<PrinterSim> {
  const started = await startPrinterSim({ at, fault })
  sims.push(started)
  return started
}
const target = (address: string): PrinterConfig => ({ address, profile: 'epson-tm-t82', drawer: 'pin2' })
const lines = Array.from({ length: 40 }, (_, index) => ({ kind: 'text', text: `Dòng ${index + 1}` }) as const)

function open(primary: string, backup: string | null): OpenSlipPrinter {
  const printer = openSlipPrinter({ primary: target(primary), backup: backup === null ? null : target(backup) }, () => ({ blocks: [...lines, { kind: 'cut' }] }))
  if (!printer) return expect.fail('no printer')
  opened.push(printer)
  return printer
}
const job = (jobId: string, copy = 0): PrintJob => ({ jobId, kind: 'ticket', what: 't', copy, at: 0 })
const counts = (...devices: readonly PrinterSim[]) => devices.map((device) => device.slips.length)
const bothReady = (printer: OpenSlipPrinter) => expect.poll(() => printer.units.map(({ device }) => device.lastStatus().error)).toEqual([null, null])

it.each(['paper-out', 'cover-open', 'offline', 'cutter'])('%s before the job: the backup prints it, and says so', async (fault) => {
  const [first, second] = [await sim(undefined, fault), await sim()]
  const printer = open(first.address, second.address)
  await expect.poll(() => printer.units[0]?.device.lastStatus().error).toBe(fault)
  await expect.poll(() => printer.state().error).toBeNull()
  expect(await printer.print(job('1'))).toMatchObject({ outcome: 'printed', reason: 'backup' })
  first.setFault(null)
  await expect.poll(() => printer.units[0]?.device.lastStatus().error).toBeNull()
  expect(await printer.print(job('2'))).toMatchObject({ outcome: 'printed', reason: 'process-id' })
  await Promise.all([first.waitForSlips(1), second.waitForSlips(1)])
  expect(counts(first, second)).toEqual([1, 1])
})

it('the first printer unplugged: the backup prints until it is back', async () => {
  const path = join(dir, 'tty')
  const [first, second] = [await sim(`pty:${path}`), await sim()]
  const printer = open(first.address, second.address)
  await bothReady(printer)
  await first.stop()
  expect(await printer.print(job('1'))).toMatchObject({ outcome: 'printed', reason: 'backup' })
  const back = await sim(`pty:${path}`)
  await bothReady(printer)
  expect(await printer.print(job('2'))).toMatchObject({ outcome: 'printed', reason: 'process-id' })
  await Promise.all([second.waitForSlips(1), back.waitForSlips(1)])
  expect(counts(second, back)).toEqual([1, 1])
})

it('a job that broke off in the middle is in doubt and does not go to the backup by itself; printed again by a person it may', async () => {
  const [first, second] = [await sim(undefined, 'die-after=300'), await sim()]
  const printer = open(first.address, second.address)
  await bothReady(printer)
  expect(await printer.print(job('1'))).toMatchObject({ outcome: 'unknown' })
  expect(counts(first, second)).toEqual([0, 0])
  await first.stop()
  expect(await printer.print(job('2', 1))).toMatchObject({ outcome: 'printed', reason: 'backup' })
  expect(counts(first, second)).toEqual([0, 1])
})

it('both out of paper: the slip is not printed, and what is told is what is wrong with the first', async () => {
  const [first, second] = [await sim(undefined, 'cover-open'), await sim(undefined, 'paper-out')]
  const printer = open(first.address, second.address)
  await expect.poll(() => printer.units.map(({ device }) => device.lastStatus().error)).toEqual(['cover-open', 'paper-out'])
  expect(printer.state().error).toBe('cover-open')
  const waiting = printer.print(job('1'))
  setTimeout(() => first.setFault(null), 300)
  expect(await waiting).toMatchObject({ outcome: 'printed', reason: 'process-id' })
  expect(counts(first, second)).toEqual([1, 0])
})

it('the office’s logo stands at the head of each slip; a file that is none is told and costs no slip', async () => {
  const canvas = createCanvas(800, 100)
  canvas.getContext('2d').fillRect(10, 10, 700, 50)
  const file = join(dir, 'logo.png')
  writeFileSync(file, canvas.toBuffer('image/png'))
  const logged: string[] = []
  const compose = () => ({ blocks: lines })
  const withIt = (await withLogo(compose, file, (code) => logged.push(code)))(job('1'))
  expect(withIt?.blocks[0]).toMatchObject({ kind: 'logo', bitmap: { width: 384, height: 48, stride: 48 } })
  expect(logged).toEqual([])
  writeFileSync(file, 'no picture')
  expect((await withLogo(compose, file, (code) => logged.push(code)))(job('1'))?.blocks).toEqual(lines)
  expect(logged).toEqual(['printer.logo-not-read'])
})
