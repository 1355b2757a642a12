/** The kiosk on Monday 23/11/2026 at 09:01–09:03, as in the pictures. Numbers are invented. */
import type { IssuedTicket, KioskProcedure, KioskView } from '#contract/kiosk.ts'

interface ServicesFile {
  readonly services: readonly { readonly id: string; readonly name: string; readonly prefix: string; readonly fields: readonly string[] }[]
  readonly together: Readonly<Record<string, readonly string[]>>
}

/** The catalogue that the station ships, read as files: this harness is a tool, not a screen. */
const catalogueFiles = import.meta.glob<{ readonly procedures: readonly KioskProcedure[] }>('../../main/catalogue/procedures.json', { eager: true, import: 'default' })
const serviceFiles = import.meta.glob<ServicesFile>('../../main/catalogue/services.json', { eager: true, import: 'default' })
const services = Object.values(serviceFiles).flatMap((file) => file.services)
const together: Readonly<Record<string, readonly string[]>> = Object.assign({}, ...Object.values(serviceFiles).map((file) => file.together))

const at = (clock: string) => Date.parse(`2026-11-23T${clock}:00+07:00`)
export const kioskNow = at('09:03')

const catchAll = services.find((service) => service.fields.includes('*'))?.id ?? ''

/** The catalogue as the station sends it. */
export const kioskProcedures: readonly KioskProcedure[] = Object.values(catalogueFiles).flatMap((file) => file.procedures).map((procedure) => ({
  ...procedure,
  service: services.find((service) => service.fields.includes(procedure.field))?.id ?? catchAll,
  together: together[procedure.code] ?? [],
}))

const loads: Readonly<Record<string, readonly [number, number, number, readonly number[]]>> = { A: [4, 15, 25, [2, 3]], B: [7, 20, 30, [2, 3]], C: [5, 15, 20, [4]], D: [4, 30, 45, [5]], E: [1, 10, 20, [6]], T: [0, 0, 5, [1]] }

export const kioskView: KioskView = {
  now: kioskNow,
  asOf: at('09:02'),
  office: { unit: 'Trung tâm Phục vụ hành chính công', commune: 'xã Hòa Phú', province: 'tỉnh Đắk Lắk', agency: 'H15.50.05.13', phone: '0262 355 5123' },
  station: 'hp-kiosk1',
  stationName: 'Ki-ốt 1',
  sample: false,
  opening: { open: true, session: 'morning', until: '11:30', nextOpening: null },
  waiting: 21,
  catalogue: '1',
  services: services.map(({ id, name, prefix }) => {
    const [waiting, from, to, counters] = loads[id] ?? [0, 0, 0, []]
    return { id, name, prefix, waiting, estimate: { from, to }, counters }
  }),
  priorities: ['elderly', 'disabled', 'pregnant', 'child', 'merit', 'urgent'],
  paper: 'ok',
  printerOnline: true,
  hubLostSince: null,
  receptionCounter: 1,
  card: null,
  bookings: false,
  scanned: null,
}

export const birth = kioskProcedures.find((procedure) => procedure.code === '1.001193')

/** A012 as in the pictures. */
export const a012: IssuedTicket = {
  ticket: {
    id: 't12',
    number: 'A012',
    day: '2026-11-23',
    service: 'A',
    procedure: '1.001193',
    title: 'Đăng ký khai sinh',
    priority: null,
    papers: [{ name: birth?.components[0]?.name ?? '', have: false }],
    state: 'waiting',
    issuedAt: kioskNow,
    promised: { from: 15, to: 25 },
    calls: 0,
    calledAt: null,
    startedAt: null,
    endedAt: null,
    counter: null,
    staff: null,
    onlyCounter: null,
    heldReason: null,
    heldAt: null,
    returned: false,
    order: kioskNow,
    note: null,
    key: 'k',
    lease: null,
    station: 'hp-kiosk1',
  },
  serviceName: 'Hộ tịch',
  ahead: 4,
  counters: [2, 3],
  expected: { from: at('09:18'), to: at('09:28') },
  followUrl: 'http://192.168.10.5:4810/follow.html#t=q7Vw2xKf9LmPz3RbTn8sYd',
  slip: 'printed',
  slipReason: null,
}
