import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { QueueCommand } from '../queue-command.ts'
import { decideQueue, type DecideContext } from './decide.ts'
import { evolveQueue, isQueueEvent, type QueueFact } from './evolve.ts'
import { callOrder, estimate, nextFor, waitingFor } from './order.ts'
import { snapshotOf } from './snapshot.ts'
import { counterDay, newDay, putTicket, type QueueRules, type QueueState } from './state.ts'

const rules: QueueRules = {
  services: [
    { id: 'A', name: 'Hộ tịch', prefix: 'A', minutesPerVisit: 8 },
    { id: 'B', name: 'Chứng thực', prefix: 'B', minutesPerVisit: 5 },
  ],
  counters: [
    { id: 2, services: ['A', 'B'], staff: 'duong', staffName: 'Dương' },
    { id: 3, services: ['A'], staff: 'hanh', staffName: 'Hạnh' },
  ],
  maxCalls: 3,
  priorityRun: 2,
  raiseAfterMinutes: 30,
  ratingSeconds: 30,
}

/** A queue that keeps what it decided, at a time that the test sets. */
function office() {
  const state = newDay('2026-11-23', rules)
  let ids = 0
  const clock = { now: 1_000_000 }
  const context = (): DecideContext => ({ now: clock.now, rules, newId: () => `id${(ids += 1)}`, seal: (key, text) => ({ key, box: text }) })
  const run = (command: QueueCommand) => {
    const decision = decideQueue(state, command, context())
    if (decision.ok) for (const event of decision.events) if (isQueueEvent(event.type)) evolveQueue(state, { ...event, at: clock.now } as QueueFact)
    return decision.ok ? { ok: true as const, id: decision.ticketId } : decision
  }
  const issue = (service: string, priority: 'elderly' | null = null) => {
    clock.now += 1_000
    const answer = run({ kind: 'issue', service, procedure: null, title: '', priority, papers: [], station: 'k1' })
    if (!answer.ok || answer.id === null) throw new Error('no ticket')
    return state.tickets.get(answer.id)!
  }
  return { state, run, issue, clock }
}

const numbers = (state: QueueState) => [...state.tickets.values()].map((ticket) => ticket.number)

describe('numbers', () => {
  it('run from 001 by prefix', () => {
    const { issue, state } = office()
    issue('A')
    issue('B')
    issue('A')
    expect(numbers(state)).toEqual(['A001', 'B001', 'A002'])
  })

  it('goes on past 999 without repeating', () => {
    const { issue, state } = office()
    for (let i = 0; i < 1_001; i += 1) issue('A')
    expect(new Set(numbers(state)).size).toBe(1_001)
    expect(numbers(state).at(-1)).toBe('A1001')
  })

  it('refuses a service that is not there', () => {
    expect(office().run({ kind: 'issue', service: 'X', procedure: null, title: '', priority: null, papers: [], station: 'k' })).toEqual({ ok: false, reason: 'unknown-service' })
  })
})

it('a booked slot gives one number a day, and the second time says which', () => {
  const { run, state } = office()
  const booked = { kind: 'issue', service: 'A', procedure: null, title: '', priority: 'appointment', papers: [], station: 'k', appointment: { code: 'LH-1', at: 1 } } as const
  const first = run(booked)
  expect(first).toMatchObject({ ok: true })
  expect([...state.tickets.values()][0]).toMatchObject({ number: 'A001', priority: 'appointment', appointment: { code: 'LH-1', at: 1 } })
  expect(run(booked)).toEqual({ ok: false, reason: 'appointment-used', details: { number: 'A001' } })
  expect(run({ ...booked, appointment: { code: 'LH-2', at: 1 } })).toMatchObject({ ok: true })
  expect(state.tickets.size).toBe(2)
})

describe('order of calls', () => {
  it('priority first, but after two of them one ordinary ticket', () => {
    const { issue, state, clock } = office()
    const ordinary = [issue('A'), issue('A')]
    const priority = [issue('A', 'elderly'), issue('A', 'elderly'), issue('A', 'elderly')]
    const { order, rule } = callOrder([...state.active.values()], rules, 0, clock.now)
    expect(order.map((ticket) => ticket.id)).toEqual([priority[0], priority[1], ordinary[0], priority[2], ordinary[1]].map((ticket) => ticket?.id))
    expect(rule).toBe('priority-first')
  })

  it('an ordinary ticket that waited over half an hour goes before priority', () => {
    const { issue, state, clock } = office()
    const old = issue('A')
    clock.now += 31 * 60_000
    issue('A', 'elderly')
    const { order, rule } = callOrder([...state.active.values()], rules, 0, clock.now)
    expect(order[0]?.id).toBe(old.id)
    expect(rule).toBe('waited-too-long')
  })

  it('two counters never call the same citizen', () => {
    const { issue, run } = office()
    issue('A')
    const first = run({ kind: 'call-next', counter: 2, finishCurrent: false })
    const second = run({ kind: 'call-next', counter: 3, finishCurrent: false })
    expect(first.ok).toBe(true)
    expect(second).toEqual({ ok: false, reason: 'nobody-waiting' })
  })
})

