import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseLocal } from '#domain/local-time.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import { CommandLog } from '#journal/commands.ts'
import { Journal } from '#journal/journal.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'
import type { HubListener, HubPort } from './hub-port.ts'
import { LinkedQueue } from './linked-queue.ts'
import { NumberBlocks } from './number-blocks.ts'
import { promote } from './promotion.ts'
import { QueueDesk } from './queue-desk.ts'
import { HubUnreachableError } from './queue-port.ts'
import { seenTickets } from './witness.ts'

let dir: string
const ends: (() => void)[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-leases-'))
})
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end()
  rmSync(dir, { recursive: true, force: true })
})

const clock = { now: parseLocal('2026-11-23T09:00') ?? 0 }
const now = () => clock.now
const { services, counters, rules: bare } = sampleConfig()
const rules = { ...bare, services, counters }

/** Journal and vault of a machine; the folder outlives a restart of it. */
function books(name: string) {
  const vault = new Vault(join(dir, `${name}-vault.db`), Buffer.alloc(32, 7))
  const journal = new Journal({ file: join(dir, `${name}.db`), station: name, views: openViews, now })
  let closed = false
  const close = () => {
    if (closed) return
    closed = true
    journal.close()
    vault.close()
  }
  ends.push(close)
  return { journal, vault, commands: new CommandLog(journal.db), rules, now, close }
}

function startHub() {
  const parts = books('hub')
  return { ...parts, desk: new QueueDesk(parts) }
}
type Hub = ReturnType<typeof startHub>

interface Wire {
  up: boolean
  loseAnswers: boolean
  mend: () => void
  cut: () => void
  /** The cable is out, and neither end has noticed. */
  silent: () => void
}

/** A wire between a station and the hub in one process, with the journal's replication; `cut` and `mend` are all that happens to it. */
function startStation(name: string, own: readonly number[], hub: Hub, kiosk = false) {
  const parts = books(name)
  const wire: Wire = { up: false, loseAnswers: false, mend: () => {}, cut: () => {}, silent: () => {} }
  let listener: HubListener | null = null
  let hang: () => void = () => {}
  const far = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!wire.up) throw new HubUnreachableError(now(), false)
    const done = await work()
    if (wire.loseAnswers) throw new HubUnreachableError(now(), true)
    return done
  }
  const tell = () => wire.up && listener?.news({ snapshot: { ...hub.desk.snapshot(), asOf: now() }, term: hub.desk.term.own })
  const port: HubPort = {
    open: (one) => (listener = one),
    command: (id, actor, command) => far(() => hub.desk.execute(id, actor, command, name)),
    leaseCodes: (id, day) => far(() => hub.desk.leaseCodes(id, day, name)),
    leaseNumbers: (id, day) => far(() => hub.desk.leaseNumbers(id, day, name)),
    witness: (tickets) => far(() => Promise.resolve(hub.desk.witness(tickets))),
    renew: () => {
      wire.cut()
      wire.mend()
    },
    close: () => wire.cut(),
  }
  const queue = new LinkedQueue({ ...parts, hub: port, counters: own, numbers: new NumberBlocks(parts.journal), numberDays: () => (kiosk ? ['2026-11-23', '2026-11-25'] : []) })
  const stop = hub.desk.onChange(tell)
  const replicate = () => {
    const have = hub.journal.head(parts.journal.origin)?.seq ?? 0
    hub.journal.appendReplica(parts.journal.after(parts.journal.origin, have, 10_000))
  }
  Object.assign(wire, {
    mend: () => {
      wire.up = true
      const { seq, hash } = listener?.hello() ?? { seq: 0, hash: null }
      replicate()
      expect(hub.desk.reached(parts.journal.origin, seq, hash)).toBe(true)
      tell()
      const detach = hub.desk.attach(name, parts.journal.origin, own, (lease) => {
        if (wire.up) queueMicrotask(() => hub.desk.givenBack(name, listener?.recall([lease]) ?? []))
      })
      hang = detach
    },
    cut: () => {
      if (!wire.up) return
      wire.up = false
      hang()
      listener?.lost()
    },
    silent: () => (wire.up = false),
  })
  ends.push(stop, queue.close)
  wire.mend()
  return { ...parts, queue, wire }
}

