import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseLocal } from '#domain/local-time.ts'
import { CommandLog } from '#journal/commands.ts'
import { Journal } from '#journal/journal.ts'
import { renewEpoch } from '#journal/renew-epoch.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'
import { CodeBlocks } from './code-blocks.ts'
import { DossierStore } from './dossier-store.ts'
import { Drafts } from './drafts.ts'
import { Intake, type IntakeForm } from './intake.ts'
import { Payments } from './payments.ts'
import { QueueDesk } from './queue-desk.ts'

let dir: string
let close: () => void
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-intake-'))
})
afterEach(() => {
  close()
  rmSync(dir, { recursive: true, force: true })
})

/** The parts of a hub with a counter, on real SQLite, at 09:10 on Monday 23/11/2026. */
function office() {
  const clock = { now: parseLocal('2026-11-23T09:10') ?? 0 }
  const now = () => clock.now
  const config = sampleConfig()
  const vault = new Vault(join(dir, 'vault.db'), randomBytes(32))
  const journal = new Journal({ file: join(dir, 'journal.db'), station: 'hub', views: openViews, now })
  const commands = new CommandLog(journal.db)
  const rules = { ...config.rules, services: config.services, counters: config.counters }
  const queue = new QueueDesk({ journal, commands, vault, rules, now })
  const dossiers = new DossierStore(journal, vault)
  const drafts = new Drafts(journal, vault, now)
  const { procedures, calendar } = loadCatalogue()
  const intake = new Intake({
    journal, commands, vault, dossiers, drafts, calendar, now,
    codes: new CodeBlocks(journal, queue),
    procedures: new Map(procedures.map((one) => [one.code, one])),
    agency: config.office.agency,
  })
  close = () => {
    queue.close()
    journal.close()
    vault.close()
  }
  return { clock, journal, queue, vault, intake, drafts, dossiers, payments: new Payments({ journal, commands, dossiers, now }) }
}

const clerk = { counter: 3, staff: 'hanh', staffName: 'Trần Thị Mỹ Hạnh' }
const form: IntakeForm = {
  ticketId: 't1',
  procedure: '2.002516',
  channel: 'DIRECT',
  processing: 0,
  person: { fullName: 'Nguyễn Thị Đường', idNumber: '099190012345', oldIdNumber: '', dob: '1990-04-15', sex: 'female', address: 'Buôn Kmrơng', idIssued: '', phone: '0905 123 456', email: '' },
  fromCard: ['fullName'],
  submitter: 'owner',
  papers: [{ name: 'Tờ khai', original: 1, copy: 0, kind: 'submit' }],
  sets: 1,
  resultBy: 'counter',
  fees: [{ fee: 0, quantity: 2 }],
  dueChange: null,
}

it('gives the code of the scheme, the due date over the holiday, the fee, and sells no name to the journal', async () => {
  const { intake, journal, dossiers } = office()
  const dossier = await intake.accept(randomUUID(), clerk, form)
  expect(dossier).toMatchObject({ code: 'H15.50.05.13-261123-0001', feeTotal: 16_000, register: { volume: '03/2026', number: 1 } })
  expect(dossier.due).toMatchObject({ due: parseLocal('2026-11-27T09:10'), skipped: [{ date: '2026-11-24', why: 'Ngày Văn hóa Việt Nam' }] })
  expect(dossiers.search('duong thi').map((one) => one.code)).toEqual([dossier.code])
  expect(dossiers.search('0001').map((one) => one.code)).toEqual([dossier.code])
  journal.db.pragma('wal_checkpoint(TRUNCATE)')
  for (const file of readdirSync(dir)) {
    const bytes = readFileSync(join(dir, file))
    for (const secret of ['Đường', '099190012345', 'Kmrơng', '905123456']) expect(bytes.includes(secret), `${secret} in ${file}`).toBe(false)
  }
})

it('a dossier is found by its whole code, its QR, the bars of its slip, and its phone number in any form', async () => {
  const { intake, dossiers } = office()
  const { code } = await intake.accept(randomUUID(), clerk, form)
  const asked = [code, code.toLowerCase(), `https://dichvucong.gov.vn/?ma-ho-so=${code}`, '2611230001', '261123-0001', '0905123456', '+84 905 123 456', '099190012345']
  for (const text of asked) expect(dossiers.search(text).map((one) => one.code), text).toEqual([code])
  expect(dossiers.search('0905123457')).toEqual([])
})

