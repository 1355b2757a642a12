import { expect, it, onTestFinished } from 'vitest'
import { firstPrev, type StoredEvent } from '#domain/event.ts'
import { hashOf } from '#journal/chain.ts'
import { Downstream } from '#journal/downstream.ts'
import { Journal } from '#journal/journal.ts'
import { openViews } from '#views/views.ts'
import { replicationParts } from './care-parts.ts'

const origin = 'quay-3.0000aaaa'

/** So many events of another station that no view can take. */
function unreadable(count: number): readonly StoredEvent[] {
  let prev: string = firstPrev
  return Array.from({ length: count }, (_, index) => {
    const event = { origin, seq: index + 1, at: 1, actor: 'lan', type: 'dossier.accepted', version: 1, subject: `code-${index + 1}`, data: '{}', prev }
    const hash = hashOf(event)
    prev = hash
    return { ...event, hash }
  })
}

function hubWith(count: number) {
  const journal = new Journal({ file: ':memory:', station: 'hub', views: openViews, now: () => 5 })
  onTestFinished(() => journal.close())
  journal.appendReplica(unreadable(count))
  const downstream = new Downstream(journal.db)
  return { journal, downstream, parts: replicationParts({ journal, downstream, replication: { retry: () => undefined }, central: null, isHub: true }) }
}

it('an event that hub and central put aside stood on the page twice', () => {
  const { downstream, parts } = hubWith(1)
  const notice = (seq: number) => downstream.put({ kind: 'quarantine', key: `${origin}#${seq}`, at: 9, body: JSON.stringify({ type: 'dossier.accepted', subject: `code-${seq}`, reason: 'malformed: x' }) })
  notice(1)
  notice(7)
  expect(parts.quarantine().map(({ where, seq, reason }) => [where, seq, reason])).toEqual([['here', 1, 'malformed'], ['central', 7, 'malformed']])
})

it('behind two hundred that can not be mended nothing was tried again', async () => {
  const { journal, parts } = hubWith(201)
  expect(parts.quarantine()).toHaveLength(200)
  // A later version understands the last one.
  journal.db.prepare(`UPDATE events SET type = 'weather.noted' WHERE seq = 201`).run()
  expect(await parts.retryQuarantine()).toEqual({ mended: 1, away: false })
})

it('what was mended by hand is off the page, and what stood behind two hundred of them comes up; it stays stored', () => {
  const { journal, downstream, parts } = hubWith(201)
  downstream.put({ kind: 'quarantine', key: `${origin}#7`, at: 9, body: JSON.stringify({ type: 'dossier.accepted', subject: 'code-7', reason: 'duplicate' }) })
  for (let seq = 1; seq <= 200; seq += 1) parts.settle('lan', { origin, seq })
  // Pressed twice, or for something that is not there.
  parts.settle('lan', { origin, seq: 7 })
  parts.settle('lan', { origin, seq: 999 })
  expect(parts.quarantine().map(({ seq }) => seq)).toEqual([201])
  expect(journal.head(journal.origin)?.seq).toBe(200)
  expect(journal.quarantine.list()).toHaveLength(200)
})

it('a counter settled it: the hub’s page says nothing more of it either', () => {
  const { journal, parts } = hubWith(1)
  const event = { origin: 'quay-4.0000bbbb', seq: 1, at: 1, actor: 'lan', type: 'quarantine.settled', version: 1, subject: `${origin}#1`, data: JSON.stringify({ origin, seq: 1, staff: 'lan' }), prev: firstPrev }
  journal.appendReplica([{ ...event, hash: hashOf(event) }])
  expect(parts.quarantine()).toEqual([])
})