const issue = (service = 'A'): QueueCommand => ({ kind: 'issue', service, procedure: null, title: '', priority: null, papers: [], station: 'kiosk' })
const fill = (hub: Hub, count: number) => Array.from({ length: count }, () => hub.desk.run(randomUUID(), 'kiosk', issue()))
const numberOf = (snapshot: QueueSnapshot | null, id: string | null) => snapshot?.tickets.find((ticket) => ticket.id === id)?.number

type Station = ReturnType<typeof startStation>

async function press(station: Station, counter: number, command: { readonly kind: 'call-next' | 'start' | 'finish' }): Promise<string> {
  const whole = (command.kind === 'call-next' ? { ...command, counter, finishCurrent: false } : { ...command, counter }) as QueueCommand
  const answer = await station.queue.execute(randomUUID(), 'clerk', whole)
  return answer.ok ? (numberOf(station.queue.snapshot(), answer.done.ticketId) ?? 'done') : answer.reason
}

/** Calls, serves and finishes until nobody is left for the counter; the numbers called. */
async function serveAll(station: Station, counter: number): Promise<string[]> {
  const called: string[] = []
  for (;;) {
    const number = await press(station, counter, { kind: 'call-next' })
    if (!/^[A-Z]\d+$/.test(number)) return [...called, number]
    called.push(number)
    await press(station, counter, { kind: 'start' })
    await press(station, counter, { kind: 'finish' })
  }
}

/** Counters of the sample that serve A. */
const [one = 0, two = 0] = counters.filter((plan) => plan.services.includes('A')).map((plan) => plan.id)

it('two counters that are cut off share the waiting between them and never call the same citizen; back, the hub has every call and finish', async () => {
  const hub = startHub()
  const left = startStation('left', [one], hub)
  const right = startStation('right', [two], hub)
  fill(hub, 12)
  left.wire.cut()
  right.wire.cut()
  const [a, b] = [await serveAll(left, one), await serveAll(right, two)]
  const numbers = [...a, ...b].filter((number) => number.startsWith('A'))
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers.length).toBeGreaterThanOrEqual(6)
  expect(a.at(-1)).toBe('none-leased')
  left.wire.mend()
  right.wire.mend()
  const { tickets } = hub.desk.snapshot()
  expect(tickets.filter((ticket) => numbers.includes(ticket.number))).toEqual([])
  expect(hub.journal.db.prepare(`SELECT count(*) FROM v_tickets WHERE state = 'done'`).pluck().get()).toBe(numbers.length)
  expect(left.queue.lostSince()).toBeNull()
})

it('the hub calls what is leased to a counter only after that counter gave it back', async () => {
  const hub = startHub()
  const left = startStation('left', [one], hub)
  fill(hub, 4)
  const leased = hub.desk.snapshot().tickets.filter((ticket) => ticket.lease?.counter === one)
  expect(leased.length).toBeGreaterThan(0)
  const first = leased[0]
  const answer = await hub.desk.execute(randomUUID(), 'clerk', { kind: 'call', counter: two, ticketId: first?.id ?? '' })
  expect(answer).toMatchObject({ ok: true })
  // Its cable is pulled before the hub could say what it did with the lease.
  left.wire.cut()
  expect(await serveAll(left, one)).not.toContain(first?.number)
})

it('who was just done at another counter is called from a screen that did not know it: the hub stood still for ever', async () => {
  const hub = startHub()
  const left = startStation('left', [one], hub)
  fill(hub, 4)
  const number = await press(left, one, { kind: 'call-next' })
  const ticketId = hub.desk.snapshot().tickets.find((ticket) => ticket.number === number)?.id ?? ''
  await press(left, one, { kind: 'start' })
  await press(left, one, { kind: 'finish' })
  expect(await hub.desk.execute(randomUUID(), 'clerk', { kind: 'call', counter: two, ticketId })).toMatchObject({ ok: false, reason: 'wrong-state' })
})

