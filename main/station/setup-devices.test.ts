import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startPrinterSim, type PrinterSim } from '#native/sim/printer/start.ts'
import { openSlipPrinter, type OpenSlipPrinter } from './printer.ts'
import { testPrint } from './setup-devices.ts'

let dir = ''
let sim: PrinterSim
let station: OpenSlipPrinter | null
const address = () => `serial:${join(dir, 'tty')}`
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'test-print-'))
  sim = await startPrinterSim({ at: `pty:${join(dir, 'tty')}` })
  station = openSlipPrinter({ primary: { address: address(), profile: 'epson-tm-t82', drawer: 'none' }, backup: null }, () => null)
  await expect.poll(() => station?.state().error).toBeNull()
})
afterEach(async () => {
  await station?.close()
  await sim.stop()
  rmSync(dir, { recursive: true, force: true })
})
const test = (change: Partial<Parameters<typeof testPrint>[0]> = {}) =>
  testPrint({ address: address(), profile: 'epson-tm-t82', at: Date.now(), sample: false, units: station?.units ?? [], ...change })

it('tries the printer that the station holds over the connection it has', async () => {
  expect(await test()).toMatchObject({ outcome: 'printed' })
  expect((await sim.waitForSlips(1))[0]?.text).toContain('PHIẾU IN THỬ')
})

it('a port that the station holds for another model is said to be its own, nothing goes out', async () => {
  expect(await test({ profile: 'generic-80' })).toEqual({ outcome: 'failed', reason: 'busy-here' })
  expect(await test({ address: `${address()}?boud=9600` })).toEqual({ outcome: 'failed', reason: 'bad-address' })
  expect(await test({ address: `file:${join(dir, 'x')}` })).toEqual({ outcome: 'failed', reason: 'no-file-from-a-page' })
  expect(sim.slips).toHaveLength(0)
})