it('a dossier whose station died right after the commit is found by name once its command comes again', async () => {
  const { intake, dossiers, vault } = office()
  const id = randomUUID()
  const remember = vault.remember.bind(vault)
  vault.remember = () => {
    throw new Error('killed')
  }
  await expect(intake.accept(id, clerk, form)).rejects.toThrow('killed')
  vault.remember = remember
  const { code } = await intake.accept(id, clerk, form)
  expect(dossiers.search('duong').map((one) => one.code)).toEqual([code])
})

it('midnight while the hub is asked for numbers: the dossier gets one of the new day', async () => {
  const { intake, queue, clock } = office()
  const lease = queue.leaseCodes
  Object.assign(queue, {
    leaseCodes: async (id: string, day: string) => {
      const block = await lease(id, day)
      if (day === '2026-11-23') clock.now = parseLocal('2026-11-24T00:00') ?? 0
      return block
    },
  })
  expect((await intake.accept(randomUUID(), clerk, form)).code).toBe('H15.50.05.13-261124-0001')
})

it('a hub restored from a backup leases no block that a station still holds', async () => {
  const { journal, queue } = office()
  const other = new Journal({ file: join(dir, 'other.db'), station: 'quay-3', views: openViews, now: Date.now })
  other.append('system', [{ type: 'codes.received', subject: 'codes:2026-11-23', data: { day: '2026-11-23', from: 51, to: 100 } }])
  journal.appendReplica(other.after(other.origin, 0, 10))
  other.close()
  expect(await queue.leaseCodes(randomUUID(), '2026-11-23')).toMatchObject({ from: 101, to: 150 })
})

it('the same command twice, at once and later, is one dossier', async () => {
  const { intake, dossiers } = office()
  const id = randomUUID()
  const [one, two] = await Promise.all([intake.accept(id, clerk, form), intake.accept(id, clerk, form)])
  const three = await intake.accept(id, clerk, form)
  expect(new Set([one.code, two.code, three.code]).size).toBe(1)
  expect(dossiers.search('')).toHaveLength(1)
})

it('codes run without gaps over several blocks, and begin anew the next day', async () => {
  const { intake, clock } = office()
  const codes = []
  for (let i = 0; i < 60; i += 1) codes.push((await intake.accept(randomUUID(), clerk, form)).code.slice(-4))
  expect(codes).toEqual(Array.from({ length: 60 }, (_, i) => String(i + 1).padStart(4, '0')))
  clock.now += 48 * 3_600_000
  expect((await intake.accept(randomUUID(), clerk, form)).code).toBe('H15.50.05.13-261125-0001')
})

it('what the law needs is checked again: procedure, number, phone, papers, due date', async () => {
  const { intake } = office()
  const person = (change: object) => ({ ...form, person: { ...form.person, ...change } })
  const cases: readonly (readonly [IntakeForm, string])[] = [
    [{ ...form, procedure: '9.999999' }, 'unknown-procedure'],
    [person({ idNumber: '12345' }), 'id-number'],
    [person({ phone: '0905 12' }), 'phone'],
    [{ ...form, papers: [{ name: 'Tờ khai', original: 0, copy: 0, kind: 'submit' }] }, 'no-papers'],
    [{ ...form, dueChange: { due: parseLocal('2026-11-24T09:00') ?? 0, reason: 'x' } }, 'due-closed'],
    [{ ...form, dueChange: { due: parseLocal('2026-11-23T08:00') ?? 0, reason: 'x' } }, 'due-before-receipt'],
  ]
  for (const [wrong, reason] of cases) await expect(intake.accept(randomUUID(), clerk, wrong)).rejects.toMatchObject({ reason })
})

it('nobody pays twice: cash once, no transfer beside it, the same command answered', async () => {
  const { intake, payments, dossiers } = office()
  const { code } = await intake.accept(randomUUID(), clerk, form)
  const id = randomUUID()
  expect(() => payments.cash(randomUUID(), 'hanh', { code, amount: 16_000, given: 10_000 })).toThrow('too-little-cash')
  expect(() => payments.cash(randomUUID(), 'hanh', { code, amount: 8_000, given: 10_000 })).toThrow('amount-differs')
  const first = payments.cash(id, 'hanh', { code, amount: 16_000, given: 50_000 })
  expect(first.change).toBe(34_000)
  expect(payments.cash(id, 'hanh', { code, amount: 16_000, given: 50_000 })).toEqual(first)
  expect(() => payments.cash(randomUUID(), 'hanh', { code, amount: 16_000, given: 50_000 })).toThrow('already-paid')
  expect(() => payments.askTransfer(randomUUID(), 'hanh', { code, amount: 16_000 })).toThrow('already-paid')
  expect(dossiers.find(code)).toMatchObject({ paid: 16_000, paidBy: 'cash' })
})

