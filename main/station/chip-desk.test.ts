import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ChipFault } from '#native/sim/chip-reader/fault.ts'
import { startChipReaderSim } from '#native/sim/chip-reader/start.ts'
import { simCards } from '#native/sim/scanner/cards.ts'
import { startScannerSim, type ScannerSim } from '#native/sim/scanner/scanner-sim.ts'
import { CardDesk } from '#usecases/card-desk.ts'
import { openChipDesk, type ChipDesk } from './chip-desk.ts'
import { openCardScanner } from './devices.ts'
import { LastContact } from './last-contact.ts'

let folder: string
let closing: AsyncDisposableStack
let logged: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chip-desk-'))
  closing = new AsyncDisposableStack()
  logged = []
})
afterEach(async () => {
  await closing.disposeAsync()
  rmSync(folder, { recursive: true, force: true })
})

/** A counter with a scanner and a chip reader at `address`, wired as a station does. */
async function counter(address: string, changed: (cards: CardDesk) => void = () => undefined): Promise<{ readonly cards: CardDesk; readonly scanner: ScannerSim }> {
  const cards: CardDesk = new CardDesk(Date.now, () => changed(cards))
  const log = (code: string, error: unknown): void => void logged.push(`${code} ${String(error)}`)
  const desk: ChipDesk = openChipDesk({ kind: 'pn532', address, csca: folder }, { cards, reader: new LastContact(), now: Date.now, log }) ?? expect.fail('no desk')
  closing.defer(() => desk.close())
  const scanner = await startScannerSim({ at: 'tcp://127.0.0.1:0' })
  closing.defer(() => scanner.stop())
  const connected = new Promise<void>((resolve) => scanner.onReader(resolve))
  const opened = openCardScanner(scanner.address, { onCard: cards.read, onZone: desk.scanned, onCode: cards.readCode }, () => undefined)
  closing.defer(() => opened?.close())
  await connected
  return { cards, scanner }
}

async function reader(person: number, ...faults: readonly ChipFault[]): Promise<string> {
  const sim = await startChipReaderSim({ at: 'tcp://127.0.0.1:0', reader: 'pn532', person, cscaFolder: folder, faults: new Set(faults) })
  closing.defer(() => sim.stop())
  return sim.address
}

async function scanBack(scanner: ScannerSim, person: number): Promise<void> {
  for (const line of simCards[person - 1]?.mrz ?? []) await scanner.scan(line)
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 20 })

it('the back is scanned, the card lies on the reader: the person of the chip, verified', async () => {
  const { cards, scanner } = await counter(await reader(2))
  await scanBack(scanner, 2)
  await until(() => expect(cards.since(0)?.authentic).toBe('verified'))
  expect(cards.since(0)).toMatchObject({
    person: { fullName: 'Nguyễn Hoàng Phương Uyên Thảo', idNumber: '066194004827', oldIdNumber: '241567890', dob: '1994-03-18', sex: 'female', address: 'Thôn 4, xã Hòa Phú, tỉnh Đắk Lắk', idIssued: '2021-08-20' },
    warnings: [],
  })
  expect([cards.chipSince(0), logged]).toEqual([null, []])
})

it('a forged chip is a card that says so; without DG13 the zone must do', async () => {
  const { cards, scanner } = await counter(await reader(3, 'tampered-dg', 'no-dg13'))
  await scanBack(scanner, 3)
  await until(() => expect(cards.since(0)?.authentic).toBe('failed'))
  expect(cards.since(0)?.person).toMatchObject({ idNumber: '066051001264', dob: '1951-01-05', address: '' })
})

it('another card lies there: told, nothing is filled in, nothing personal is logged', async () => {
  const { cards, scanner } = await counter(await reader(5))
  await scanBack(scanner, 2)
  await until(() => expect(cards.chipSince(0)).toMatchObject({ state: 'failed', code: 'wrong-key' }))
  expect(cards.since(0)).toBeNull()
  expect(logged).toEqual(['chip-read ChipError: wrong-key: PACE 6300'])
})

it('a dead reader holds nothing up: QR codes are read as ever', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined).resume())
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  closing.defer(() => new Promise<void>((resolve) => void silent.close(() => resolve())))
  const { cards, scanner } = await counter(`tcp://127.0.0.1:${(silent.address() as AddressInfo).port}`)
  await scanBack(scanner, 1)
  await until(() => expect(cards.chipSince(0)).toMatchObject({ state: 'reading' }))
  await scanner.scan(simCards[0]?.qr ?? '')
  await until(() => expect(cards.since(0)).toMatchObject({ authentic: null, person: { idNumber: '066187003095' } }))
  await until(() => expect(cards.chipSince(0)).toMatchObject({ state: 'failed', code: 'reader-silent' }))
})

it('a citizen who left before the chip was read leaves nothing behind', async () => {
  const { cards, scanner } = await counter(await reader(2), (desk) => queueMicrotask(() => desk.forget()))
  const wanted = vi.spyOn(cards, 'isWanted')
  await scanBack(scanner, 2)
  await until(() => expect(wanted).toHaveReturnedWith(false))
  expect([cards.since(0), cards.chipSince(0)]).toEqual([null, null])
})
