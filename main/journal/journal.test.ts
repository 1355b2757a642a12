import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { NewEvent } from '#domain/event.ts'
import { openViews } from '#views/views.ts'
import { viewsThatDiffer } from '#views/verify.ts'
import { openDatabase } from './database.ts'
import { CommandLog } from './commands.ts'
import { ChainError, CommitUnknownError, Journal } from './journal.ts'
import { verifyChains } from './verify.ts'

let dir: string
const open: Journal[] = []
const journalAt = (name: string, station = 'a') => {
  const journal = new Journal({ file: join(dir, name), station, views: openViews, now: () => 1_795_000_000_000 })
  open.push(journal)
  return journal
}
const ticket = (n: number): NewEvent => ({
  type: 'ticket.issued',
  subject: `t${n}`,
  data: { number: `A${n}`, day: '2026-11-23', service: 'A', procedure: null, title: 'Khai sinh', priority: null, papers: [], promised: null, key: `k${n}`, station: 'a' },
})

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-journal-'))
})
afterEach(() => {
  for (const journal of open.splice(0)) if (journal.db.open) journal.close()
  rmSync(dir, { recursive: true, force: true })
})

it('numbers without gaps, chains each event to the one before, survives reopening', () => {
  const journal = journalAt('j.db')
  journal.append('kiosk', [ticket(1), ticket(2)])
  journal.append('kiosk', [ticket(3)])
  const { origin } = journal
  journal.close()
  const again = journalAt('j.db')
  expect(again.origin).toBe(origin)
  again.append('kiosk', [ticket(4)])
  expect(again.after(origin, 0, 10).map((event) => event.seq)).toEqual([1, 2, 3, 4])
  expect(verifyChains(again)).toMatchObject({ events: 4, problems: [] })
  expect(viewsThatDiffer(again.db, openDatabase(':memory:'))).toEqual([])
})

it('a view that refuses takes the event with it', () => {
  const journal = journalAt('j.db')
  journal.append('kiosk', [ticket(1)])
  expect(() => journal.append('kiosk', [ticket(2), { ...ticket(1), subject: 'another' }])).toThrow(/UNIQUE/)
  expect(journal.head(journal.origin)?.seq).toBe(1)
  journal.append('kiosk', [ticket(3)])
  expect(verifyChains(journal)).toMatchObject({ events: 2, problems: [] })
})