it('a fee is taken only where the dossier was taken in: two stations do not know of each other\'s cash', async () => {
  const { intake, journal, vault } = office()
  const { code } = await intake.accept(randomUUID(), clerk, form)
  const hub = new Journal({ file: join(dir, 'copy.db'), station: 'copy', views: openViews, now: Date.now })
  hub.appendReplica(journal.after(journal.origin, 0, 100))
  const payments = new Payments({ journal: hub, commands: new CommandLog(hub.db), dossiers: new DossierStore(hub, vault), now: Date.now })
  expect(() => payments.cash(randomUUID(), 'x', { code, amount: 16_000, given: 16_000 })).toThrow('pay-elsewhere')
  expect(() => payments.askTransfer(randomUUID(), 'x', { code, amount: 16_000 })).toThrow('pay-elsewhere')
  hub.close()
})

it('a disk that was put back does not know what was paid since: it takes no fee of before, and does not send the citizen to another counter', async () => {
  const { intake, journal, vault } = office()
  const { code } = await intake.accept(randomUUID(), clerk, form)
  renewEpoch(journal.db, 'hub', Date.now())
  const restored = new Journal({ file: join(dir, 'journal.db'), station: 'hub', views: openViews, now: Date.now })
  const payments = new Payments({ journal: restored, commands: new CommandLog(restored.db), dossiers: new DossierStore(restored, vault), now: Date.now })
  expect(() => payments.cash(randomUUID(), 'x', { code, amount: 16_000, given: 16_000 })).toThrow('pay-before-restore')
  restored.close()
})

it('a transfer is asked once at a time, confirmed once, and cannot be dropped after it came', async () => {
  const { intake, payments, dossiers } = office()
  const { code } = await intake.accept(randomUUID(), clerk, form)
  const asked = payments.askTransfer(randomUUID(), 'hanh', { code, amount: 16_000 })
  expect(() => payments.askTransfer(randomUUID(), 'hanh', { code, amount: 16_000 })).toThrow('payment-waiting')
  expect(() => payments.cash(randomUUID(), 'hanh', { code, amount: 16_000, given: 20_000 })).toThrow('payment-waiting')
  payments.confirmTransfer('hanh', asked.id, 'FT1')
  payments.confirmTransfer('hanh', asked.id, 'FT1')
  expect(dossiers.find(code)?.paid).toBe(16_000)
  expect(() => payments.cancelTransfer('hanh', asked.id)).toThrow('already-paid')
})

it('a payment at the terminal was confirmed, or dropped, as if it were a transfer', async () => {
  const { intake, payments } = office()
  const { code } = await intake.accept(randomUUID(), clerk, form)
  const asked = payments.askCard(randomUUID(), 'hanh', { code, amount: 16_000, method: 'card' }, null)
  expect(() => payments.confirmTransfer('hanh', asked.id, 'FT1')).toThrow('payment-not-found')
  expect(() => payments.cancelTransfer('hanh', asked.id)).toThrow('payment-not-found')
  expect(payments.find(asked.id)?.state).toBe('waiting')
})

it('a draft comes back after a restart of the form, sealed, and goes when the dossier is accepted', async () => {
  const { intake, drafts } = office()
  drafts.save('3:t1', { phone: '0905' })
  expect(drafts.load('3:t1')?.form).toEqual({ phone: '0905' })
  await intake.accept(randomUUID(), clerk, form)
  expect(drafts.load('3:t1')).toBeNull()
})

it('a draft that nobody took up again is gone after three days', () => {
  const { drafts, journal, vault, clock } = office()
  drafts.save('3:t1', { phone: '0905' })
  clock.now += 2 * 86_400_000
  expect(new Drafts(journal, vault, () => clock.now).load('3:t1')).not.toBeNull()
  clock.now += 2 * 86_400_000
  expect(new Drafts(journal, vault, () => clock.now).load('3:t1')).toBeNull()
})
