import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type DatabasePlace } from '#central/database/open.ts'
import type { Database } from '#central/database/port.ts'
import { enrol, newAdminKey } from '#central/offices.ts'
import { startCentral, type RunningCentral } from '#central/server.ts'
import { localDay } from '#domain/local-time.ts'
import { intakeForm } from '#main/demo/citizens.ts'
import { openScreen } from '#main/demo/client.ts'
import type { RunningStation } from '#main/station.ts'
import { sampleConfig } from '#main/station/sample.ts'
import { freshPlace } from './sync-support/place.ts'
import { TestOffice } from './sync-support/stations.ts'
import { until } from './sync-support/wire.ts'

const agency = sampleConfig().office.agency
const office = new TestOffice()
let place: DatabasePlace
let db: Database
let central: RunningCentral
let admin = ''
let hub: RunningStation
let counter: RunningStation

/** Central on PGlite, a hub with the kiosk, counter 3 at a station of its own. */
beforeAll(async () => {
  place = await freshPlace(null)
  db = await openDatabase(place)
  admin = await newAdminKey(db)
  central = await startCentral({ db, port: 0, host: '127.0.0.1' })
  const key = await enrol(db, agency, 'Xã Hòa Phú', Date.now())
  hub = await office.hub(['quay-3'], { central: { url: central.url, key } })
  counter = await office.counter('quay-3', 3)
})

afterAll(async () => {
  await office.close()
  await central.close()
  await db.close()
  rmSync(place.folder, { recursive: true, force: true })
})

async function put(...changes: readonly object[]): Promise<unknown> {
  const body = JSON.stringify({ changes: changes.map((one) => ({ office: agency, ...one })) })
  const answer = await fetch(`${central.url}/api/v1/changes`, { method: 'POST', body, headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' } })
  return answer.json()
}

test('a price set by the province is what kiosk, intake and receipt say from its day on; what was taken in before keeps its own', async () => {
  const [desk, kiosk] = await Promise.all([openScreen(counter.ready.urls.counter ?? ''), openScreen(hub.ready.urls.kiosk ?? '')])
  const open = '1.000656'
  const offered = async () => (await kiosk.client.kiosk.procedures()).find((one) => one.code === open)
  const choice = { procedure: open, channel: 'DIRECT' as const, processing: 0, fees: [{ fee: 0, quantity: 1 }] }
  const cost = async () => (await desk.client.counter.preview(choice)).fee
  const procedure = await offered()
  if (!procedure) throw new Error('no such procedure')
  expect(procedure.fees[0]?.amountVnd).toBeNull()
  expect(await cost()).toEqual([{ name: 'Lệ phí (do tỉnh quy định)', unitPrice: 0, quantity: 1, amount: 0 }])
  const form = { ...intakeForm(procedure, 1, ''), ticketId: null, fees: choice.fees, shownTotal: 0 }
  const before = await desk.client.counter.accept({ ...form, commandId: randomUUID() })

  const today = localDay(Date.now())
  const tomorrow = localDay(Date.now() + 86_400_000)
  const price = (from: string, amountVnd: number) => ({ kind: 'price', key: `${open}@${from}`, body: { procedure: open, fee: 'Lệ phí', from, amountVnd } })
  expect(await put(price(today, 8_000), price(tomorrow, 12_000))).toEqual({ taken: 2 })
  for await (const view of await desk.client.counter.live(undefined)) if (!view.catalogue.endsWith('.0')) break
  await until(async () => (await offered())?.fees[0]?.amountVnd === 8_000)
  await until(async () => (await cost())[0]?.amount === 8_000)
  expect(await cost()).toEqual([{ name: 'Lệ phí', unitPrice: 8_000, quantity: 1, amount: 8_000 }])

  // The sum on the clerk's screen was the old one: said, not taken in silence.
  await expect(desk.client.counter.accept({ ...form, commandId: randomUUID() })).rejects.toMatchObject({ data: { reason: 'fee-changed' } })
  const after = await desk.client.counter.accept({ ...form, commandId: randomUUID(), shownTotal: 8_000 })
  expect(after.dossier.feeTotal).toBe(8_000)
  expect(await desk.client.counter.dossier({ code: before.dossier.code })).toMatchObject({ feeTotal: 0, fee: [{ name: 'Lệ phí (do tỉnh quy định)' }] })

  await put({ kind: 'price', key: `${open}@${today}`, body: null })
  await until(async () => (await offered())?.fees[0]?.amountVnd === null)
  for (const screen of [desk, kiosk]) screen.close()
})

test('a booked slot gives one number, called first, that the counter knows by time and name; its name lies sealed on every disk', async () => {
  const [desk, kiosk] = await Promise.all([openScreen(counter.ready.urls.counter ?? ''), openScreen(hub.ready.urls.kiosk ?? '')])
  const name = 'Nguyễn Thị Hoa Quỳnh'
  const at = Date.now()
  const slot = (key: string, more: object = {}) => ({ kind: 'appointment', key, body: { service: 'A', procedure: '1.000894', at, name, ...more } })
  await put(slot('LH-0001'), slot('LH-0002', { at: at + 3 * 86_400_000 }), slot('LH-0003'), { kind: 'appointment', key: 'LH-0004', body: null }, slot('LH-0005', { service: 'nơi khác' }))
  for await (const view of await kiosk.client.kiosk.live(undefined)) if (view.bookings) break
  const look = (code: string) => desk.client.counter.appointment({ code }).catch(() => null)
  await until(async () => (await look('LH-0005')) !== null)

  expect(await kiosk.client.kiosk.appointment({ code: 'lh-0001' })).toMatchObject({ code: 'LH-0001', at, first: true, service: 'A', name: 'N. T. H. Quỳnh', number: null })
  for (const [code, reason] of [['LH-0002', 'appointment-other-day'], ['LH-0004', 'appointment-cancelled'], ['LH-9999', 'appointment-unknown']]) {
    await expect(kiosk.client.kiosk.appointment({ code: code ?? '' })).rejects.toMatchObject({ data: { reason } })
  }

  const issue = (booking: string | null) => kiosk.client.kiosk.issue({ commandId: randomUUID(), service: 'A', procedure: null, priority: null, papers: [], print: false, booking })
  const walkIn = await issue(null)
  const booked = await issue('https://dichvucong.gov.vn/dat-lich?ma=LH-0001')
  expect(booked.ticket).toMatchObject({ service: 'A', procedure: '1.000894', priority: 'appointment', appointment: { code: 'LH-0001', at } })
  await expect(issue('LH-0001')).rejects.toMatchObject({ data: { reason: 'appointment-used', details: { number: booked.ticket.number } } })
  // The clerk gives the next, at a station of its own, by the same rule.
  const { number } = await desk.client.counter.admit({ commandId: randomUUID(), code: 'LH-0003' })
  await expect(desk.client.counter.admit({ commandId: randomUUID(), code: 'LH-0003' })).rejects.toMatchObject({ data: { reason: 'appointment-used', details: { number } } })
  expect(await look('LH-0003')).toMatchObject({ number, name })

  for await (const view of await desk.client.counter.live(undefined)) {
    const rows = view.mine.map(({ ticket }) => ticket.number)
    if (!rows.includes(number)) continue
    expect(rows).toEqual([booked.ticket.number, number, walkIn.ticket.number])
    break
  }
  await desk.client.counter.do({ commandId: randomUUID(), action: { kind: 'call-next', finishCurrent: false } })
  for await (const { current } of await desk.client.counter.live(undefined)) {
    if (current === null) continue
    expect(current).toMatchObject({ ticket: { number: booked.ticket.number }, bookedBy: name })
    break
  }

  const secret = Buffer.from(name)
  for (const station of ['hub', 'quay-3']) {
    for (const file of readdirSync(office.folder(station), { recursive: true, withFileTypes: true })) {
      if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name)).includes(secret), `${station}/${file.name}`).toBe(false)
    }
  }
  await put({ kind: 'appointment', key: 'LH-0001', body: null })
  for await (const { current } of await desk.client.counter.live(undefined)) if (current?.bookedBy === null) break
  for (const screen of [desk, kiosk]) screen.close()
})