it('a changed byte, a removed event and a touched view are all found', () => {
  const journal = journalAt('j.db')
  journal.append('kiosk', [ticket(1), ticket(2), ticket(3)])
  journal.close()
  const tamper = (sql: string) => {
    const db = new Database(join(dir, 'j.db'))
    db.exec(sql)
    db.close()
    return journalAt('j.db')
  }
  const touched = tamper(`UPDATE v_tickets SET state = 'done' WHERE id = 't1'`)
  expect(viewsThatDiffer(touched.db, openDatabase(':memory:'))).toEqual(['v_tickets'])
  touched.close()
  const changed = tamper(`UPDATE events SET data = replace(data, 'A2', 'A9') WHERE seq = 2`)
  expect(verifyChains(changed).problems[0]).toMatch(/#2: bad-hash/)
  changed.close()
  const removed = tamper('DELETE FROM events WHERE seq = 2')
  expect(verifyChains(removed).problems[0]).toMatch(/gap|fork/)
})

it('copies of another origin: idempotent, gaps and forks refused whole', () => {
  const source = journalAt('s.db', 's')
  const hub = journalAt('h.db', 'h')
  source.append('kiosk', [ticket(1), ticket(2), ticket(3)])
  const events = source.after(source.origin, 0, 10)
  expect(hub.appendReplica(events.slice(0, 2))).toHaveLength(2)
  expect(hub.appendReplica(events)).toHaveLength(1)
  expect(hub.appendReplica(events)).toHaveLength(0)
  const last = events[2]!
  expect(() => hub.appendReplica([{ ...last, seq: 5 }])).toThrow(ChainError)
  expect(() => hub.appendReplica([{ ...last, data: '{}', hash: 'f'.repeat(64) }])).toThrow(/fork/)
  expect(hub.after(source.origin, 1, 10)).toEqual(events.slice(1))
})

it('an event of a newer version is kept, passed over, and changes no view', () => {
  const journal = journalAt('j.db')
  const hub = journalAt('h.db', 'h')
  journal.append('kiosk', [{ ...ticket(1), type: 'ticket.teleported' } as unknown as NewEvent])
  hub.appendReplica(journal.after(journal.origin, 0, 10))
  expect(hub.db.prepare('SELECT count(*) FROM v_tickets').pluck().get()).toBe(0)
  expect(verifyChains(hub)).toMatchObject({ events: 1, problems: [] })
})

it('a command kept in the same transaction answers the second time', () => {
  const journal = journalAt('j.db')
  const log = new CommandLog(journal.db)
  journal.append('kiosk', [ticket(1)], () => log.keep('c1', 1, { ticketId: 't1' }))
  expect(log.answerOf('c1')).toEqual({ ticketId: 't1' })
  expect(log.answerOf('c2')).toBeUndefined()
  expect(() => journal.append('kiosk', [ticket(2)], () => log.keep('c1', 1, {}))).toThrow(/UNIQUE/)
  expect(journal.head(journal.origin)?.seq).toBe(1)
})

it('a full disk on which nothing can be read for a while leaves no gap in the chain', () => {
  const journal = journalAt('j.db')
  journal.append('kiosk', [ticket(1)])
  const prepare = journal.db.prepare.bind(journal.db)
  const pages = Number(journal.db.pragma('page_count', { simple: true }))
  journal.db.pragma(`max_page_count = ${pages + 1}`)
  journal.db.prepare = () => {
    throw new Error('disk I/O error')
  }
  const much = Array.from({ length: 200 }, (_, n) => ticket(n + 2))
  expect(() => journal.append('kiosk', much)).toThrow(CommitUnknownError)
  journal.db.prepare = prepare as typeof journal.db.prepare
  journal.db.pragma('max_page_count = 1000000')
  journal.append('kiosk', [ticket(2)])
  expect(journal.head(journal.origin)?.seq).toBe(2)
  expect(verifyChains(journal)).toMatchObject({ events: 2, problems: [] })
})

it('an event of another station that no view can take is kept, passed over and told; those behind it go on, also when views are folded anew', () => {
  const bad = new Journal({ file: join(dir, 'b.db'), station: 'b', views: () => () => undefined, now: () => 1 })
  open.push(bad)
  bad.append('x', [ticket(1), { ...ticket(1), subject: 'same number' } as NewEvent, { type: 'ticket.called', subject: 't1', data: { counter: {} } } as unknown as NewEvent, ticket(2)])
  const told: string[] = []
  const hub = new Journal({ file: join(dir, 'h.db'), station: 'h', views: openViews, now: () => 1, onPassedOver: (event) => told.push(event.subject) })
  open.push(hub)
  expect(hub.appendReplica(bad.after(bad.origin, 0, 10))).toHaveLength(4)
  expect(told).toEqual(['same number', 't1'])
  expect(hub.db.prepare('SELECT count(*) FROM v_tickets').pluck().get()).toBe(2)
  hub.db.exec(`UPDATE meta SET value = 'older' WHERE key = 'views'`)
  expect(() => openViews(hub.db)).not.toThrow()
  expect(hub.db.prepare('SELECT count(*) FROM v_tickets').pluck().get()).toBe(2)
  expect(viewsThatDiffer(hub.db, openDatabase(':memory:'))).toEqual([])
})

it('a clock set years ahead made one press two tickets: the answers of the last commands stay, however old it calls them', () => {
  const commands = new CommandLog(journalAt('j.db').db)
  commands.keep('old', 0, { ticket: 'a' })
  for (let n = 0; n < 1_000; n += 1) commands.keep(`c${n}`, 1_000 + n, { n })
  commands.tidy(1_000 + 5 * 365 * 86_400_000)
  expect([commands.answerOf('c0'), commands.answerOf('c999')]).toEqual([{ n: 0 }, { n: 999 }])
  expect(commands.answerOf('old')).toBe(undefined)
})
