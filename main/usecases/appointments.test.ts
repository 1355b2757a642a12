import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Downstream, type NewItem } from '#journal/downstream.ts'
import { Journal } from '#journal/journal.ts'
import { Vault } from '#vault/vault.ts'
import { openViews } from '#views/views.ts'
import { Appointments, openName, sealNames } from './appointments.ts'

let dir: string
let journal: Journal
let vault: Vault
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-booked-'))
  vault = new Vault(join(dir, 'vault.db'), randomBytes(32))
  journal = new Journal({ file: join(dir, 'journal.db'), station: 'hub', views: openViews, now: Date.now })
})
afterEach(() => {
  journal.close()
  vault.close()
  rmSync(dir, { recursive: true, force: true })
})

const at = Date.parse('2026-11-23T09:30+07:00')
const name = 'Nguyễn Thị Hoa'
const slot = (more: object = {}): NewItem => ({ kind: 'appointment', key: 'LH-1', at: 1, body: JSON.stringify({ service: 'A', at, procedure: null, name, ...more }) })

function station() {
  const clock = { now: at }
  const downstream = new Downstream(journal.db)
  const take = (...items: readonly NewItem[]) => downstream.take('central', { epoch: 'e', n: 0 }, sealNames(downstream, vault, items))
  return { clock, downstream, take, kept: () => downstream.find('appointment', 'LH-1'), appointments: new Appointments(downstream, vault, () => clock.now) }
}

it('keeps the name sealed, hands it on open, and changes nothing when the same comes again', () => {
  const { downstream, take, kept, appointments } = station()
  take(slot())
  const first = kept()
  if (!first) throw new Error('nothing was kept')
  expect(first.body).not.toContain('Hoa')
  expect(JSON.parse(openName(vault, first).body ?? '')).toEqual({ service: 'A', at, procedure: null, name })
  take(slot())
  expect(kept()).toEqual(first)
  take(slot({ name: 'Trần Văn Nam' }))
  expect(appointments.find('lh-1')).toMatchObject({ code: 'LH-1', name: 'Trần Văn Nam', cancelled: false })
  expect(openName(vault, { ...first, kind: 'status' }).body).toBe(first.body)
  expect(downstream.of('appointment')).toHaveLength(1)
})

it('forgets the name when it is withdrawn, and the day after', () => {
  const { clock, take, kept, appointments } = station()
  take(slot())
  const withdrawn = kept()
  take({ ...slot(), at: 2, body: null })
  expect(appointments.find('LH-1')).toMatchObject({ cancelled: true, name: null })
  expect(openName(vault, withdrawn ?? crash()).body).not.toContain('Hoa')

  take({ ...slot(), at: 3 })
  appointments.tidy()
  expect(appointments.find('LH-1')?.name).toBe(name)
  expect(appointments.anyToday()).toBe(true)
  clock.now = Date.parse('2026-11-24T00:00+07:00')
  appointments.tidy()
  expect(appointments.find('LH-1')).toMatchObject({ at, name: null })
  expect(appointments.anyToday()).toBe(false)
  expect(openName(vault, kept() ?? crash()).body).toBe(JSON.stringify({ service: 'A', at, procedure: null }))
})

it.each([
  ['of a form that this version does not know', JSON.stringify({ slot: 'A', name })],
  ['garbled on the way', `{"name":"${name}`],
])('keeps no name of an appointment %s', (_, body) => {
  const { take, kept, appointments } = station()
  take({ kind: 'appointment', key: 'LH-1', at: 1, body })
  expect(kept()).toMatchObject({ body: null })
  expect(appointments.find('LH-1')).toMatchObject({ cancelled: true })
})

function crash(): never {
  throw new Error('nothing was kept')
}
