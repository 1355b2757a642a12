import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CardSlip } from '#domain/event.ts'
import { CommandLog } from '#journal/commands.ts'
import { Journal } from '#journal/journal.ts'
import { renewEpoch } from '#journal/renew-epoch.ts'
import { openViews } from '#views/views.ts'
import { TerminalDays } from './terminal-days.ts'

let dir = ''
let journal: Journal
let days: TerminalDays
let at = 1_795_000_000_000

const reopen = () => {
  journal = new Journal({ file: join(dir, 'journal.db'), station: 'quay', views: openViews, now: () => at })
  days = new TerminalDays({ journal, commands: new CommandLog(journal.db), now: () => at })
}
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-days-'))
  reopen()
})
afterEach(() => {
  journal.close()
  rmSync(dir, { recursive: true, force: true })
})

let payments = 0
/** A payment that was received; by cash it has no slip and is none of the terminal's. */
function pay(amount: number, card: string | null, by: 'card' | 'cash' = 'card'): void {
  const paymentId = `p${++payments}`
  const slip: CardSlip = { receipt: String(payments), trace: null, approval: 'A1', card, maskedPan: null, terminalId: null }
  journal.append('hanh', [
    { type: 'payment.requested', subject: `H${payments}`, data: { paymentId, method: by, amount, reference: paymentId, lastReceipt: null } },
    { type: 'payment.received', subject: `H${payments}`, data: { paymentId, method: by, amount, given: null, change: null, bankReference: null, card: by === 'card' ? slip : null, staff: 'hanh' } },
  ])
}
const close = (count: number, amount: number) => days.closed(days.ask(`c${++at}`, 'an'), { count, amount, byCard: [] })

it('holds the totals of the terminal against the payments with slips since the last closing, whatever the clock does', () => {
  pay(50_000, 'NAPAS')
  pay(90_000, null, 'cash')
  pay(20_000, 'VISA')
  expect(days.open()).toMatchObject({ closed: null, totals: { count: 2, amount: 70_000 } })
  close(2, 70_000)
  expect(days.last()).toMatchObject({ outcome: 'closed', staff: 'an', journal: { count: 2, amount: 70_000 }, differences: [], sales: [{ amount: 50_000, card: 'NAPAS' }, { amount: 20_000, card: 'VISA' }] })

  at -= 86_400_000
  pay(8_000, 'NAPAS')
  close(2, 38_000)
  expect(days.last()).toMatchObject({
    journal: { count: 1, amount: 8_000 },
    differences: [{ what: 'count', terminal: 2, journal: 1 }, { what: 'amount', terminal: 38_000, journal: 8_000 }],
    sales: [{ amount: 8_000 }],
  })
  expect(days.open()).toMatchObject({ closed: { staff: 'an' }, totals: { count: 0, amount: 0 } })
})

it('a closing with an unknown end: the next one agrees with either period, and says which', () => {
  pay(50_000, 'NAPAS')
  days.ask('c1', 'an')
  journal.close()
  reopen()
  days.recover()
  expect(days.last()).toMatchObject({ outcome: 'unknown', reason: 'restarted' })
  const unclearAt = days.last()?.at
  pay(20_000, 'NAPAS')
  expect(days.open().totals).toMatchObject({ count: 2, amount: 70_000 })
  close(1, 20_000)
  expect(days.last()).toMatchObject({ journal: { count: 1, amount: 20_000 }, differences: [], afterUnclear: unclearAt })

  pay(8_000, 'NAPAS')
  days.failed(days.ask('c2', 'an'), 'unknown', 'no-answer')
  pay(5_000, 'NAPAS')
  close(2, 13_000)
  expect(days.last()).toMatchObject({ journal: { count: 2, amount: 13_000 }, differences: [], afterUnclear: null })
})

it('totals typed from the slip are compared, and can be mended; those that the terminal told stay', () => {
  pay(50_000, 'NAPAS')
  days.closed(days.ask('c1', 'an'), null)
  expect(days.last()).toMatchObject({ outcome: 'closed', terminal: null, differences: [], typedBy: null })
  days.compare('an', { count: 2, amount: 70_000 })
  expect(days.last()).toMatchObject({ terminal: { count: 2, amount: 70_000 }, differences: [{ what: 'count' }, { what: 'amount' }], typedBy: 'an' })
  days.compare('an', { count: 1, amount: 50_000 })
  expect(days.last()).toMatchObject({ differences: [], typedBy: 'an' })
  close(0, 0)
  expect(() => days.compare('an', { count: 1, amount: 1 })).toThrow('day-not-to-compare')
  days.failed(days.ask('c3', 'an'), 'refused', 'refused')
  expect(days.last()).toMatchObject({ outcome: 'refused', reason: 'refused' })
  expect(() => days.compare('an', { count: 1, amount: 1 })).toThrow('day-not-to-compare')
})

it('after a disk was put back its payments of before still count: nobody is to void them at the terminal as unknown', () => {
  pay(50_000, 'NAPAS')
  close(1, 50_000)
  pay(20_000, 'VISA')
  renewEpoch(journal.db, 'quay', at)
  journal.close()
  reopen()
  pay(8_000, 'NAPAS')
  expect(days.open().totals).toMatchObject({ count: 2, amount: 28_000 })
  close(2, 28_000)
  expect(days.last()).toMatchObject({ differences: [], sales: [{ amount: 20_000 }, { amount: 8_000 }] })
  expect(days.open().totals).toMatchObject({ count: 0, amount: 0 })
})

it('another station’s payments and days are none of ours', () => {
  pay(50_000, 'NAPAS')
  days.closed(days.ask('c1', 'an'), null)
  const hub = new Journal({ file: join(dir, 'hub.db'), station: 'hub', views: openViews, now: () => at })
  hub.appendReplica(journal.after(journal.origin, 0, 100))
  const ours = new TerminalDays({ journal: hub, commands: new CommandLog(hub.db), now: () => at })
  expect(ours.last()).toBeNull()
  expect(ours.open()).toEqual({ closed: null, totals: { count: 0, amount: 0, byCard: [] } })
  expect(hub.quarantine.list()).toEqual([])
  hub.close()
})
