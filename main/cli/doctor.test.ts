import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stationConfig } from '#main/config.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { startPrinterSim } from '#native/sim/printer/start.ts'
import { startChipReaderSim } from '#native/sim/chip-reader/start.ts'
import { checkConfiguredDevices } from './doctor-devices.ts'
import { atLeast } from './doctor-machine.ts'
import { examine } from './doctor.ts'

let data: string
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'motcua-doctor-'))))
afterEach(() => rmSync(data, { recursive: true, force: true }))

test('versions are compared number by number', () => {
  expect(atLeast('3.54.1', '3.51.3')).toBe(true)
  expect(atLeast('3.51.3', '3.51.3')).toBe(true)
  expect(atLeast('3.51.2', '3.51.3')).toBe(false)
  expect(atLeast('3.9.9', '3.51.3')).toBe(false)
  expect(atLeast('24.0.0', '24.0.0')).toBe(true)
})

test('this machine: Node, SQLite and the data folder are in order, each check has a name once', async () => {
  const checks = await examine({ data })
  const verdict = new Map(checks.map(({ name, ok }) => [name, ok]))
  expect([verdict.get('node'), verdict.get('sqlite'), verdict.get('data')]).toEqual([true, true, true])
  expect(verdict.size).toBe(checks.length)
  expect(checks.find(({ name }) => name === 'data')?.detail).toMatch(/fsync \d+ µs/)
})

test('a data folder that is a file is a finding, and the rest is still looked at', async () => {
  const file = join(data, 'not-a-folder')
  writeFileSync(file, '')
  const checks = await examine({ data: file })
  expect(checks.find(({ name }) => name === 'data')?.ok).toBe(false)
  expect(checks.some(({ name }) => name === 'serial')).toBe(true)
})

test('a printer that listens and a chip reader that answers are found, a scanner that is not there is a finding', async () => {
  const chip = await startChipReaderSim({ at: 'tcp://127.0.0.1:0', reader: 'pn532' })
  const printer = createServer((socket) => socket.resume().on('error', () => socket.destroy()))
  await new Promise<void>((resolve) => printer.listen(0, '127.0.0.1', resolve))
  const config = stationConfig.parse({
    station: { id: 'quay-3', name: 'Quầy 3' },
    roles: ['hub'],
    office: { unit: 'x', commune: 'x', province: 'x', agency: 'H01.01', phone: '' },
    services: [{ id: 'a', name: 'A', prefix: 'A', minutesPerVisit: 5 }],
    counters: [{ id: 1, services: ['a'], staff: null, staffName: null }],
    printer: { address: `tcp://127.0.0.1:${(printer.address() as AddressInfo).port}`, profile: 'generic-80' },
    scanner: { address: 'serial:/dev/motcua-none?baud=9600' },
    chipReader: { kind: 'pn532', address: chip.address },
  })
  writeFileSync(join(data, 'station.json'), JSON.stringify(config))
  expect((await checkConfiguredDevices(data)).map(({ name, ok }) => [name, ok])).toEqual([
    ['printer', true],
    ['scanner', false],
    ['chip-reader', true],
  ])
  await Promise.all([chip.stop(), new Promise((resolve) => printer.close(resolve))])
})

test('a printer says its name, firmware and what is wrong; a backup and a device that is not plugged in are told', async () => {
  const printer = await startPrinterSim({ at: 'tcp://127.0.0.1:0', fault: 'cover-open' })
  const config = {
    ...JSON.parse(JSON.stringify(sampleConfig())) as object, sample: false,
    printer: { address: printer.address, profile: 'epson-tm-t82' }, backupPrinter: { address: 'serial:usb=0403:6001:NONE', profile: 'generic-80' },
  }
  writeFileSync(join(data, 'station.json'), JSON.stringify(config))
  const open = new Map((await checkConfiguredDevices(data)).map(({ name, ok, detail }) => [name, { ok, detail }]))
  expect(open.get('printer')).toMatchObject({ ok: false, detail: expect.stringContaining('Nắp máy in đang mở') as string })
  expect(open.get('backup-printer')).toMatchObject({ ok: false, detail: expect.stringContaining('Không thấy thiết bị') as string })
  printer.setFault(null)
  const well = (await checkConfiguredDevices(data)).find(({ name }) => name === 'printer')
  expect(well).toMatchObject({ ok: true, detail: expect.stringContaining('EPSON TM-T82 1.00: Máy in sẵn sàng') as string })
  await printer.stop()
})