it('a counter whose cable is out keeps its numbers: the others pass over them, and one called by name is refused with a reason', async () => {
  const hub = startHub()
  const left = startStation('left', [one], hub)
  fill(hub, 6)
  left.wire.silent()
  const kept = hub.desk.snapshot().tickets.filter((ticket) => ticket.lease?.counter === one)
  const called: string[] = []
  for (;;) {
    const answer = await hub.desk.execute(randomUUID(), 'clerk', { kind: 'call-next', counter: two, finishCurrent: true })
    if (!answer.ok || answer.done.ticketId === null) break
    called.push(numberOf(hub.desk.snapshot(), answer.done.ticketId) ?? '')
    hub.desk.run(randomUUID(), 'clerk', { kind: 'start', counter: two })
  }
  expect(called.toSorted()).toEqual(['A001', 'A002', 'A003', 'A004', 'A005', 'A006'].filter((number) => !kept.some((ticket) => ticket.number === number)))
  const byName = await hub.desk.execute(randomUUID(), 'clerk', { kind: 'call', counter: two, ticketId: kept[0]?.id ?? '' })
  expect(byName).toMatchObject({ ok: false, reason: 'leased-elsewhere' })
  // The head of the office sees that the machine is off, and puts its numbers back.
  left.wire.up = true
  left.wire.cut()
  expect(hub.desk.leasedTo('left')).toEqual({ leased: kept.length, away: kept.length })
  hub.desk.endLeases('head', 'left')
  expect(await hub.desk.execute(randomUUID(), 'clerk', { kind: 'call', counter: two, ticketId: kept[0]?.id ?? '' })).toMatchObject({ ok: true })
})

it('a kiosk that is cut off numbers from its blocks, then under its own letter; the hub never gives those numbers, and has the tickets afterwards', async () => {
  const hub = startHub()
  const kiosk = startStation('kiosk', [], hub, true)
  await expect.poll(() => kiosk.journal.db.prepare('SELECT count(DISTINCT day) FROM v_number_blocks').pluck().get()).toBe(2)
  fill(hub, 2)
  kiosk.wire.cut()
  const given: string[] = []
  for (let n = 0; n < 25; n += 1) {
    const answer = await kiosk.queue.execute(randomUUID(), 'kiosk', issue())
    given.push(answer.ok ? (numberOf(kiosk.queue.snapshot(), answer.done.ticketId) ?? '') : answer.reason)
  }
  expect([given[0], given[19], given[20], given[24]]).toEqual(['A801', 'A820', 'K001', 'K005'])
  // A booked slot is used once, and only the hub knows whether another kiosk gave its number already.
  const booked = await kiosk.queue.execute(randomUUID(), 'kiosk', { ...issue(), appointment: { code: 'LH-1', at: 1 } } as QueueCommand)
  expect(booked).toEqual({ ok: false, reason: 'appointment-needs-hub' })
  kiosk.wire.mend()
  expect(hub.desk.snapshot().services.find(({ id }) => id === 'A')?.waiting).toBe(27)
  fill(hub, 1)
  expect(hub.desk.snapshot().tickets.map(({ number }) => number)).toContain('A003')
  expect(new Set(hub.desk.snapshot().tickets.map(({ number }) => number)).size).toBe(28)
})

it('the copy of the queue outlives the machine: power fails for the whole office, the hub stays dead, the counter calls on, and not what it gave back', async () => {
  const hub = startHub()
  let left = startStation('left', [one], hub)
  fill(hub, 6)
  const mine = hub.desk.snapshot().tickets.filter((ticket) => ticket.lease?.counter === one)
  await hub.desk.execute(randomUUID(), 'clerk', { kind: 'call', counter: two, ticketId: mine[0]?.id ?? '' })
  left.wire.cut()
  const first = await press(left, one, { kind: 'call-next' })
  expect(first).toBe(mine[1]?.number)
  left.close()
  left = restartAlone('left', [one])
  expect(left.queue.snapshot()?.counters.find(({ id }) => id === one)?.ticket).toBe(mine[1]?.id)
  await press(left, one, { kind: 'start' })
  await press(left, one, { kind: 'finish' })
  expect(await serveAll(left, one)).toEqual([...mine.slice(2).map(({ number }) => number), 'none-leased'])
})

