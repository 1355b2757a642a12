import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { differencesOf } from '#domain/terminal-day.ts'
import type { ChargeResult } from '#native/terminal/port.ts'
import { fileTotals } from './terminal-day.ts'
import { JournalDamaged, JournalFailed, TerminalJournal, type JournalLine } from './terminal-journal.ts'

let dir = ''
let path = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'journal-'))
  path = join(dir, 'journal.jsonl')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const intent = (reference: string, op: 'sale' | 'refund' | 'void' = 'sale', receipt: string | null = null): JournalLine => ({ kind: 'intent', op, reference, amount: 50_000, terminal: 'A', at: 1, receipt })
const result = (reference: string, receipt: string, outcome: ChargeResult['outcome'] = 'approved'): ChargeResult => ({
  outcome, reference, amount: 50_000, details: { receipt, trace: null, approval: null, card: null, maskedPan: null, terminalId: null }, reason: null,
})
const ended = (reference: string, receipt: string, outcome: ChargeResult['outcome'] = 'approved'): JournalLine => ({ kind: 'ended', reference, result: result(reference, receipt, outcome) })

function write(...lines: readonly JournalLine[]): void {
  const journal = new TerminalJournal(path)
  for (const line of lines) journal.append(line)
  journal.close()
}

function read<T>(look: (journal: TerminalJournal) => T): T {
  const journal = new TerminalJournal(path)
  const seen = look(journal)
  journal.close()
  return seen
}

it('cut after every byte: what was whole is there, the torn line is not, and writing goes on', () => {
  write(intent('A'), { kind: 'asked', reference: 'A', lastReceipt: '0001', terminalId: null }, ended('A', '0002'), intent('B'))
  const whole = readFileSync(path)
  for (let length = 0; length <= whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length))
    const lines = whole.subarray(0, length).toString().split('\n').length - 1
    const known = read((journal) => [journal.find('A') !== null, journal.find('A')?.asked?.lastReceipt ?? null, journal.find('A')?.ended?.outcome ?? null, journal.find('B') !== null])
    expect(known).toEqual([lines >= 1, lines >= 2 ? '0001' : null, lines >= 3 ? 'approved' : null, lines >= 4])
    write(intent('C'))
    expect(read((journal) => journal.find('C')?.intent.amount)).toBe(50_000)
  }
})

it('only its owner may read it', () => {
  write(intent('A'))
  expect(statSync(path).mode & 0o077).toBe(0)
})

it('a damaged line in the middle is said with its number', () => {
  write(intent('A'))
  appendFileSync(path, '{"kind":\n')
  expect(() => new TerminalJournal(path)).toThrow(JournalDamaged)
  expect(() => new TerminalJournal(path)).toThrow('line 2')
})

it('after a failed write nothing more is written, and the half line is gone at the next opening', () => {
  let fail = false
  const journal = new TerminalJournal(path, (fd, bytes) => {
    writeSync(fd, bytes, 0, fail ? 10 : bytes.length)
    if (fail) throw new Error('ENOSPC')
  })
  journal.append(intent('A'))
  fail = true
  expect(() => journal.append(ended('A', '0001'))).toThrow(JournalFailed)
  fail = false
  expect(() => journal.append(ended('A', '0001'))).toThrow(JournalFailed)
  journal.close()
  expect(read((one) => one.unresolved().map(({ intent: { reference } }) => reference))).toEqual(['A'])
})

it('the day: sales that stand, since it was closed last', () => {
  write(intent('old'), ended('old', '0001'), { kind: 'day-closed', terminal: 'A', at: 2, count: 1, amount: 50_000 })
  write(intent('a'), ended('a', '0002'), intent('b'), ended('b', '0003'), intent('c'), ended('c', '0004', 'declined'), intent('v', 'void', '2'), ended('v', '0005'), intent('r', 'refund'), ended('r', '0006'))
  const totals = read((journal) => fileTotals(journal.today('A')))
  expect(totals).toEqual({ count: 1, amount: 50_000 })
  expect(differencesOf({ count: 1, amount: 50_000 }, totals)).toEqual([])
  expect(differencesOf({ count: 2, amount: 50_000 }, totals)).toEqual([{ what: 'count', terminal: 2, journal: 1 }])
  expect(read((journal) => fileTotals(journal.today('B')))).toEqual({ count: 0, amount: 0 })
})
