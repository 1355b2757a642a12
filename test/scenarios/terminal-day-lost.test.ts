import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ChargeDesk, type ChargeBook } from '#effects/charge-desk.ts'
import { Journal } from '#journal/journal.ts'
import { openTerminalDay } from '#main/station/terminal-day.ts'
import { id } from '#main/demo/client.ts'
import { startEcrSim } from '#native/sim/ecr/start.ts'
import { startZvtSim } from '#native/sim/zvt/start.ts'
import { openTerminal, type TerminalProtocol } from '#native/terminal/open.ts'
import { openTransport } from '#native/transport/open.ts'
import type { Transport } from '#native/transport/transport.ts'
import { openViews } from '#views/views.ts'

/** Real drivers over TCP, with a line that breaks when the order to close the day has just gone out. */

let folder = ''
let closer = new AsyncDisposableStack()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-day-lost-'))
  closer = new AsyncDisposableStack()
})
afterEach(async () => {
  await closer.disposeAsync()
  rmSync(folder, { recursive: true, force: true })
})

/** `06 50` of ZVT; function code 50 in the header of an ECR request, behind STX, length (2) and 12 characters. */
const closes: Readonly<Record<TerminalProtocol, (bytes: Uint8Array) => boolean>> = {
  zvt: (bytes) => bytes[0] === 0x06 && bytes[1] === 0x50,
  ecr: (bytes) => bytes[0] === 0x02 && Buffer.from(bytes).toString('latin1', 15, 17) === '50',
}

/** A line that breaks once, when it has sent what `breaks` says. */
async function fragile(address: string, signal: AbortSignal, breaks: (bytes: Uint8Array) => boolean): Promise<Transport> {
  const line = await openTransport(address, { signal })
  return {
    address: line.address,
    onData: (callback) => line.onData(callback),
    onClose: (callback) => line.onClose(callback),
    close: () => line.close(),
    write: async (bytes) => {
      await line.write(bytes)
      if (breaks(bytes)) await line.close()
    },
  }
}

test.each<TerminalProtocol>(['zvt', 'ecr'])('%s: the line breaks when the order has gone out: unknown, and closing again ends it', async (protocol) => {
  const at = { at: 'tcp://127.0.0.1:0', bankFile: join(folder, 'bank.jsonl') }
  const sim = await (protocol === 'zvt' ? startZvtSim(at) : startEcrSim({ ...at, ackMs: 50 }))
  closer.defer(() => sim.stop())
  let orders = 0
  const breaks = (bytes: Uint8Array) => closes[protocol](bytes) && ++orders === 1
  const terminal = await openTerminal(protocol, sim.address, { exponent: 0, connect: (signal) => fragile(sim.address, signal, breaks) })
  const journal = new Journal({ file: join(folder, 'journal.db'), station: 'quay', views: openViews, now: Date.now })
  closer.defer(() => journal.close())
  const nothing = () => undefined
  const book: ChargeBook = { openCards: () => [], find: () => null, cardReported: nothing, cardCharged: nothing, cardDoubted: nothing, cancel: nothing }
  const charges = new ChargeDesk({ book, terminal, asks: true, changed: nothing, log: nothing })
  closer.defer(() => charges.close())
  const { dayClosing, terminalDays } = openTerminalDay({ journal, charges, now: Date.now, log: nothing })

  expect(dayClosing.begin(id(), 'an')).toBeNull()
  await expect.poll(() => dayClosing.runningSince()).toBeNull()
  expect([orders, terminalDays.last()]).toMatchObject([1, { outcome: 'unknown', reason: 'no-answer' }])

  expect(dayClosing.begin(id(), 'an')).toBeNull()
  await expect.poll(() => dayClosing.runningSince()).toBeNull()
  expect([orders, terminalDays.last()]).toMatchObject([2, { outcome: 'closed', differences: [] }])
  const types = journal.after(journal.origin, 0, 10).map(({ type }) => type)
  expect(types).toEqual(['terminal.day-asked', 'terminal.day-failed', 'terminal.day-asked', 'terminal.day-closed'])
})
