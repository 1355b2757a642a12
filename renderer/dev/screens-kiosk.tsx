import type { AppointmentView } from '#contract/appointment.ts'
import type { IssuedTicket, KioskView } from '#contract/kiosk.ts'
import { KioskApp } from '../kiosk/kiosk-app.tsx'
import type { KioskCommands } from '../kiosk/model.ts'
import { plainModes, type Modes } from '../kiosk/modes.ts'
import { freshSession, type BookingScreen, type FindScreen, type Screen, type Session } from '../kiosk/session.ts'
import { a012, birth, kioskNow, kioskProcedures, kioskView } from './kiosk-view.ts'
import type { DevScreens } from './screens.ts'

const booked: AppointmentView = {
  code: 'LH-261123-0042', at: kioskNow + 27 * 60_000, window: { from: kioskNow - 3 * 60_000, to: kioskNow + 42 * 60_000 }, first: true, service: 'A', title: 'Đăng ký kết hôn', name: 'N. T. Hoa', number: null,
}
const booking: BookingScreen = { kind: 'booking', code: 'lh-261123-0042', found: null, refusal: null }

const later = <Data,>(data: Data) => new Promise<{ readonly ok: true; readonly data: Data }>((resolve) => setTimeout(() => resolve({ ok: true, data }), 400))

/** A station that always says yes and prints after two seconds. */
const commands: KioskCommands = {
  issue: (wanted) => later({ ...a012, ticket: { ...a012.ticket, papers: wanted.papers }, slip: wanted.print ? ('printing' as const) : ('not-printed' as const), slipReason: wanted.print ? null : 'on-screen' }),
  appointment: () => later(booked),
  reprint: () => later({ ...a012, slip: 'printing' as const }),
  askHelp: () => later(null),
  watchSlip: (_ticket, onChange) => {
    const timer = setTimeout(() => onChange(a012), 2000)
    return () => clearTimeout(timer)
  },
}

const find: FindScreen = { kind: 'find', mode: 'ticket', query: '', service: null, keyboard: false, code: null }
const answers = Object.fromEntries((birth?.components ?? []).slice(0, 2).map((component, index) => [component.name, index === 1]))
const query = new URLSearchParams(location.search)
const pageModes: Modes = { ...plainModes, large: query.get('text') === 'large', contrast: query.get('theme') === 'contrast' }

function kiosk(screen: Screen, view: Partial<KioskView> = {}, session: Partial<Session> = {}, modes: Partial<Modes> = {}, connected = true) {
  return () => (
    <KioskApp
      view={{ ...kioskView, ...view }}
      now={kioskNow}
      connected={connected}
      procedures={kioskProcedures}
      commands={commands}
      initial={{ ...freshSession, ...session, screen }}
      initialModes={Object.keys(modes).length === 0 && !pageModes.large && !pageModes.contrast ? plainModes : { ...pageModes, ...modes }}
    />
  )
}

const ticket = (change: Partial<IssuedTicket>, onScreen = false): Screen => ({ kind: 'ticket', issued: { ...a012, ...change }, onScreen })
const long: IssuedTicket = { ...a012, ticket: { ...a012.ticket, number: 'D1012', title: 'Giao đất, cho thuê đất, chuyển mục đích (không đấu giá)' }, counters: [5, 6, 12], ahead: 23 }
const birthScreen: FindScreen = { ...find, query: 'dang ky khai sinh', service: 'A', code: '1.001193' }

export const screens: DevScreens = {
  'kiosk-start': kiosk({ kind: 'start' }),
  'kiosk-start-sample': kiosk({ kind: 'start' }, { sample: true, opening: { open: true, session: 'all-day', until: null, nextOpening: null }, card: { at: kioskNow, age: 78 } }),
  'kiosk-start-closed': kiosk({ kind: 'start' }, { opening: { open: false, session: null, until: null, nextOpening: Date.parse('2026-11-25T07:30:00+07:00') } }),
  'kiosk-start-hub-lost': kiosk({ kind: 'start' }, { hubLostSince: kioskNow - 180_000, paper: 'out' }),
  'kiosk-start-unlinked': kiosk({ kind: 'start' }, {}, {}, {}, false),
  'kiosk-start-seated': kiosk({ kind: 'start' }, {}, {}, { seated: true }),
  'kiosk-find': kiosk(find),
  'kiosk-find-field': kiosk({ ...find, service: 'D' }),
  'kiosk-find-keys': kiosk({ ...find, query: 'dang ky khai sinh', keyboard: true }),
  'kiosk-find-nothing': kiosk({ ...find, query: 'khai sin xyz' }),
  'kiosk-find-seated': kiosk({ ...find, service: 'A' }, {}, {}, { seated: true }),
  'kiosk-service': kiosk(birthScreen, {}, { answers }),
  'kiosk-service-long': kiosk({ ...find, code: '1.013949' }, { paper: 'out' }),
  'kiosk-service-seated': kiosk(birthScreen, {}, { answers }, { seated: true }),
  'kiosk-service-closed': kiosk(birthScreen, { opening: { open: false, session: null, until: null, nextOpening: null } }),
  'kiosk-results': kiosk({ kind: 'service', service: 'T', from: null }),
  'kiosk-start-bookings': kiosk({ kind: 'start' }, { bookings: true }),
  'kiosk-booking': kiosk({ ...booking, refusal: { ok: false, code: 'REFUSED', reason: 'appointment-other-day', details: { time: '09:30', date: '24/11/2026' } } }),
  'kiosk-booking-found': kiosk({ ...booking, found: booked }),
  'kiosk-booking-early': kiosk({ ...booking, found: { ...booked, first: false } }),
  'kiosk-booking-used': kiosk({ ...booking, found: { ...booked, number: 'A012' } }),
  'kiosk-priority': kiosk({ kind: 'priority', back: birthScreen }, {}, { priority: 'elderly' }),
  'kiosk-no-paper': kiosk({ kind: 'no-paper', back: birthScreen }, { paper: 'out' }),
  'kiosk-refused': kiosk({ kind: 'refused', back: birthScreen, refusal: { ok: false, code: 'HUB_UNREACHABLE', reason: null, details: {} } }),
  'kiosk-ticket': kiosk(ticket({})),
  'kiosk-ticket-printing': kiosk(ticket({ slip: 'printing' })),
  'kiosk-ticket-unknown': kiosk(ticket({ slip: 'unknown' }), { hubLostSince: kioskNow }),
  'kiosk-ticket-failed': kiosk(ticket({ slip: 'not-printed', slipReason: 'cover-open' })),
  'kiosk-ticket-no-paper': kiosk(ticket({ slip: 'not-printed', slipReason: 'on-screen' }, true)),
  'kiosk-ticket-long': kiosk({ kind: 'ticket', issued: long, onScreen: false }),
}
