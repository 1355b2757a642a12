import { expect, it } from 'vitest'
import { TerminalError, type CardTerminal, type ChargeResult } from '#native/terminal/port.ts'
import { ChargeDesk, type CardPayment, type ChargeBook } from './charge-desk.ts'

type State = CardPayment['state']

/** A book in memory: what the desk may rely on, no more. */
function bookOf(state: State, method: CardPayment['method'] = 'card') {
  let payment: CardPayment = { id: 'p1', code: 'H1', method, amount: 50_000, reference: 'REF1', requested_at: 1, last_receipt: '0007', state, reason: null, reported: null, card: null }
  const told: string[] = []
  const move = (next: State, reason: string | null, what: string) => {
    payment = { ...payment, state: next, reason }
    told.push(what)
  }
  const book: ChargeBook = {
    openCards: () => (payment.state === 'waiting' || payment.state === 'unknown' ? [payment] : []),
    find: (id) => (id === payment.id ? payment : null),
    cardReported: () => undefined,
    cardCharged: (_staff, _id, card) => move('received', null, `charged ${card.receipt ?? card.approval ?? ''}`),
    cardDoubted: (_id, reason) => move('unknown', reason, `doubted ${reason}`),
    cancel: (_staff, _id, reason) => move('cancelled', reason, `cancelled ${reason}`),
  }
  return { book, told, state: () => payment.state, begin: () => (payment = { ...payment, state: 'waiting' }) }
}

const result = (outcome: ChargeResult['outcome'], amount = 50_000): ChargeResult => ({
  outcome,
  reference: 'REF1',
  amount,
  details: { receipt: '0008', trace: '12', approval: '123456', card: 'VISA', maskedPan: '411111******1111', terminalId: '1' },
  reason: outcome === 'approved' ? null : { key: outcome === 'declined' ? 'declined-by-host' : 'no-answer', code: null },
})

/** A terminal whose answers are written down beforehand; counts what reached it. */
function terminalWith(answers: Partial<Record<'charge' | 'chargeQr' | 'recover', ChargeResult | Error>>) {
  const asked: string[] = []
  const answer = async (what: keyof typeof answers) => {
    asked.push(what)
    const said = answers[what]
    if (!said || said instanceof Error) throw said ?? new Error(`not expected: ${what}`)
    return Promise.resolve(said)
  }
  const never = () => Promise.reject(new Error('not expected'))
  const terminal: CardTerminal = {
    charge: () => answer('charge'), recover: () => answer('recover'), void: never, refund: never, last: () => Promise.resolve(result('approved')), status: never, endOfDay: never, close: () => Promise.resolve(),
    ...(answers.chargeQr ? { chargeQr: () => answer('chargeQr') } : {}),
  }
  return { terminal, asked }
}

const desk = (book: ChargeBook, terminal: CardTerminal | null) => new ChargeDesk({ book, terminal, asks: true, changed: () => undefined, log: () => undefined })

it.each([
  ['approved', result('approved'), 'received', 'charged 0008'],
  ['declined', result('declined'), 'cancelled', 'cancelled declined-by-host'],
  ['no answer', result('unknown'), 'unknown', 'doubted no-answer'],
  ['another amount than asked', result('approved', 5_000_000), 'unknown', 'doubted amount-mismatch'],
  ['terminal not there: nothing was asked of it', new TerminalError('unreachable', 'x'), 'cancelled', 'cancelled unreachable'],
  ['a driver that breaks: nobody knows', new Error('bug'), 'unknown', 'doubted no-answer'],
] as const)('%s', async (_what, said, state, told) => {
  const { book, told: lines, state: now, begin } = bookOf('cancelled')
  const { terminal } = terminalWith({ charge: said })
  const charges = desk(book, terminal)
  begin()
  charges.charge('hanh', 'p1')
  await charges.close()
  expect(now()).toBe(state)
  expect(new Set(lines)).toEqual(new Set([told]))
})

it('a payment left open by a crash is in doubt, is never sold again, and is asked about', async () => {
  const { book, state } = bookOf('waiting')
  const { terminal, asked } = terminalWith({ recover: result('approved') })
  const charges = desk(book, terminal)
  expect(state()).toBe('unknown')
  expect(await charges.makeReady()).toEqual({ ok: false, why: 'card-in-doubt' })
  charges.charge('hanh', 'p1')
  charges.ask('hanh', 'p1')
  await charges.close()
  expect(asked).toEqual(['recover'])
  expect(state()).toBe('received')
  expect(await charges.makeReady()).toEqual({ ok: true, lastReceipt: '0008' })
})

it('what the terminal cannot tell a person settles with its slip', async () => {
  const { book, state, told } = bookOf('waiting')
  const { terminal } = terminalWith({ recover: new TerminalError('unreachable', 'x') })
  const charges = desk(book, terminal)
  charges.ask('hanh', 'p1')
  await charges.close()
  expect(state()).toBe('unknown')
  expect(charges.settle('hanh', 'p1', { approval: '778899' })).toBe(true)
  expect(told.at(-1)).toBe('charged 778899')
})

it('a second sale is refused while the first one runs', async () => {
  const { book, begin } = bookOf('cancelled')
  const { terminal, asked } = terminalWith({ charge: result('approved') })
  const charges = desk(book, terminal)
  begin()
  charges.charge('hanh', 'p1')
  expect(await charges.makeReady()).toEqual({ ok: false, why: 'terminal-busy' })
  charges.charge('hanh', 'p1')
  await charges.close()
  expect(asked).toEqual(['charge'])
})

it.each([
  ['approved', result('approved'), 'received'],
  ['no answer', result('unknown'), 'unknown'],
] as const)('by the QR code of the terminal, never by a card instead: %s', async (_what, said, state) => {
  const { book, state: now, begin } = bookOf('cancelled', 'terminal-qr')
  const { terminal, asked } = terminalWith({ chargeQr: said })
  const charges = desk(book, terminal)
  begin()
  expect(charges.sellsByQr).toBe(true)
  charges.charge('hanh', 'p1')
  await charges.close()
  expect([asked, now()]).toEqual([['chargeQr'], state])
})

it('a QR payment left open by a crash is asked about like a card', async () => {
  const { book, state } = bookOf('waiting', 'terminal-qr')
  const { terminal, asked } = terminalWith({ chargeQr: result('approved'), recover: result('approved') })
  const charges = desk(book, terminal)
  charges.ask('hanh', 'p1')
  await charges.close()
  expect([asked, state()]).toEqual([['recover'], 'received'])
})

it('a terminal that has no QR sale sells nothing', async () => {
  const { book, told, begin } = bookOf('cancelled', 'terminal-qr')
  const { terminal, asked } = terminalWith({ charge: result('approved') })
  const charges = desk(book, terminal)
  begin()
  expect(charges.sellsByQr).toBe(false)
  charges.charge('hanh', 'p1')
  await charges.close()
  expect([asked, told]).toEqual([[], ['cancelled unsupported']])
})
