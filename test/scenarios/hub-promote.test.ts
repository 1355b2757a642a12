import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CounterView } from '#contract/counter.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { Machines, motcua } from './hub-support/machines.ts'

const office = new Machines()
const stations = ['quay-2', 'quay-3', 'ki-ot', 'du-phong'] as const

beforeAll(async () => {
  await office.makeHub()
  await office.start('may-chu')
  for (const [name, purpose] of [['quay-2', 'counter:2'], ['quay-3', 'counter:3'], ['ki-ot', 'kiosk'], ['du-phong', 'spare']] as const) {
    expect((await office.pair(name, purpose)).json).toMatchObject({ ok: true, station: name })
  }
  await Promise.all(stations.map((name) => office.start(name)))
})
afterAll(() => office.close(), 30_000)

const clerks = sampleConfig().counters.filter(({ id }) => id === 2 || id === 3).map(({ staff }) => staff ?? '').toSorted()
const taken = new Map<string, string>()

async function take(kiosk: Connection): Promise<string> {
  const { ticket } = await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
  expect(taken.get(ticket.number)).toBeUndefined()
  taken.set(ticket.number, ticket.id)
  return ticket.number
}

async function seen(counter: Connection, holds: (view: CounterView) => boolean): Promise<CounterView> {
  for await (const view of await counter.client.counter.live()) if (holds(view)) return view
  throw new Error('the views ended')
}

/** Calls the next citizen, serves and finishes; the number. */
async function serve(counter: Connection): Promise<string> {
  await counter.client.counter.do({ commandId: randomUUID(), action: { kind: 'call-next', finishCurrent: false } })
  const { current } = await seen(counter, (view) => view.current !== null)
  await counter.client.counter.do({ commandId: randomUUID(), action: { kind: 'start' } })
  await counter.client.counter.do({ commandId: randomUUID(), action: { kind: 'finish' } })
  await seen(counter, (view) => view.current === null)
  return current?.ticket.number ?? ''
}

it('the hub is killed: within 2 s the counters and the kiosk work on alone, no citizen is called twice; the spare takes over in under a minute and all of it is there', async () => {
  const [two, three, kiosk] = [await office.screen('quay-2', 'counter'), await office.screen('quay-3', 'counter'), await office.screen('ki-ot', 'kiosk')]
  await seen(two, (view) => view.hubLostSince === null)
  await seen(three, (view) => view.hubLostSince === null)
  for await (const view of await kiosk.client.kiosk.live()) if (view.hubLostSince === null && view.services.length > 0) break
  // Both counters are leased to, and the kiosk has its blocks, before the first citizen.
  await expect.poll(() => office.query('may-chu', `SELECT subject FROM events WHERE type = 'lease.granted'`).length).toBeGreaterThanOrEqual(2)
  await expect.poll(() => office.query('ki-ot', 'SELECT day FROM v_number_blocks').length).toBeGreaterThan(0)
  for (let n = 0; n < 10; n += 1) await take(kiosk)
  const served = [await serve(two), await serve(three)]
  await expect.poll(() => copied('du-phong')).toBe(true)
  await expect.poll(() => office.query('du-phong', 'SELECT 1 FROM v_tickets').length).toBe(10)

  // A refused promotion ends (it went on for ever: its connection to the station stayed open).
  expect(await motcua('hub', 'promote', '--data', office.folder('quay-2'))).toMatchObject({ code: 1 })

  const killed = performance.now()
  await office.kill('may-chu')
  await Promise.all([seen(two, (view) => view.hubLostSince !== null), seen(three, (view) => view.hubLostSince !== null)])
  expect(performance.now() - killed).toBeLessThan(2_000)
  served.push(await serve(two), await serve(three))
  const away = await take(kiosk)
  expect(away).toBe('A801')

  const began = performance.now()
  const promoted = await motcua('hub', 'promote', '--data', office.folder('du-phong'))
  expect(promoted).toMatchObject({ code: 0, json: { ok: true, term: 2, station: 'du-phong' } })
  await Promise.all([seen(two, (view) => view.hubLostSince === null), seen(three, (view) => view.hubLostSince === null)])
  expect(performance.now() - began).toBeLessThan(60_000)

  // Acknowledged before or meanwhile: all of it is at the new hub.
  for await (const view of await kiosk.client.kiosk.live()) if (view.hubLostSince === null) break
  await expect.poll(() => office.query<{ number: string }>('du-phong', `SELECT number FROM v_tickets WHERE state = 'done'`).map(({ number }) => number).toSorted()).toEqual(served.toSorted())
  expect(await take(kiosk)).toMatch(/^A2\d\d$/)
  await expect.poll(() => office.query('du-phong', 'SELECT 1 FROM v_tickets').length).toBe(taken.size)
  const next = [await serve(two), await serve(three)]
  expect(new Set([...served, ...next]).size).toBe(6)
  // The journal names the clerk, at the hub and away from it, and not the station.
  const actors = office.query<{ actor: string }>('du-phong', `SELECT DISTINCT actor FROM events WHERE type IN ('ticket.called', 'ticket.finished')`)
  expect(actors.map(({ actor }) => actor).toSorted()).toEqual(clerks)
})

/** Whether the spare's copy of the hub's journal is complete. */
function copied(spare: string): boolean {
  const head = (name: string) => office.query<{ origin: string; seq: number }>(name, `SELECT origin, max(seq) AS seq FROM events WHERE origin LIKE 'may-chu.%' GROUP BY origin`)
  return JSON.stringify(head(spare)) === JSON.stringify(head('may-chu'))
}

it('the old hub comes back: it is refused and says what to do, and joins again as a station with what only it had', async () => {
  await expect(office.start('may-chu')).rejects.toThrow('ended with 1')
  const again = await motcua('station', '--headless', '--data', office.folder('may-chu'))
  expect(again).toMatchObject({ code: 1 })
  expect(again.stderr).toContain('motcua station pair')
  expect((await office.pair('may-chu', 'kiosk', 'du-phong', office.portOf('du-phong'))).json).toMatchObject({ ok: true, station: 'may-chu' })
  await office.start('may-chu')
  const kiosk = await office.screen('may-chu', 'kiosk')
  for await (const view of await kiosk.client.kiosk.live()) if (view.hubLostSince === null) break
  expect(await take(kiosk)).toMatch(/^A2\d\d$/)
})
