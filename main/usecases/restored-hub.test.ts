import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { parseLocal } from '#domain/local-time.ts'
import { CommandLog } from '#journal/commands.ts'
import { openDatabase } from '#journal/database.ts'
import { Journal } from '#journal/journal.ts'
import { renewEpoch } from '#journal/renew-epoch.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'
import { HubTerm } from './hub-term.ts'
import { resumeAfterRestore } from './promotion.ts'
import { QueueDesk } from './queue-desk.ts'

const clock = { now: parseLocal('2026-11-23T09:00') ?? 0 }
const now = () => clock.now
const { services, counters, rules: bare } = sampleConfig()
const rules = { ...bare, services, counters }
const days = ['2026-11-23', '2026-11-24']

/** The office's hub on a disk's bytes. */
function startHub(disk: Buffer | ':memory:') {
  const journal = new Journal({ file: disk, station: 'hub', views: openViews, now })
  const vault = new Vault(':memory:', Buffer.alloc(32, 7))
  const desk = new QueueDesk({ journal, commands: new CommandLog(journal.db), vault, rules, now })
  let closed = false
  const close = () => {
    if (closed) return
    closed = true
    desk.close()
    journal.close()
    vault.close()
  }
  onTestFinished(close)
  const issue = () => {
    const answer = desk.run(randomUUID(), 'kiosk', { kind: 'issue', service: 'A', procedure: null, title: '', priority: null, papers: [], station: 'hub' })
    return answer.ok ? desk.snapshot().tickets.find(({ id }) => id === answer.done.ticketId)?.number : answer.reason
  }
  return { journal, desk, issue, close, disk: () => journal.db.serialize() }
}

function renewed(backup: Buffer): Buffer {
  const db = openDatabase(backup)
  renewEpoch(db, 'hub', now())
  const disk = db.serialize()
  db.close()
  return disk
}

it('a hub put back from a backup of the morning gave the numbers of the hours since a second time', async () => {
  clock.now = parseLocal('2026-11-23T09:00') ?? 0
  const old = startHub(':memory:')
  expect([old.issue(), old.issue()]).toEqual(['A001', 'A002'])
  const backup = old.disk()
  const since = Array.from({ length: 300 }, () => old.issue())
  const leased = await old.desk.leaseNumbers(randomUUID(), '2026-11-23', 'kiosk')
  const codes = await old.desk.leaseCodes(randomUUID(), '2026-11-23', 'quay-3')
  const lost = old.journal.after(old.journal.origin, 0, 10_000)
  old.close()

  const hub = startHub(renewed(backup))
  expect(resumeAfterRestore(hub.journal, rules, days)).toMatchObject({ term: 2 })
  const fresh = Array.from({ length: 30 }, () => hub.issue())
  expect(fresh.filter((number) => since.includes(number))).toEqual([])
  expect(fresh[0]).toBe('A1002')
  const { blocks, own } = await hub.desk.leaseNumbers(randomUUID(), '2026-11-23', 'kiosk')
  for (const block of blocks) for (const other of leased.blocks) expect(block.prefix !== other.prefix || block.from > other.to || block.to < other.from, block.prefix).toBe(true)
  expect(own).not.toBe(leased.own)
  expect((await hub.desk.leaseCodes(randomUUID(), '2026-11-23', 'quay-3')).from).toBeGreaterThan(codes.to)

  // What the backup lacked comes back: nothing is put aside, nobody who waits is forgotten, and the count goes on behind the block.
  hub.journal.appendReplica(lost)
  expect(hub.journal.db.prepare('SELECT count(*) FROM quarantine').pluck().get()).toBe(0)
  expect(hub.desk.snapshot().tickets).toHaveLength(2 + 300 + 30)
  expect(hub.issue()).toBe('A1052')

  // Once only: not at the next start, and tomorrow begins at 001.
  const again = startHub(hub.disk())
  expect(resumeAfterRestore(again.journal, rules, days)).toBeNull()
  expect(again.issue()).toBe('A1053')
  clock.now = parseLocal('2026-11-24T09:00') ?? 0
  expect(again.issue()).toBe('A001')
})

it('a hub put back from a backup gave a citizen who is leased to a silent counter to another one', async () => {
  clock.now = parseLocal('2026-11-23T09:00') ?? 0
  const old = startHub(':memory:')
  const [one, two] = counters.filter((counter) => counter.services.includes('A')).map(({ id }) => id)
  const detach = old.desk.attach('left', 'left.0', [one ?? 0], () => undefined)
  for (let n = 0; n < 4; n += 1) old.issue()
  const { leased } = old.desk.leasedTo('left')
  expect(leased).toBeGreaterThan(0)
  const backup = old.disk()
  detach()
  old.close()

  const hub = startHub(renewed(backup))
  expect(resumeAfterRestore(hub.journal, rules, days)).not.toBeNull()
  hub.desk.refold()
  expect(hub.desk.leasedTo('left')).toEqual({ leased, away: leased })
  const called = () => hub.desk.snapshot().tickets.filter((ticket) => ticket.counter === two)
  for (let n = 0; n < 4; n += 1) {
    const next = await hub.desk.execute(randomUUID(), 'duong', { kind: 'call-next', counter: two ?? 0, finishCurrent: false })
    if (!next.ok) break
    for (const kind of ['start', 'finish'] as const) hub.desk.run(randomUUID(), 'duong', { kind, counter: two ?? 0 })
  }
  expect(hub.desk.leasedTo('left')).toEqual({ leased, away: leased })
  expect(called().length).toBeLessThanOrEqual(4 - leased)
})

it('a hub that was never put back goes on as it was', () => {
  clock.now = parseLocal('2026-11-23T09:00') ?? 0
  const hub = startHub(':memory:')
  hub.issue()
  const again = startHub(hub.disk())
  expect(resumeAfterRestore(again.journal, rules, days)).toBeNull()
  expect(again.issue()).toBe('A002')
  expect(again.desk.term.own).toBe(1)
})

it('a hub that meets another of its own term is the hub no longer, also after its next start', () => {
  const hub = startHub(':memory:')
  const term = new HubTerm(hub.journal)
  term.begin()
  expect(term.superseded).toBe(false)
  let told = 0
  term.onSuperseded(() => (told += 1))
  term.stepBack()
  expect([term.superseded, told, term.known]).toEqual([true, 1, 2])
  expect(new HubTerm(hub.journal).superseded).toBe(true)
})

it('a hub that hears of a newer one does nothing any more, and what it did before is still answered', () => {
  const { desk } = startHub(':memory:')
  const issue = { kind: 'issue', service: 'A', procedure: null, title: '', priority: null, papers: [], station: 'kiosk' } as const
  const first = desk.run('c1', 'kiosk', issue)
  desk.term.learn(2)
  expect(desk.run('c2', 'kiosk', issue)).toMatchObject({ ok: false, reason: 'hub-superseded' })
  expect(desk.run('c1', 'kiosk', issue)).toEqual(first)
})
