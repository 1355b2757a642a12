import { afterEach, expect, test, vi } from 'vitest'
import type { QueueSnapshot, Ticket } from '#domain/ticket.ts'
import { newDay } from '#domain/queue/state.ts'
import { snapshotOf } from '#domain/queue/snapshot.ts'
import { CommandLog } from '#journal/commands.ts'
import { setMeta } from '#journal/database.ts'
import { Journal } from '#journal/journal.ts'
import { promoteSpare, restoreHub } from '#main/simulation/faults/promotion.ts'
import type { Scene } from '#main/simulation/faults/scene.ts'
import { Ledger } from '#main/simulation/office/ledger.ts'
import { Patience } from '#main/simulation/office/people.ts'
import { noPlant } from '#main/simulation/plants/plants.ts'
import { Machine, type Program } from '#main/simulation/world/machine.ts'
import { ProcessDied } from '#main/simulation/world/process.ts'
import { World } from '#main/simulation/world/world.ts'
import { sampleConfig } from '#main/station/sample.ts'
import type { PeerClient } from '#sync/http-client.ts'
import { eventsPath, ourVersions } from '#sync/protocol/messages.ts'
import { startPusher, systemClock } from '#sync/pusher.ts'
import type { HubListener, HubPort } from '#usecases/hub-port.ts'
import { LinkedQueue } from '#usecases/linked-queue.ts'
import { NumberBlocks } from '#usecases/number-blocks.ts'
import { promote, resumeAfterRestore } from '#usecases/promotion.ts'
import { QueueCopy } from '#usecases/queue-copy.ts'
import { QueueDesk } from '#usecases/queue-desk.ts'
import { seenTickets } from '#usecases/witness.ts'
import { HubUnreachableError } from '#usecases/queue-port.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'

/** Bugs that `motcua simulate` found, each by its symptom. */

const day = '2026-11-23'
const journals: Journal[] = []
const journalOf = (file: string | Buffer, station = 'quay-3'): Journal => {
  const journal = new Journal({ file, station, views: openViews, now: Date.now })
  journals.push(journal)
  return journal
}
afterEach(() => {
  for (const journal of journals.splice(0)) journal.close()
})

const { services, counters, rules } = sampleConfig()
function snapshotWith(lease: string): QueueSnapshot {
  const bare = snapshotOf(newDay(day, { ...rules, services, counters }), { ...rules, services, counters }, 0, () => null)
  return { ...bare, tickets: [{ id: 't1', lease: { id: lease, counter: 3 }, note: null, heldReason: null } as unknown as Ticket] }
}

test('a citizen was called to two counters: a lease given back before the first copy of the queue was stored was forgotten with that copy', () => {
  const journal = journalOf(':memory:')
  const copy = new QueueCopy(journal)
  copy.giveBack(['l1'])
  copy.keep(snapshotWith('l1'), 0)
  expect([...copy.gone]).toEqual(['l1'])
  expect([...new QueueCopy(journal).gone]).toEqual(['l1'])
})

test('a citizen was called to two counters: a disk put back under a new epoch went on with leases of the old one', () => {
  const journal = journalOf(':memory:')
  new QueueCopy(journal).keep(snapshotWith('l1'), 0)
  setMeta(journal.db, 'epoch', 'cafe0001')
  expect(new QueueCopy(journalOf(journal.db.serialize())).stored).toBeNull()
})

/** A peer that answers each hello and keeps nothing. */
function peer(epoch: string, refused: readonly unknown[] = []): PeerClient & { hellos: number } {
  const client = {
    hellos: 0,
    close: () => undefined,
    post: () => {
      client.hellos += 1
      return Promise.resolve({ status: 200, body: { protocol: ourVersions.newest, epoch, marks: {}, encodings: ['identity'], refused } })
    },
  }
  return client
}
const nothing = { origins: () => [], after: () => [], head: () => null }
const until = async (holds: () => boolean, most = 3_000): Promise<void> => {
  for (let tries = 0; !holds() && tries < most; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10))
}

test('a fork stood unseen for hours: a clock set back kept the idle pusher from saying hello', async () => {
  let back = 0
  const client = peer('e1')
  const pusher = startPusher({ source: nothing, client, peer: { url: '', key: '' }, office: 'o', station: 's', idleMs: 40, clock: { ...systemClock, now: () => Date.now() - back } })
  await until(() => client.hellos === 1)
  back = 8 * 3_600_000
  await until(() => client.hellos >= 3)
  await pusher.close()
  expect(client.hellos).toBeGreaterThanOrEqual(3)
})

test('a supervisor was told for ever of an origin that does not exist: the line had garbled its name', async () => {
  const client = peer('e1', [{ code: 'unknown-origin', origin: 'quay-3.garbled' }])
  const pusher = startPusher({ source: nothing, client, peer: { url: '', key: '' }, office: 'o', station: 's' })
  await until(() => pusher.state().reachable)
  const { refused } = pusher.state()
  await pusher.close()
  expect(refused).toBeNull()
})