/** The station on its folder, with nobody on the other end. */
function restartAlone(name: string, own: readonly number[]): Station {
  const parts = books(name)
  const away = () => Promise.reject(new HubUnreachableError(now(), false))
  const port: HubPort = { open: () => {}, command: away, leaseCodes: away, leaseNumbers: away, witness: away, renew: () => {}, close: () => {} }
  const queue = new LinkedQueue({ ...parts, hub: port, counters: own, numbers: new NumberBlocks(parts.journal), numberDays: () => [] })
  return { ...parts, queue } as unknown as Station
}

it('a call whose answer was lost is in doubt, not refused; the counter went on to another citizen, and the one of the lost call waits again', async () => {
  const hub = startHub()
  const left = startStation('left', [one], hub)
  fill(hub, 6)
  left.wire.loseAnswers = true
  await expect(press(left, one, { kind: 'call-next' })).rejects.toMatchObject({ name: 'HubUnreachableError', sent: true })
  const lost = hub.desk.snapshot().counters.find(({ id }) => id === one)?.ticket
  left.wire.loseAnswers = false
  left.wire.cut()
  const own = left.queue.snapshot()?.tickets.filter((ticket) => ticket.lease?.counter === one && ticket.state === 'waiting' && ticket.id !== lost) ?? []
  const answer = await left.queue.execute(randomUUID(), 'clerk', { kind: 'call', counter: one, ticketId: own[0]?.id ?? '' })
  if (!answer.ok) expect(answer.reason).toBe('counter-busy')
  left.wire.mend()
  const { tickets, counters: after } = hub.desk.snapshot()
  const standing = tickets.filter((ticket) => ticket.state === 'called' && ticket.counter === one)
  expect(standing.map(({ id }) => id)).toEqual([after.find(({ id }) => id === one)?.ticket])
})

it('a number in a citizen’s hand is worth the same after any restart of the hub: leases, blocks and what was done meanwhile are folded again', async () => {
  const hub = startHub()
  const left = startStation('left', [one], hub)
  const kiosk = startStation('kiosk', [], hub, true)
  fill(hub, 5)
  left.wire.cut()
  kiosk.wire.cut()
  await press(left, one, { kind: 'call-next' })
  await kiosk.queue.execute(randomUUID(), 'kiosk', issue())
  left.wire.mend()
  kiosk.wire.mend()
  const before = hub.desk.snapshot()
  const again = new QueueDesk(hub)
  ends.push(again.close)
  const sorted = (snapshot: QueueSnapshot) => snapshot.tickets.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  expect(sorted(again.snapshot())).toEqual(sorted(before))
  expect(again.snapshot().counters).toEqual(before.counters)
})