describe('a visit', () => {
  it('is called, recalled at most three times, started, finished, rated once', () => {
    const { issue, run, state } = office()
    const ticket = issue('A')
    expect(run({ kind: 'start', counter: 3 })).toEqual({ ok: false, reason: 'no-current-ticket' })
    expect(run({ kind: 'call-next', counter: 3, finishCurrent: false }).ok).toBe(true)
    expect(run({ kind: 'recall', counter: 3 }).ok).toBe(true)
    expect(run({ kind: 'recall', counter: 3 }).ok).toBe(true)
    expect(run({ kind: 'recall', counter: 3 })).toEqual({ ok: false, reason: 'calls-exhausted' })
    expect(run({ kind: 'finish', counter: 3 })).toEqual({ ok: false, reason: 'wrong-state' })
    expect(run({ kind: 'start', counter: 3 }).ok).toBe(true)
    expect(run({ kind: 'finish', counter: 3 }).ok).toBe(true)
    const rate: QueueCommand = { kind: 'rate', ticketId: ticket.id, score: 5, reasons: [], other: '' }
    expect(run(rate).ok).toBe(true)
    expect(run(rate)).toEqual({ ok: false, reason: 'rating-closed' })
    expect(state.counters.get(3)).toMatchObject({ ticket: null, served: 1, rated: 1, satisfied: 1 })
  })

  it('finish and call next is one step; the rating of the one before stays open', () => {
    const { issue, run, state, clock } = office()
    issue('A')
    const second = issue('A')
    run({ kind: 'call-next', counter: 3, finishCurrent: false })
    run({ kind: 'start', counter: 3 })
    expect(run({ kind: 'call-next', counter: 3, finishCurrent: true })).toEqual({ ok: true, id: second.id })
    const rating = snapshotOf(state, rules, clock.now, () => null).ratings[0]
    expect(rating).toMatchObject({ number: 'A001', state: 'open' })
  })

  it('a vote after the time is refused, within two seconds of grace taken', () => {
    for (const [late, ok] of [[1_500, true], [2_500, false]] as const) {
      const { issue, run, clock } = office()
      const ticket = issue('A')
      run({ kind: 'call-next', counter: 3, finishCurrent: false })
      run({ kind: 'start', counter: 3 })
      run({ kind: 'finish', counter: 3 })
      clock.now += 30_000 + late
      expect(run({ kind: 'rate', ticketId: ticket.id, score: 1, reasons: ['slow'], other: '' }).ok).toBe(ok)
    }
  })

  it('hold, resume, transfer, no-show and back keep the citizen in the queue', () => {
    const { issue, run, state } = office()
    const ticket = issue('A')
    const stateNow = () => state.tickets.get(ticket.id)?.state
    run({ kind: 'call-next', counter: 3, finishCurrent: false })
    run({ kind: 'start', counter: 3 })
    run({ kind: 'hold', counter: 3, reason: 'Đi sao giấy tờ' })
    expect(stateNow()).toBe('held')
    run({ kind: 'resume', counter: 3, ticketId: ticket.id })
    expect(stateNow()).toBe('serving')
    run({ kind: 'transfer', counter: 3, toService: 'B', toCounter: null, reason: 'Cần chứng thực' })
    expect(stateNow()).toBe('waiting')
    expect(run({ kind: 'call-next', counter: 3, finishCurrent: false })).toEqual({ ok: false, reason: 'nobody-waiting' })
    run({ kind: 'call-next', counter: 2, finishCurrent: false })
    expect(run({ kind: 'no-show', counter: 2 })).toEqual({ ok: false, reason: 'calls-left' })
    run({ kind: 'recall', counter: 2 })
    run({ kind: 'recall', counter: 2 })
    run({ kind: 'no-show', counter: 2 })
    expect(stateNow()).toBe('no-show')
    run({ kind: 'requeue', ticketId: ticket.id })
    expect(stateNow()).toBe('waiting')
  })

  it('a paused counter does not call', () => {
    const { issue, run } = office()
    issue('A')
    run({ kind: 'pause', counter: 3, until: null })
    expect(run({ kind: 'call-next', counter: 3, finishCurrent: false }).ok).toBe(true)
    run({ kind: 'hold', counter: 3, reason: '' })
    run({ kind: 'pause', counter: 3, until: 5 })
    expect(run({ kind: 'call-next', counter: 3, finishCurrent: false })).toEqual({ ok: false, reason: 'counter-paused' })
  })
})

