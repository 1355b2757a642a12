import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { simCards } from '#native/sim/scanner/cards.ts'
import { startScannerSim, type ScannerSim } from '#native/sim/scanner/scanner-sim.ts'
import type { Scan } from './scan.ts'
import { openScanner, type Scanner, type ScannerOptions } from './scanner.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of open.splice(0).reverse()) await stop()
})

async function sim(at: string): Promise<ScannerSim> {
  const made = await startScannerSim({ at })
  open.push(made.stop)
  return made
}

/** A scanner with everything it read so far, and a way to wait for more. */
async function listen(address: string, options: Partial<ScannerOptions> = {}): Promise<{ readonly scanner: Scanner; readonly read: Scan[]; readonly wait: (count: number) => Promise<void> }> {
  const scanner = openScanner({ address, today: () => '2026-11-23', retryMs: 50, ...options })
  open.push(scanner.close)
  const read: Scan[] = []
  scanner.onScan((scan) => read.push(scan))
  await state(scanner, 'connected')
  const wait = (count: number) => until(() => read.length >= count, `${count} scans`)
  return { scanner, read, wait }
}

async function until(true_: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 60_000; !true_(); ) {
    if (Date.now() > end) throw new Error(`no ${what} in a minute`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const state = (scanner: Scanner, wanted: string) => until(() => scanner.status().state === wanted, wanted)
const pty = () => `pty:${join(mkdtempSync(join(tmpdir(), 'scanner-')), 'tty')}`
const card = (index: number) => simCards[index]?.qr ?? ''

describe.each(['tcp', 'pty'])('over %s', (kind) => {
  const at = () => (kind === 'tcp' ? 'tcp://127.0.0.1:0' : pty())
  it('reads every card of the simulator, front and back', async () => {
    const device = await sim(at())
    const { read, wait } = await listen(device.address)
    for (const one of simCards) {
      await device.scan(one.qr, { suffix: 'crlf', chunks: 7 })
      await device.scan(one.mrz.join('\r\n'), { suffix: 'cr' })
    }
    await wait(simCards.length * 2)
    expect(read.map((scan) => scan.kind)).toEqual(simCards.flatMap(() => ['cccd', 'mrz']))
    expect(read.every((scan) => (scan.kind === 'mrz' ? scan.valid : scan.kind === 'cccd' && scan.warnings.length === 0))).toBe(true)
  })
  it('ends a line by silence, and waits longer for a card that broke off', async () => {
    const device = await sim(at())
    const { read, wait } = await listen(device.address)
    await device.scan(card(1), { suffix: 'none' })
    await wait(1)
    await device.scan(card(1), { suffix: 'none', chunks: 2, pauseMs: 250 })
    await wait(2)
    await device.scan('ABC', { suffix: 'none' })
    await wait(3)
    await device.scan(card(1).slice(0, 50), { suffix: 'none' })
    await wait(4)
    expect(read.map((scan) => scan.kind)).toEqual(['cccd', 'cccd', 'other', 'invalid'])
  })
  it('reads a good card after each fault', async () => {
    const device = await sim(at())
    const { read, wait } = await listen(device.address)
    for (const fault of ['half', 'ascii', 'double', 'garbage', 'slow', 'glued'] as const) {
      await device.scan(card(0), { fault })
      await device.scan(card(3))
    }
    await wait(13)
    const kinds = read.map((scan) => (scan.kind === 'invalid' ? scan.reason : scan.kind)).filter((one) => one !== 'other')
    expect(kinds).toEqual(['incomplete', 'cccd', 'letters-lost', ...Array.from({ length: 10 }, () => 'cccd')])
  })
})

describe('a scanner that goes away', () => {
  it('is found again on the same pty and drops the half line', async () => {
    const at = pty()
    const first = await startScannerSim({ at })
    const { scanner, read, wait } = await listen(first.address)
    await first.scan(card(0).slice(0, 30), { suffix: 'none' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    await first.stop()
    await state(scanner, 'lost')
    const second = await sim(at)
    await state(scanner, 'connected')
    await second.scan(card(2))
    await wait(1)
    expect(read).toMatchObject([{ kind: 'cccd', fullName: 'Trần Đình Đạt' }])
  })
  it('is waited for when it is not there at the start, and close() ends the waiting', async () => {
    const scanner = openScanner({ address: 'tcp://127.0.0.1:1', retryMs: 20 })
    const seen: string[] = []
    scanner.onStatus((status) => seen.push(status.state === 'lost' ? status.code : status.state))
    await until(() => seen.length >= 4, 'second try')
    await scanner.close()
    expect(seen.slice(0, 3)).toEqual(['connecting', 'unreachable', 'unreachable'])
    expect(seen.at(-1)).toBe('closed')
  })
})
