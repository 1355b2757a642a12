import { randomUUID } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Connection } from '#preload/bridge/connection.ts'
import { Machines, motcua } from './hub-support/machines.ts'

const office = new Machines()

beforeAll(async () => {
  await office.makeHub()
  await office.start('may-chu')
  for (const [name, purpose] of [['ki-ot', 'kiosk'], ['du-phong', 'spare']] as const) expect((await office.pair(name, purpose)).json).toMatchObject({ ok: true })
  await Promise.all(['ki-ot', 'du-phong'].map((name) => office.start(name)))
})
afterAll(() => office.close(), 30_000)

/** Waits until the kiosk is with the hub again. */
async function withHub(kiosk: Connection): Promise<void> {
  for await (const view of await kiosk.client.kiosk.live()) if (view.hubLostSince === null && view.services.length > 0) return
}

async function take(kiosk: Connection): Promise<string> {
  const { ticket } = await kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false })
  return ticket.number
}

/** How many events of the hub's first epoch a machine holds. */
const firstEpochAt = (name: string, origin: string) => office.query<{ count: number }>(name, 'SELECT count(*) AS count FROM events WHERE origin = ?', origin)[0]?.count

const numbersAt = (name: string) => office.query<{ number: string }>(name, 'SELECT number FROM v_tickets').map(({ number }) => number).toSorted()

it('a hub put back from a backup: none of the numbers given since is given again, and what it lacks comes back from its spare', { timeout: 120_000 }, async () => {
  const kiosk = await office.screen('ki-ot', 'kiosk')
  await withHub(kiosk)
  const given = [await take(kiosk), await take(kiosk)]
  await office.kill('may-chu')
  cpSync(office.folder('may-chu'), office.folder('backup'), { recursive: true })
  await office.start('may-chu')
  await withHub(kiosk)
  for (let n = 0; n < 5; n += 1) given.push(await take(kiosk))
  await expect.poll(() => numbersAt('du-phong'), { timeout: 60_000 }).toEqual(given.toSorted())

  await office.kill('may-chu')
  const [first = ''] = office.query<{ origin: string }>('may-chu', `SELECT DISTINCT origin FROM events WHERE origin LIKE 'may-chu.%'`).map(({ origin }) => origin)
  rmSync(office.folder('may-chu'), { recursive: true })
  cpSync(office.folder('backup'), office.folder('may-chu'), { recursive: true })
  expect(await motcua('station', 'new-epoch', '--data', office.folder('may-chu'))).toMatchObject({ code: 0, json: { ok: true } })
  await office.start('may-chu')
  await withHub(kiosk)
  const next = await take(kiosk)
  expect(next).toMatch(/^A10\d\d$/)
  await expect.poll(() => numbersAt('may-chu'), { timeout: 60_000 }).toEqual([...given, next].toSorted())
  // Its own journal of then, not only what the kiosk remembers of the queue.
  const held = firstEpochAt('du-phong', first)
  await expect.poll(() => firstEpochAt('may-chu', first), { timeout: 60_000 }).toBe(held)
  expect(office.query('may-chu', 'SELECT * FROM quarantine')).toEqual([])
})
