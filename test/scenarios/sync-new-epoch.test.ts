import { cpSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openScreen } from '#main/demo/client.ts'
import { verifyFolder } from '#main/cli/verify.ts'
import type { RunningStation } from '#main/station.ts'
import { motcua } from './cli-support/motcua.ts'
import { accept, TestOffice } from './sync-support/stations.ts'

let office: TestOffice
beforeEach(() => {
  office = new TestOffice()
})
afterEach(() => office.close())

interface Event {
  readonly origin: string
  readonly seq: number
  readonly type: string
  readonly subject: string
}

const allEvents = 'SELECT origin, seq, type, subject FROM events'
const ownEvents = (name: string) => office.query<Event>(name, `${allEvents} WHERE origin LIKE 'quay-3.%' ORDER BY origin, seq`)
const atHub = () => office.query<Event>('hub', `${allEvents} WHERE origin LIKE 'quay-3.%' ORDER BY origin, seq`)
const dossiersAt = (name: string) => office.query<{ code: string }>(name, 'SELECT code FROM v_dossiers ORDER BY code').map(({ code }) => code)

/** What the supervisor of a station sees of its way to the hub, once it says no. */
async function refusal(station: RunningStation): Promise<unknown> {
  const { client, close } = await openScreen(station.ready.urls.supervisor ?? '')
  try {
    for await (const { sync } of await client.supervisor.live()) if (sync[0]?.refused) return sync[0].refused
    return null
  } finally {
    close()
  }
}

/** What a station's page shows as put aside. */
async function asideOn(station: RunningStation): Promise<readonly string[]> {
  const { client, close } = await openScreen(station.ready.urls.supervisor ?? '')
  try {
    for await (const { quarantine } of await client.replication.live()) return quarantine.map(({ subject }) => subject)
    return []
  } finally {
    close()
  }
}

/** Everything of these folders is at the hub, with the same numbers and no number twice. */
async function expectAtHub(...folders: readonly string[]): Promise<void> {
  const key = ({ origin, seq, type, subject }: Event) => `${origin} ${seq} ${type} ${subject}`
  const expected = () => [...new Set(folders.flatMap((folder) => ownEvents(folder).map(key)))]
  await expect.poll(() => expected().filter((one) => !atHub().map(key).includes(one))).toEqual([])
}

test('a cloned disk is refused, says what to do, and goes on under an epoch of its own: nothing lost, nothing twice', async () => {
  await office.hub(['quay-3'])
  const first = await office.counter('quay-3', 3)
  await accept(first, 1)
  await expectAtHub('quay-3')
  await office.stop('quay-3')
  cpSync(office.folder('quay-3'), office.folder('clone'), { recursive: true })

  const original = await office.counter('quay-3', 3)
  const [second] = [await accept(original, 2)]
  await expectAtHub('quay-3')
  const clone = await office.counter('quay-3', 3, 'clone')
  const same = await accept(clone, 3)
  expect(same.code).toBe(second.code)
  expect(await refusal(clone)).toMatchObject({ code: 'fork', origin: expect.stringMatching(/^quay-3\./) as unknown })
  const running = await motcua(['station', 'new-epoch', '--data', office.folder('clone')])
  expect(running).toMatchObject({ code: 1, out: '' })
  expect(running.err).toContain('đóng Một Cửa')
  await office.stop('clone')

  const mended = await motcua(['station', 'new-epoch', '--data', office.folder('clone'), '--json'])
  expect(mended.code).toBe(0)
  expect(JSON.parse(mended.out)).toMatchObject({ ok: true, from: expect.stringMatching(/^quay-3\./) as unknown, moved: expect.any(Number) as unknown })
  expect(verifyFolder(office.folder('clone'))).toMatchObject({ ok: true, problems: [] })
  const again = await office.counter('quay-3', 3, 'clone')
  const third = await accept(again, 4)
  expect(third.code).not.toBe(second.code)
  await expectAtHub('quay-3', 'clone')

  // The number that both copies gave is one dossier at the hub; the other is put aside for the head of the office to see.
  expect(dossiersAt('hub')).toEqual([...new Set([...dossiersAt('quay-3'), ...dossiersAt('clone')])].toSorted())
  expect(office.query('hub', 'SELECT reason, subject FROM quarantine JOIN events USING (origin, seq)')).toEqual([{ reason: 'duplicate', subject: same.code }])
  expect(office.query('hub', `SELECT count(*) AS n FROM events WHERE type = 'dossier.accepted'`)).toEqual([{ n: 4 }])
  // At the clone it is the other way round: there the page doesn't send the clerk after the dossier that counts.
  await expect.poll(() => office.query('clone', 'SELECT subject FROM quarantine JOIN events USING (origin, seq)')).toEqual([{ subject: same.code }])
  expect(await asideOn(again)).toEqual([])
  expect(await asideOn(office.running('hub'))).toEqual([same.code])
  await office.stop('clone')
  await office.stop('quay-3')
  await office.stop('hub')
  for (const name of ['hub', 'quay-3', 'clone']) expect(verifyFolder(office.folder(name))).toMatchObject({ ok: true, problems: [] })
})

test('a data folder put back from an old backup likewise', async () => {
  await office.hub(['quay-3'])
  await accept(await office.counter('quay-3', 3), 1)
  await office.stop('quay-3')
  cpSync(office.folder('quay-3'), office.folder('backup'), { recursive: true })
  const later = await accept(await office.counter('quay-3', 3), 2)
  await expectAtHub('quay-3')
  const lost = ownEvents('quay-3').length
  await office.stop('quay-3')
  rmSync(office.folder('quay-3'), { recursive: true })
  cpSync(office.folder('backup'), office.folder('quay-3'), { recursive: true })

  expect(await refusal(await office.counter('quay-3', 3))).toMatchObject({ code: 'fork' })
  await office.stop('quay-3')
  expect((await motcua(['station', 'new-epoch', '--data', office.folder('quay-3')])).code).toBe(0)
  const next = await accept(await office.counter('quay-3', 3), 3)
  await expectAtHub('quay-3')
  expect(atHub().length).toBeGreaterThan(lost)
  expect(next.code).not.toBe(later.code)
  expect(dossiersAt('hub')).toContain(later.code)
  // What the backup lacked comes back from the hub, event by event.
  await expect.poll(() => dossiersAt('quay-3')).toContain(later.code)
  expect(ownEvents('quay-3').filter(({ type }) => type === 'dossier.accepted')).toHaveLength(3)
  expect(new Set(office.query<{ v: string; n: number }>('hub', 'SELECT register_volume AS v, register_number AS n FROM v_dossiers').map(({ v, n }) => `${v} ${n}`)).size).toBe(3)
  expect(office.query('hub', 'SELECT * FROM quarantine')).toEqual([])
})

test('no journal, wrong options', async () => {
  expect(await motcua(['station', 'new-epoch', '--data', office.folder('nowhere')])).toMatchObject({ code: 1, out: '' })
  expect(await motcua(['station', 'new-epoch', '--fast'])).toMatchObject({ code: 2, out: '' })
  expect((await motcua(['station', 'new-epoch', '--help'])).code).toBe(0)
})
