import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { randomBytes, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseLocal } from '#domain/local-time.ts'
import { CommandLog } from '#journal/commands.ts'
import { Journal } from '#journal/journal.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'
import { QueueDesk } from './queue-desk.ts'

let dir: string
let close = () => {}
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-queue-'))
})
afterEach(() => {
  close()
  rmSync(dir, { recursive: true, force: true })
})

const at = (text: string) => parseLocal(text) ?? 0
const clock = { now: at('2026-11-23T09:00') }

/** Starts the hub's queue on the folder, after a kill of the one before. */
function start() {
  close()
  const now = () => clock.now
  const { services, counters, rules } = sampleConfig()
  const vault = new Vault(join(dir, 'vault.db'), randomBytes(32))
  const journal = new Journal({ file: join(dir, 'journal.db'), station: 'hub', views: openViews, now })
  const desk = new QueueDesk({ journal, commands: new CommandLog(journal.db), vault, rules: { ...rules, services, counters }, now })
  close = () => {
    close = () => {}
    desk.close()
    journal.close()
    vault.close()
  }
  const issue = (commandId: string = randomUUID()) => {
    const answer = desk.run(commandId, 'kiosk', { kind: 'issue', service: 'A', procedure: null, title: '', priority: null, papers: [], station: 'k' })
    return answer.ok && answer.done.ticketId !== null ? (desk.standing(answer.done.ticketId)?.ticket.number ?? '') : ''
  }
  return { desk, issue }
}

it('a clock that is set back to a day with tickets goes on after the last number instead of failing on each', () => {
  clock.now = at('2026-11-23T09:00')
  const { desk, issue } = start()
  expect([issue(), issue()]).toEqual(['A001', 'A002'])
  clock.now = at('2026-11-24T09:00')
  expect(issue()).toBe('A001')
  clock.now = at('2026-11-23T10:00')
  expect(issue()).toBe('A003')
  expect(desk.snapshot().services.find((one) => one.id === 'A')?.waiting).toBe(3)
})

it('numbers go on over a restart in the middle of the day, also behind hours of events that bear a wrong date', () => {
  clock.now = at('2026-11-23T09:00')
  const { issue } = start()
  for (let n = 1; n <= 3; n += 1) issue()
  clock.now = at('2026-11-20T09:00')
  for (let n = 1; n <= 1_200; n += 1) issue()
  clock.now = at('2026-11-23T11:00')
  expect(start().issue()).toBe('A004')
})

it('midnight between deciding and storing: the ticket belongs to the old day, also after a restart', () => {
  clock.now = at('2026-11-23T23:59:59.999')
  const { desk } = start()
  let asked = 0
  const before = clock.now
  Object.defineProperty(clock, 'now', { configurable: true, get: () => before + (asked++ < 4 ? 0 : 1) })
  desk.run(randomUUID(), 'kiosk', { kind: 'issue', service: 'A', procedure: null, title: '', priority: null, papers: [], station: 'k' })
  Object.defineProperty(clock, 'now', { configurable: true, writable: true, value: at('2026-11-24T00:01') })
  const next = start()
  expect(next.desk.snapshot().tickets).toEqual([])
  expect(next.issue()).toBe('A001')
})

it('a command that comes again after a restart is answered with its first ticket', () => {
  clock.now = at('2026-11-23T09:00')
  const id = randomUUID()
  expect(start().issue(id)).toBe('A001')
  const { desk, issue } = start()
  expect(issue(id)).toBe('A001')
  expect(desk.snapshot().tickets).toHaveLength(1)
})

it('what a clerk writes why somebody waits or is sent on is read by clerks and stands nowhere in clear', () => {
  clock.now = at('2026-11-23T09:00')
  const { desk, issue } = start()
  const run = (command: Parameters<typeof desk.run>[2]) => expect(desk.run(randomUUID(), 'hanh', command)).toMatchObject({ ok: true })
  issue()
  run({ kind: 'call-next', counter: 3, finishCurrent: false })
  run({ kind: 'hold', counter: 3, reason: 'chờ bà Kmrơng' })
  const [held] = desk.snapshot().tickets
  expect(held).toMatchObject({ state: 'held', heldReason: 'chờ bà Kmrơng' })
  run({ kind: 'resume', counter: 3, ticketId: held?.id ?? '' })
  run({ kind: 'transfer', counter: 3, toService: 'B', toCounter: null, reason: 'hồ sơ của Kmrơng' })
  for (const file of readdirSync(dir)) expect(readFileSync(join(dir, file)).includes('Kmrơng'), file).toBe(false)
})