test('a payment stood twice at central: a garbled question about a fork was taken for a difference, and what was there already moved under the new epoch', async () => {
  const journal = journalOf(':memory:')
  const note = (subject: string) => journal.append('x', [{ type: 'help.asked', subject, data: { station: 's' } }])
  note('shared')
  note('ours')
  const theirs = { seq: 2, hash: 'e'.repeat(64) }
  let garbled = 2
  const client: PeerClient = {
    close: () => undefined,
    post: ({ path, body }) => {
      const first = path === eventsPath ? (JSON.parse(Buffer.from(body).toString()) as { batches: { first: number }[] }).batches[0]?.first : undefined
      const code = first !== undefined && garbled-- > 0 ? 'bad-hash' : first === 2 ? 'fork' : null
      const refused = code ? [{ code, origin: journal.origin }] : []
      return Promise.resolve({ status: 200, body: { protocol: ourVersions.newest, epoch: 'e1', marks: { [journal.origin]: theirs }, encodings: ['identity'], refused } })
    },
  }
  const pusher = startPusher({ source: { origins: () => journal.origins(), after: journal.after.bind(journal), head: journal.head.bind(journal) }, client, peer: { url: '', key: '' }, office: 'o', station: 's' })
  await until(() => pusher.state().forks.length > 0)
  const { forks } = pusher.state()
  await pusher.close()
  expect(forks).toEqual([{ origin: journal.origin, common: 1 }])
})

const started = { type: 'station.started', subject: 'quay-3', data: { version: '', roles: [] } } as const
const called = { type: 'ticket.called', subject: 't1', data: { counter: 3, staff: 'hanh', times: 1, callSeq: 1 } } as const

/** What the queue of a process needs besides a way to the hub. */
const queueParts = (journal: Journal) => ({ journal, commands: new CommandLog(journal.db), vault: new Vault(':memory:', Buffer.alloc(32, 7)), rules: { ...rules, services, counters }, now: Date.now })

/** The queue of a station whose hub answers no command, `sent` or not, unless `command` does, and its side of the link. */
function awayQueue(journal: Journal, sent = false, command?: HubPort['command']): { readonly queue: LinkedQueue; readonly listener: HubListener } {
  let listener: HubListener | null = null
  const away = () => Promise.reject(new HubUnreachableError(0, sent))
  const hub: HubPort = { open: (one) => (listener = one), command: command ?? away, leaseCodes: away, leaseNumbers: away, witness: away, renew: () => {}, close: () => {} }
  const queue = new LinkedQueue({ ...queueParts(journal), hub, counters: [3], numbers: new NumberBlocks(journal), numberDays: () => [] })
  if (!listener) throw new Error('the queue opened no link')
  return { queue, listener }
}

test('a citizen was called to two counters: a forgotten copy of the disk had brought the hub another event under the number of the call made alone', () => {
  const station = journalOf(':memory:')
  station.append('system', [started])
  const copy = journalOf(station.db.serialize())
  copy.append('system', [started])
  station.append('hanh', [called])
  const { origin, seq, hash } = awayQueue(station).listener.hello()
  const hubOf = (chain: Journal) => {
    const journal = journalOf(':memory:', 'hub')
    journal.appendReplica(chain.after(origin, 0, 10))
    return new QueueDesk(queueParts(journal))
  }
  expect(copy.head(origin)?.seq).toBe(seq)
  expect(hubOf(copy).reached(origin, seq, hash)).toBe(false)
  expect(hubOf(station).reached(origin, seq, hash)).toBe(true)
})

test('a number was leased twice: a promoted hub began again with a day of which its copy knew nothing, and the one before had leased of it', async () => {
  const other = '2026-12-01'
  const [hub, spare] = [journalOf(':memory:', 'hub'), journalOf(':memory:', 'spare')]
  const lent = await new QueueDesk(queueParts(hub)).leaseNumbers('c1', other, 'kiosk-1')
  promote(spare, queueParts(spare).rules, [day])
  const later = await new QueueDesk(queueParts(spare)).leaseNumbers('c2', other, 'kiosk-2')
  const numbersOf = ({ blocks }: typeof lent) => blocks.flatMap(({ prefix, from, to }) => Array.from({ length: to - from + 1 }, (_, nth) => `${prefix}${from + nth}`))
  const before = new Set(numbersOf(lent))
  expect(before.size).toBeGreaterThan(999)
  expect(numbersOf(later).filter((number) => before.has(number))).toEqual([])
})

const issue = { kind: 'issue', service: 'A', procedure: null, title: '', priority: null, papers: [], station: 'kiosk' } as const