it('what falls to random: counters and kiosk cut and mended at any moment, no citizen is called at two counters, no number is given twice', async () => {
  const hub = startHub()
  const stations = [startStation('left', [one], hub), startStation('right', [two], hub)] as const
  const kiosk = startStation('kiosk', [], hub, true)
  let seed = 20_261_123
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below
  const calledAt = new Map<string, Set<number>>()
  let [calls, away] = [0, 0]
  for (let step = 0; step < 600; step += 1) {
    clock.now += 1_000
    const at = random(2)
    const station = stations[at] ?? stations[0]
    const counter = at === 0 ? one : two
    const what = random(10)
    if (what < 3) await (random(2) ? kiosk.queue.execute(randomUUID(), 'kiosk', issue()) : Promise.resolve(fill(hub, 1)))
    else if (what < 5) for (const one of [station, ...(random(2) ? [kiosk] : [])]) (one.queue.lostSince() === null ? one.wire.cut : one.wire.mend)()
    else {
      const lost = station.queue.lostSince() !== null
      await press(station, counter, { kind: 'start' })
      await press(station, counter, { kind: 'finish' })
      const number = await press(station, counter, { kind: 'call-next' })
      if (!/^[A-Z]\d+$/.test(number)) continue
      calls += 1
      if (lost) away += 1
      calledAt.set(number, (calledAt.get(number) ?? new Set()).add(counter))
    }
  }
  for (const station of [...stations, kiosk]) if (station.queue.lostSince() !== null) station.wire.mend()
  expect([...calledAt].filter(([, at]) => at.size > 1)).toEqual([])
  expect(calls).toBeGreaterThan(100)
  expect(away).toBeGreaterThan(20)
  const numbers = hub.journal.db.prepare<[], string>('SELECT number FROM v_tickets').pluck().all()
  const issued = hub.journal.db.prepare(`SELECT count(*) FROM events WHERE type = 'ticket.issued'`).pluck().get()
  expect(new Set(numbers).size).toBe(issued)
})

it('a spare takes over from a copy that lacks the last number and the last call: the counters that saw them tell, and no number is given again', async () => {
  const hub = startHub()
  const left = startStation('left', [one], hub)
  fill(hub, 3)
  const spare = books('spare')
  const copied = hub.journal.head(hub.journal.origin)?.seq ?? 0
  spare.journal.appendReplica(hub.journal.after(hub.journal.origin, 0, 10_000))
  fill(hub, 2)
  const lastCall = await press(left, one, { kind: 'call-next' })
  left.wire.cut()
  hub.desk.close()
  expect(hub.journal.head(hub.journal.origin)?.seq).toBeGreaterThan(copied)

  const { term } = promote(spare.journal, rules, ['2026-11-23', '2026-11-25'])
  expect(term).toBe(2)
  const desk = new QueueDesk(spare)
  ends.push(desk.close)
  desk.witness(seenTickets(left.queue.snapshot()?.tickets ?? []))
  const { tickets } = desk.snapshot()
  expect(tickets.map(({ number }) => number).toSorted()).toEqual(['A001', 'A002', 'A003', 'A004', 'A005'])
  expect(tickets.find(({ number }) => number === lastCall)).toMatchObject({ state: 'called', counter: one })
  desk.witness(seenTickets(left.queue.snapshot()?.tickets ?? []))
  expect(desk.snapshot().tickets).toHaveLength(5)
  const next = desk.run(randomUUID(), 'kiosk', issue())
  expect(next.ok && numberOf(desk.snapshot(), next.done.ticketId)).toBe('A201')
  expect((await desk.leaseNumbers(randomUUID(), '2026-11-23', 'kiosk')).blocks[0]?.from).toBeGreaterThan(1_000)
})

it('a copy of a counter’s disk comes in under the same name: it gives back nothing that the original holds, and the two never call the same citizen', async () => {
  const hub = startHub()
  const left = startStation('left', [one], hub)
  fill(hub, 6)
  const mine = hub.desk.snapshot().tickets.filter((ticket) => ticket.lease?.counter === one)
  left.wire.silent()
  const detach = hub.desk.attach('left', 'left.copied', [one], (lease) => hub.desk.givenBack('left', [lease]))
  const taken = await hub.desk.execute(randomUUID(), 'clerk', { kind: 'call', counter: two, ticketId: mine[0]?.id ?? '' })
  expect(taken).toMatchObject({ ok: false, reason: 'leased-elsewhere' })
  // Seen to be off, the original loses its share, and the machine in its place gets one.
  left.wire.up = true
  left.wire.cut()
  const away = hub.desk.leasedTo('left').away
  expect(away).toBe(mine.length)
  hub.desk.endLeases('head', 'left')
  expect(hub.desk.leasedTo('left')).toEqual({ leased: away, away: 0 })
  detach()
})
