import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { stationConfig } from '#main/config.ts'
import { startChipReaderSim } from '#native/sim/chip-reader/start.ts'
import { startPrinterSim, type PrinterSim } from '#native/sim/printer/start.ts'
import { simCards } from '#native/sim/scanner/cards.ts'
import { startScannerSim, type ScannerSim } from '#native/sim/scanner/scanner-sim.ts'
import { startZvtSim } from '#native/sim/zvt/start.ts'
import { openScanner } from '#native/reader/scanner.ts'
import { openTerminal } from '#native/terminal/open.ts'
import { LastContact, notingContact } from './last-contact.ts'
import { openSlipPrinter } from './printer.ts'
import { sampleConfig } from './sample.ts'
import { openSelfTest, type SelfTest } from './self-test.ts'
import { testedDevices } from './tested-devices.ts'

let dir = ''
let ends: (() => Promise<unknown>)[] = []
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'self-test-'))))
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
  rmSync(dir, { recursive: true, force: true })
})

const printerSim = async (): Promise<PrinterSim> => {
  const sim = await startPrinterSim({ at: `pty:${join(dir, 'printer')}` })
  ends.push(() => sim.stop())
  return sim
}
const scannerSim = async (): Promise<ScannerSim> => {
  const sim = await startScannerSim({ at: `pty:${join(dir, 'scanner')}` })
  ends.push(() => sim.stop())
  return sim
}

/** A station's devices on real ptys and sockets, as its configuration names them. */
async function station(): Promise<SelfTest> {
  const [printer, scanner] = [`serial:${join(dir, 'printer')}?baud=115200`, `serial:${join(dir, 'scanner')}`]
  const chip = await startChipReaderSim({ at: 'tcp://127.0.0.1:0', reader: 'pn532' })
  const zvt = await startZvtSim({ at: 'tcp://127.0.0.1:0', bankFile: join(dir, 'bank.jsonl') })
  const config = stationConfig.parse({
    ...sampleConfig(), sample: false, printer: { address: printer, profile: 'epson-tm-t82' }, scanner: { address: scanner },
    terminal: { protocol: 'zvt', address: zvt.address }, chipReader: { kind: 'pn532', address: chip.address },
  })
  const terminalContact = new LastContact()
  const opened = {
    printer: openSlipPrinter({ primary: config.printer, backup: null }, () => null),
    scanner: openScanner({ address: scanner, retryMs: 100 }),
    chipReader: new LastContact(),
    terminal: notingContact(await openTerminal('zvt', zvt.address, { exponent: 0 }), terminalContact),
    terminalContact,
  }
  ends.push(() => chip.stop(), () => zvt.stop(), () => opened.scanner.close(), () => opened.terminal.close(), async () => opened.printer?.close())
  return openSelfTest(testedDevices(config, opened, Date.now), Date.now)
}

const states = async (test: SelfTest) => Object.fromEntries((await test.view()).devices.map(({ id, code }) => [id, code]))

it('each device with its state, firmware and what can be tried', async () => {
  await Promise.all([printerSim(), scannerSim()])
  const test = await station()
  // a busy machine hears the printer's name late
  await expect.poll(async () => (await test.view()).devices.map(({ id, code, firmware, tests }) => [id, code, firmware, tests])).toEqual([
    ['printer', 'ok', 'EPSON TM-T82 1.00', ['print', 'drawer', 'beep']],
    ['scanner', 'ok', null, ['echo']],
    ['chip-reader', 'not-asked', null, ['echo']],
    ['terminal', 'not-asked', null, ['echo']],
  ])
})

it('one press prints, opens the drawer, beeps, hears the scanner without its data, asks the terminal', async () => {
  const [printer, scanner] = await Promise.all([printerSim(), scannerSim()])
  const test = await station()
  await expect.poll(() => states(test)).toMatchObject({ printer: 'ok', scanner: 'ok' })
  expect(await test.run(randomUUID(), 'printer', 'print')).toEqual({ outcome: 'printed', reason: 'process-id' })
  expect((await printer.waitForSlips(1))[0]?.text).toContain('PHIẾU IN THỬ')
  const asked = randomUUID()
  const twice = await Promise.all([test.run(asked, 'printer', 'print'), test.run(asked, 'printer', 'print')])
  expect([twice[0], printer.slips.length]).toEqual([twice[1], 2])
  expect(await test.run(randomUUID(), 'printer', 'drawer')).toMatchObject({ outcome: 'printed' })
  expect(await test.run(randomUUID(), 'printer', 'beep')).toMatchObject({ outcome: 'printed' })
  expect(printer.acts).toEqual(['drawer 0 50/500 ms', 'beep 2'])
  const heard = test.run(randomUUID(), 'scanner', 'echo')
  await scanner.scan(simCards[0]?.qr ?? '')
  expect(await heard).toEqual({ outcome: 'ok', reason: 'cccd' })
  expect(await test.run(randomUUID(), 'terminal', 'echo')).toEqual({ outcome: 'ok', reason: null })
  expect(await test.run(randomUUID(), 'chip-reader', 'echo')).toEqual({ outcome: 'ok', reason: null })
  expect(await states(test)).toMatchObject({ terminal: 'ok', 'chip-reader': 'ok' })
  await expect(test.run(randomUUID(), 'printer', 'echo')).rejects.toThrow('no-such-test')
  await expect(test.run(randomUUID(), 'nothing', 'print')).rejects.toThrow('no-such-test')
})

it('pulled out and plugged in again while the station runs: told, remembered, and working again by itself', async () => {
  const [printer, scanner] = await Promise.all([printerSim(), scannerSim()])
  const test = await station()
  await expect.poll(() => states(test)).toMatchObject({ printer: 'ok', scanner: 'ok' })
  await Promise.all([printer.stop(), scanner.stop()])
  await expect.poll(() => states(test)).toMatchObject({ printer: 'not-found', scanner: 'not-found' })
  expect(await test.run(randomUUID(), 'printer', 'print')).toEqual({ outcome: 'failed', reason: 'not-found' })
  const [again] = await Promise.all([printerSim(), scannerSim()])
  await expect.poll(() => states(test)).toMatchObject({ printer: 'ok', scanner: 'ok' })
  expect(await test.run(randomUUID(), 'printer', 'print')).toMatchObject({ outcome: 'printed' })
  expect(again.slips).toHaveLength(1)
  for (const { id, lastError } of (await test.view()).devices) if (id === 'printer' || id === 'scanner') expect(lastError, id).toMatchObject({ code: 'not-found' })
})