it('the estimate grows with the people before and is null where nobody serves', () => {
  const { issue, state } = office()
  const widths = [estimate('B', state, rules)?.to]
  for (let i = 0; i < 10; i += 1) {
    issue('A')
    widths.push(estimate('B', state, rules)?.to)
  }
  expect(widths[0]).toBe(5)
  expect(widths.every((to, index) => index === 0 || (to ?? 0) >= (widths[index - 1] ?? 0))).toBe(true)
  expect(estimate('Z', state, rules)).toBeNull()
})

it('whatever is pressed: no number twice, no ticket lost, counts right', () => {
  const kinds = ['issue', 'prio', 'call', 'finish-call', 'recall', 'start', 'hold', 'resume', 'transfer', 'no-show', 'requeue', 'finish'] as const
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(2, 3)), { maxLength: 120 }), (presses) => {
      const { issue, run, state } = office()
      let issued = 0
      for (const [kind, counter] of presses) {
        const held = [...state.tickets.values()].find((ticket) => ticket.state === 'held' || ticket.state === 'no-show')?.id ?? 'none'
        if (kind === 'issue' || kind === 'prio') {
          issue(counter === 2 ? 'B' : 'A', kind === 'prio' ? 'elderly' : null)
          issued += 1
        } else if (kind === 'call' || kind === 'finish-call') run({ kind: 'call-next', counter, finishCurrent: kind === 'finish-call' })
        else if (kind === 'hold') run({ kind, counter, reason: '' })
        else if (kind === 'resume') run({ kind, counter, ticketId: held })
        else if (kind === 'requeue') run({ kind, ticketId: held })
        else if (kind === 'transfer') run({ kind, counter, toService: 'B', toCounter: null, reason: '' })
        else run({ kind, counter })
      }
      const all = [...state.tickets.values()]
      expect(all).toHaveLength(issued)
      expect(new Set(all.map((ticket) => ticket.number)).size).toBe(issued)
      const waiting = [...state.waiting.values()].reduce((sum, n) => sum + n, 0)
      expect(waiting).toBe(all.filter((ticket) => ticket.state === 'waiting').length)
      const atCounters = [...state.counters.values()].flatMap((day) => day.ticket ?? [])
      expect(new Set(atCounters).size).toBe(atCounters.length)
      expect(all.filter((ticket) => ticket.state === 'called' || ticket.state === 'serving').map((ticket) => ticket.id).toSorted()).toEqual(atCounters.toSorted())
    }),
    { numRuns: 150 },
  )
})

it('the next citizen of a counter is the first of its order, whatever waits', () => {
  const minute = 60_000
  const waits = fc.array(fc.record({ service: fc.constantFrom('A', 'B'), old: fc.integer({ min: 0, max: 60 }), priority: fc.boolean(), order: fc.integer({ min: 0, max: 9 }) }), { maxLength: 30 })
  fc.assert(
    fc.property(waits, fc.nat(3), (tickets, run) => {
      const { state, issue } = office()
      for (const one of tickets) {
        const ticket = issue(one.service, one.priority ? 'elderly' : null)
        putTicket(state, { ...ticket, issuedAt: 100 * minute - one.old * minute, order: one.order })
      }
      const plan = rules.counters[1]!
      counterDay(state, plan.id).priorityRun = run
      const { order } = callOrder(waitingFor(state, plan), rules, run, 100 * minute)
      expect(nextFor(state, plan, rules, 100 * minute)?.id).toBe(order[0]?.id)
      expect(order).toHaveLength(tickets.filter((one) => one.service === 'A').length)
    }),
  )
})

it('nobody is sent to a counter that does not exist, where no one would ever call them', () => {
  const { run, issue } = office()
  issue('A')
  run({ kind: 'call-next', counter: 3, finishCurrent: false })
  expect(run({ kind: 'transfer', counter: 3, toService: 'B', toCounter: 42, reason: '' })).toEqual({ ok: false, reason: 'unknown-counter' })
  expect(run({ kind: 'transfer', counter: 3, toService: 'B', toCounter: 2, reason: '' })).toMatchObject({ ok: true })
})
