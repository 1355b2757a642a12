import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TerminalDayView } from '#contract/terminal-day.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { writeConfig } from '#main/config.ts'
import { intakeForm } from '#main/demo/citizens.ts'
import { id, openScreen, waitFor } from '#main/demo/client.ts'
import { startChild, type Child } from '#main/demo/processes.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { startEcrSim } from '#native/sim/ecr/start.ts'
import { startZvtSim } from '#native/sim/zvt/start.ts'
import { openTerminal, type TerminalProtocol } from '#native/terminal/open.ts'

/** A real station, a simulated terminal over TCP, and somebody who also takes money at the terminal without the station. */

interface Ready {
  readonly urls: Readonly<Record<string, string>>
}

let folder = ''
let closer = new AsyncDisposableStack()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-day-'))
  closer = new AsyncDisposableStack()
})
afterEach(async () => {
  await closer.disposeAsync()
  rmSync(folder, { recursive: true, force: true })
})

async function simulator(protocol: TerminalProtocol): Promise<string> {
  const at = { at: 'tcp://127.0.0.1:0', bankFile: join(folder, 'bank.jsonl') }
  const sim = await (protocol === 'zvt' ? startZvtSim({ ...at, citizenMs: 10 }) : startEcrSim({ ...at, thinkMs: 10 }))
  closer.defer(() => sim.stop())
  return sim.address
}

/** A payment at the terminal that the station never hears of. */
async function chargeBehindOurBack(protocol: TerminalProtocol, address: string, amount: number): Promise<void> {
  const terminal = await openTerminal(protocol, address, { exponent: 0 })
  const { outcome } = await terminal.charge({ reference: 'KHAC-1', amount, at: Date.now(), lastReceipt: null }, { record: () => undefined })
  await terminal.close()
  expect(outcome).toBe('approved')
}

async function startStation(protocol: TerminalProtocol, address: string) {
  writeConfig(join(folder, 'station.json'), { ...sampleConfig(), listen: { host: '127.0.0.1', port: 0, publicHost: null }, terminal: { protocol, address, profile: null, exponent: 0 } })
  const station: Child<Ready> = await startChild<Ready>(['station', '--headless', '--data', folder, '--port', '0'], join(folder, 'errors.log'))
  closer.defer(() => station.stop())
  const [counter, supervisor] = await Promise.all([openScreen(station.ready.urls['counter'] ?? ''), openScreen(station.ready.urls['supervisor'] ?? '')])
  closer.defer(() => counter.close())
  closer.defer(() => supervisor.close())
  return { counter, supervisor }
}

/** Takes a dossier in and its fee by card; answers the fee. */
async function payByCard({ client }: Connection): Promise<number> {
  const procedure = (await client.counter.procedures()).find((one) => one.code === '2.002516')
  if (!procedure) throw new Error('the catalogue is empty')
  const { dossier } = await client.counter.accept({ commandId: id(), ...intakeForm({ ...procedure, service: 'A', together: [] }, 5, ''), ticketId: null })
  const { paymentId } = await client.counter.payCard({ commandId: id(), code: dossier.code, amount: dossier.feeTotal })
  await waitFor('card received', (signal) => client.counter.live(undefined, { signal }), (view) => view.cards.some((card) => card.paymentId === paymentId && card.state === 'received'))
  return dossier.feeTotal
}

const dayWhen = ({ client }: Connection, wanted: (view: TerminalDayView) => boolean): Promise<TerminalDayView> =>
  waitFor('the terminal’s day', (signal) => client.terminalDay.live(undefined, { signal }), wanted)

async function closeDay(supervisor: Connection): Promise<TerminalDayView['last']> {
  const before = (await dayWhen(supervisor, () => true)).open.closed?.at ?? null
  await supervisor.client.terminalDay.close({ commandId: id() })
  return (await dayWhen(supervisor, ({ runningSince, last, open }) => runningSince === null && last !== null && open.closed?.at !== before)).last
}

test('ZVT tells its totals: a payment made behind our back is listed, and the next day agrees', async () => {
  const address = await simulator('zvt')
  await chargeBehindOurBack('zvt', address, 30_000)
  const { counter, supervisor } = await startStation('zvt', address)
  const fee = await payByCard(counter)
  expect(await closeDay(supervisor)).toMatchObject({
    outcome: 'closed',
    staff: 'supervisor',
    terminal: { count: 2, amount: fee + 30_000, byCard: [{ card: 'Visa', count: 2 }] },
    journal: { count: 1, amount: fee },
    differences: [{ what: 'count', terminal: 2, journal: 1 }, { what: 'amount', terminal: fee + 30_000, journal: fee }],
    sales: [{ amount: fee, receipt: '0002' }],
  })
  await payByCard(counter)
  expect(await closeDay(supervisor)).toMatchObject({ terminal: { count: 1, amount: fee }, journal: { count: 1, amount: fee }, differences: [] })
  await expect(counter.client.terminalDay.close({ commandId: id() })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('ECR leaves its totals on its slip: typed from there, they show the payment made behind our back', async () => {
  const address = await simulator('ecr')
  await chargeBehindOurBack('ecr', address, 30_000)
  const { counter, supervisor } = await startStation('ecr', address)
  const fee = await payByCard(counter)
  expect(await closeDay(supervisor)).toMatchObject({ outcome: 'closed', terminal: null, journal: { count: 1, amount: fee }, differences: [] })
  await supervisor.client.terminalDay.compare({ count: 2, amount: fee + 30_000 })
  const { last } = await dayWhen(supervisor, (view) => view.last?.outcome === 'closed' && view.last.typedBy !== null)
  expect(last).toMatchObject({ typedBy: 'supervisor', differences: [{ what: 'count', terminal: 2, journal: 1 }, { what: 'amount', terminal: fee + 30_000, journal: fee }] })
})