test('one press, two tickets: the hub died before it answered, the station began anew without it and took the same command for a new one', async () => {
  const station = journalOf(':memory:')
  const { listener, queue } = awayQueue(station, true)
  const hub = new QueueDesk(queueParts(journalOf(':memory:', 'hub')))
  listener.news({ snapshot: { ...hub.snapshot(), asOf: Date.now() }, term: 1 })
  new NumberBlocks(station).received(await hub.leaseNumbers('c1', hub.snapshot().day, 'quay-3'))
  await expect(queue.execute('c2', 'kiosk', issue)).rejects.toMatchObject({ sent: true })
  queue.close()
  const again = awayQueue(station).queue
  await expect(again.execute('c2', 'kiosk', issue)).rejects.toMatchObject({ sent: true })
  expect(await again.execute('c3', 'kiosk', issue)).toMatchObject({ ok: true })
})

test('one press, two tickets: the hub died before it answered, and the one that took over was asked the same', async () => {
  const station = journalOf(':memory:')
  const spare = journalOf(':memory:', 'spare')
  promote(spare, queueParts(spare).rules, [day])
  const successor = new QueueDesk(queueParts(spare))
  const word = (term: number) => ({ snapshot: { ...successor.snapshot(), asOf: Date.now() }, term })
  const before = awayQueue(station, true)
  before.listener.news(word(1))
  await expect(before.queue.execute('c1', 'kiosk', issue)).rejects.toMatchObject({ sent: true })
  before.queue.close()
  const { listener, queue } = awayQueue(station, true, successor.execute)
  listener.news(word(2))
  await expect(queue.execute('c1', 'kiosk', issue)).rejects.toMatchObject({ sent: true })
  expect(await queue.execute('c2', 'kiosk', issue)).toMatchObject({ ok: true })
  expect(successor.snapshot().tickets).toHaveLength(1)
})

test('a citizen who had been served waited again in the books, and the ticket was put aside as a duplicate: the kiosk had told the next hub of it, then the old hub’s own events came back', async () => {
  const [hub, next] = [journalOf(':memory:', 'hub'), journalOf(':memory:', 'spare')]
  const desk = new QueueDesk(queueParts(hub))
  await desk.execute('c1', 'kiosk', issue)
  await desk.execute('c2', 'hanh', { kind: 'call-next', counter: 3, finishCurrent: false })
  const seen = desk.snapshot().tickets
  promote(next, queueParts(next).rules, [day])
  const successor = new QueueDesk(queueParts(next))
  successor.witness(seenTickets(seen))
  await successor.execute('c3', 'hanh', { kind: 'start', counter: 3 })
  await successor.execute('c4', 'hanh', { kind: 'finish', counter: 3 })
  next.appendReplica(hub.after(hub.origin, 0, 100))
  expect(next.quarantine.list()).toEqual([])
  expect(next.db.prepare('SELECT id, state FROM v_tickets').all()).toEqual([{ id: seen[0]?.id, state: 'done' }])
})

test('an old hub that comes back is told at the first word of the one that the station follows', () => {
  const { listener } = awayQueue(journalOf(':memory:'))
  expect(listener.hello().term).toBe(0)
  listener.news({ snapshot: null, term: 2 })
  expect(listener.hello().term).toBe(2)
})

test('peers could not be reached and outboxes stayed full in the evening: the hub burnt after the mending, the office opened again, and the storm of that second day never ended (seeds 9301, 11279, 2393)', async () => {
  const world = new World(1, noPlant, null)
  // The copy stands still for a while, before the hub burns.
  vi.spyOn(world.faults, 'chance').mockReturnValue(true)
  const machine = (name: string) => ({ name, program: {} })
  const burning = promoteSpare({ world, site: { hub: machine('hub'), spare: machine('spare') } } as unknown as Scene)
  world.mended = true
  const { closing } = world
  await world.timeline.runUntil(closing)
  await burning
  expect(world.hubFell).toBe(false)
  expect(world.closing).toBe(closing)
})

test('a citizen asked all evening what only the hub before its restore could say: the one put back died as it took over (seed 8831)', async () => {
  const world = new World(1, noPlant, null)
  const hub = new Machine<Program>('hub', world.timeline, (machine, disk) => {
    const journal = new Journal({ file: disk ?? ':memory:', station: 'hub', views: openViews, now: Date.now })
    if (!resumeAfterRestore(journal, queueParts(journal).rules, [day])) return { journal }
    machine.crash(journal.db)
    throw new ProcessDied('hub')
  })
  hub.start()
  const asking = new Patience(world).insist('kiosk-2', 'ticket', () => Promise.reject(new HubUnreachableError(0, true)), { ofHub: true })
  const off = { name: 'off', program: null, disk: null }
  const restoring = restoreHub({ world, site: { hub, spare: off, central: off, stations: [] }, ledger: new Ledger() } as unknown as Scene)
  await world.timeline.runUntil(world.closing + 90_000)
  await restoring
  expect(world.hubFell).toBe(true)
  expect(await asking).toEqual({ is: 'never' })
  expect(world.violations).toEqual([])
})
