import { expect, it } from 'vitest'
import { TerminalError, type CardTerminal, type DayTotals } from '#native/terminal/port.ts'
import { ChargeDesk, type CardPayment, type ChargeBook } from './charge-desk.ts'
import { DayClosing } from './day-closing.ts'

const totals: DayTotals = { count: 2, amount: 70_000, byCard: [] }
const never = () => Promise.reject(new Error('not expected'))

type Answers = Partial<Pick<CardTerminal, 'charge' | 'last' | 'endOfDay'>>

/** A desk with payments in these states, and a terminal whose answers are written down beforehand. */
function deskWith(states: readonly CardPayment['state'][], answers: Answers = {}, asks = true) {
  const payments = states.map((state, index): CardPayment => ({ id: `p${index}`, code: 'H1', method: 'card', amount: 50_000, reference: 'R', requested_at: 1, last_receipt: null, state, reason: null, reported: null, card: null }))
  const book: ChargeBook = {
    openCards: () => payments.filter(({ state }) => state === 'waiting' || state === 'unknown'), find: (id) => payments.find((payment) => payment.id === id) ?? null,
    cardReported: () => undefined, cardCharged: () => undefined, cardDoubted: () => undefined, cancel: () => undefined,
  }
  const terminal: CardTerminal = {
    charge: never, recover: never, void: never, refund: never, status: never, close: () => Promise.resolve(), last: () => Promise.resolve(null), endOfDay: () => Promise.resolve(totals), ...answers,
  }
  const log = () => undefined
  const charges = new ChargeDesk({ book, terminal, asks, changed: () => undefined, log })
  const told: string[] = []
  const closing = new DayClosing({
    book: {
      isKnown: (commandId) => told.includes(`asked ${commandId}`),
      ask: (commandId) => {
        told.push(`asked ${commandId}`)
        return commandId
      },
      closed: (_id, day) => told.push(day ? `closed ${day.count} ${day.amount}` : 'closed'),
      failed: (_id, outcome, reason) => told.push(`${outcome} ${reason}`),
    },
    charges, now: () => 1, log,
  })
  return { charges, closing, told }
}

it.each(['waiting', 'unknown'] as const)('is refused while a payment is %s; nothing is asked of the terminal', (state) => {
  const { closing, told } = deskWith([state], { endOfDay: never })
  expect(closing.begin('c1', 'an')).toBe('card-in-doubt')
  expect(told).toEqual([])
})

it('is refused while the terminal charges, and no sale begins while it closes', async () => {
  const held = Promise.withResolvers<DayTotals>()
  const { charges, closing, told } = deskWith(['cancelled'], { endOfDay: () => held.promise })
  const asking = charges.makeReady()
  expect(closing.begin('c1', 'an')).toBe('terminal-busy')
  await asking
  expect(closing.begin('c2', 'an')).toBeNull()
  expect(closing.runningSince()).toBe(1)
  expect(closing.begin('c3', 'an')).toBe('terminal-busy')
  expect(await charges.makeReady()).toEqual({ ok: false, why: 'terminal-busy' })
  held.resolve(totals)
  await charges.close()
  expect(told).toEqual(['asked c2', 'closed 2 70000'])
  expect(closing.runningSince()).toBeNull()
  expect(await charges.makeReady()).toEqual({ ok: true, lastReceipt: null })
})

it('the same command closes once', async () => {
  const { charges, closing, told } = deskWith([])
  expect([closing.begin('c1', 'an'), closing.begin('c1', 'an')]).toEqual([null, null])
  await charges.close()
  expect(closing.begin('c1', 'an')).toBeNull()
  expect(told).toEqual(['asked c1', 'closed 2 70000'])
})

it.each<[string, Answers, string]>([
  ['its totals are on its slip', { endOfDay: () => Promise.resolve(null) }, 'closed'],
  ['it is not there: nothing was asked of it', { last: () => Promise.reject(new TerminalError('unreachable', 'x')), endOfDay: never }, 'refused unreachable'],
  ['it has no last transaction to ask for', { last: () => Promise.reject(new TerminalError('unsupported', 'x')) }, 'closed 2 70000'],
  ['it says no', { endOfDay: () => Promise.reject(new TerminalError('refused', '77')) }, 'refused refused'],
  ['it falls silent after it was asked: nobody knows', { endOfDay: () => Promise.reject(new TerminalError('unreachable', 'x')) }, 'unknown no-answer'],
  ['a driver that breaks: nobody knows', { endOfDay: () => Promise.reject(new Error('bug')) }, 'unknown no-answer'],
])('%s', async (_what, answers, outcome) => {
  const { charges, closing, told } = deskWith([], answers)
  closing.begin('c1', 'an')
  await charges.close()
  expect(told).toEqual(['asked c1', outcome])
})

it('a terminal without a cable is asked nothing: a person closed it on its keys', async () => {
  const { charges, closing, told } = deskWith([], { last: never, endOfDay: never }, false)
  expect(closing.isByHand).toBe(true)
  expect(closing.begin('c1', 'an')).toBeNull()
  await charges.close()
  expect(told).toEqual(['asked c1', 'closed'])
})
