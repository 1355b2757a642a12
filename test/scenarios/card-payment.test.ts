import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CardPayment, CounterView } from '#contract/counter.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { id, openScreen, waitFor } from '#main/demo/client.ts'
import { intakeForm } from '#main/demo/citizens.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { writeConfig } from '#main/config.ts'
import { startChild, type Child } from '#main/demo/processes.ts'
import { standing } from '#native/sim/ecr/bank.ts'
import { startEcrSim, type EcrSim } from '#native/sim/ecr/start.ts'

interface Ready {
  readonly urls: Readonly<Record<string, string>>
}

let folder = ''
let sim: EcrSim | null = null
let station: Child<Ready> | null = null
let port = '0'

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-card-'))
  port = '0'
})
afterEach(async () => {
  await station?.stop()
  await sim?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const bankFile = () => join(folder, 'bank.jsonl')

async function terminal(fault = '', at = 'tcp://127.0.0.1:0'): Promise<string> {
  sim = await startEcrSim({ at, bankFile: bankFile(), fault, thinkMs: 50, bootMs: 200 })
  return sim.address
}

async function startStation(address: string, protocol: 'ecr' | 'hand' = 'ecr'): Promise<Connection> {
  const config = { ...sampleConfig(), listen: { host: '127.0.0.1', port: Number(port), publicHost: null }, terminal: { protocol, address, profile: null, exponent: 0 as const } }
  writeConfig(join(folder, 'station.json'), config)
  station = await startChild<Ready>(['station', '--headless', '--data', folder, '--port', port], join(folder, 'errors.log'))
  const url = station.ready.urls['counter'] ?? ''
  port = new URL(url).port
  return openScreen(url)
}

/** A dossier with something to pay, taken in without a ticket. */
async function dossierToPay({ client }: Connection) {
  const procedure = (await client.counter.procedures()).find((one) => one.code === '2.002516')
  if (!procedure) throw new Error('the catalogue is empty')
  const { dossier } = await client.counter.accept({ commandId: id(), ...intakeForm({ ...procedure, service: 'A', together: [] }, 5, ''), ticketId: null })
  expect(dossier.feeTotal).toBeGreaterThan(0)
  return { code: dossier.code, amount: dossier.feeTotal }
}

const cardOf = (view: CounterView, paymentId: string): CardPayment | undefined => view.cards.find((card) => card.paymentId === paymentId)

/** As the foot of the counter's screen shows it. */
const terminalState = (view: CounterView) => view.devices.find((device) => device.kind === 'terminal')?.state

async function untilState({ client }: Connection, paymentId: string, state: CardPayment['state'], ms = 30_000): Promise<CounterView> {
  return waitFor(`card ${state}`, (signal) => client.counter.live(undefined, { signal }), (view) => cardOf(view, paymentId)?.state === state, ms)
}

test('a card is charged once, or a QR code of the terminal paid once; the fee is paid, a receipt is printed', async () => {
  const counter = await startStation(await terminal())
  for (const [method, kind] of [['card', 'sale'], ['terminal-qr', 'qr']] as const) {
    const sum = await dossierToPay(counter)
    const { paymentId } = await counter.client.counter.payCard({ commandId: id(), ...sum, method })
    const view = await untilState(counter, paymentId, 'received')
    expect([view.payWays.includes(method), cardOf(view, paymentId)?.method, terminalState(view)]).toEqual([true, method, 'ok'])
    expect(await counter.client.counter.dossier({ code: sum.code })).toMatchObject({ paid: sum.amount, paidBy: method })
    expect(standing(bankFile()).at(-1)).toMatchObject({ kind, units: sum.amount })
    await expect(counter.client.counter.payCash({ commandId: id(), ...sum, given: sum.amount })).rejects.toMatchObject({ data: { reason: 'already-paid' } })
  }
  expect(standing(bankFile())).toHaveLength(2)
  counter.close()
})

test('a declined card leaves the fee open, and cash can be taken', async () => {
  const counter = await startStation(await terminal('declined'))
  const sum = await dossierToPay(counter)
  const { paymentId } = await counter.client.counter.payCard({ commandId: id(), ...sum })
  const view = await untilState(counter, paymentId, 'cancelled')
  expect(cardOf(view, paymentId)?.reason).toBeTruthy()
  expect(standing(bankFile())).toEqual([])
  await counter.client.counter.payCash({ commandId: id(), ...sum, given: sum.amount })
  counter.close()
})

test('a station killed while the terminal charges, by card or by QR code, finds out after its start, without a second sale', { timeout: 120_000 }, async () => {
  const address = await terminal('late=1500')
  let counter = await startStation(address)
  for (const [sold, method] of (['card', 'terminal-qr'] as const).entries()) {
    const sum = await dossierToPay(counter)
    const { paymentId } = await counter.client.counter.payCard({ commandId: id(), ...sum, method })
    await expect.poll(() => standing(bankFile()).length, { timeout: 30_000 }).toBe(sold + 1)
    await station?.kill()
    counter.close()
    counter = await startStation(address)
    await untilState(counter, paymentId, 'received', 60_000)
  }
  expect(standing(bankFile()).map(({ kind }) => kind)).toEqual(['sale', 'qr'])
  counter.close()
})

test('in doubt nothing is sold: another card waits, cash for this dossier too, until the terminal or a slip says', async () => {
  const counter = await startStation(await terminal('no-answer,no-inquiry'))
  const [sum, other] = [await dossierToPay(counter), await dossierToPay(counter)]
  const { paymentId } = await counter.client.counter.payCard({ commandId: id(), ...sum })
  await untilState(counter, paymentId, 'charging')
  await counter.client.counter.askTerminal({ paymentId, what: 'abort' })
  await untilState(counter, paymentId, 'unknown', 100_000)
  await expect(counter.client.counter.payCard({ commandId: id(), ...other })).rejects.toMatchObject({ data: { reason: 'card-in-doubt' } })
  await expect(counter.client.counter.payCash({ commandId: id(), ...sum, given: sum.amount })).rejects.toMatchObject({ data: { reason: 'card-in-doubt' } })
  await counter.client.counter.settleCard({ commandId: id(), paymentId, approval: 'A07919' })
  expect(await counter.client.counter.dossier({ code: sum.code })).toMatchObject({ paid: sum.amount, paidBy: 'card' })
  counter.close()
})

test('a terminal that is not there takes no money and says so at once', async () => {
  const counter = await startStation('tcp://127.0.0.1:9')
  const sum = await dossierToPay(counter)
  const { paymentId } = await counter.client.counter.payCard({ commandId: id(), ...sum })
  const view = await untilState(counter, paymentId, 'cancelled')
  expect([cardOf(view, paymentId)?.reason, terminalState(view)]).toEqual(['unreachable', 'down'])
  await counter.client.counter.payCash({ commandId: id(), ...sum, given: sum.amount })
  counter.close()
})

test('a terminal without a cable: the clerk types the amount there and the approval code here', async () => {
  const counter = await startStation('', 'hand')
  const [sum, other] = [await dossierToPay(counter), await dossierToPay(counter)]
  const { paymentId } = await counter.client.counter.payCard({ commandId: id(), ...sum })
  const view = await untilState(counter, paymentId, 'charging')
  expect(cardOf(view, paymentId)).toMatchObject({ byHand: true, canBeAsked: false })
  await counter.client.counter.settleCard({ commandId: id(), paymentId, approval: 'A1B2C3' })
  await untilState(counter, paymentId, 'received')
  const second = await counter.client.counter.payCard({ commandId: id(), ...other })
  await counter.client.counter.askTerminal({ paymentId: second.paymentId, what: 'abort' })
  await untilState(counter, second.paymentId, 'unknown')
  await counter.client.counter.settleCard({ commandId: id(), paymentId: second.paymentId, approval: null })
  await untilState(counter, second.paymentId, 'cancelled')
  counter.close()
})