test('the clerk of a counter is named as the province lists them, on new dossiers too; one who left is a task of the head of the office', async () => {
  const [desk, head] = await Promise.all([openScreen(counter.ready.urls.counter ?? ''), openScreen(hub.ready.urls.supervisor ?? '')])
  const member = { name: 'Trần Thị Mỹ Hạnh Nguyên', position: 'Công chức tư pháp – hộ tịch' }
  await put({ kind: 'staff', key: 'hanh', body: member })
  for await (const view of await desk.client.counter.live(undefined)) {
    if (view.staffPosition === null) continue
    expect(view).toMatchObject({ staffName: member.name, staffPosition: member.position, counter: { staff: 'hanh', staffName: member.name } })
    break
  }
  const procedure = (await desk.client.counter.procedures()).find(({ code }) => code === '2.002516')
  if (!procedure) throw new Error('no such procedure')
  const { dossier } = await desk.client.counter.accept({ commandId: randomUUID(), ...intakeForm({ ...procedure, service: '', together: [] }, 2, ''), ticketId: null })
  expect(dossier).toMatchObject({ staff: 'hanh', staffName: member.name })

  await put({ kind: 'staff', key: 'hanh', body: { ...member, left: true } })
  for await (const { goneClerks } of await head.client.supervisor.live(undefined)) {
    if (goneClerks?.length === 0) continue
    expect(goneClerks).toEqual([{ counter: 3, name: member.name }])
    break
  }
  await put({ kind: 'staff', key: 'hanh', body: null })
  for await (const { staffName, staffPosition } of await desk.client.counter.live(undefined)) {
    if (staffPosition !== null) continue
    expect(staffName).toBe('Trần Thị Mỹ Hạnh')
    break
  }
  for (const screen of [desk, head]) screen.close()
})
