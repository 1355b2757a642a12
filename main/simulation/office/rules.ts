import type { OfficeCalendar } from '#domain/calendar.ts'
import type { Procedure } from '#domain/procedure.ts'
import type { QueueRules } from '#domain/queue/state.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import { sampleConfig } from '#main/station/sample.ts'

/** The simulated office: the sample's rules and procedures, three machines for its people. */
export interface Office {
  readonly agency: string
  readonly rules: QueueRules
  readonly procedures: ReadonlyMap<string, Procedure>
  readonly calendar: OfficeCalendar
}

export function sampleOffice(): Office {
  const { procedures, calendar } = loadCatalogue()
  const { office, rules, services, counters } = sampleConfig()
  return { agency: office.agency, rules: { ...rules, services, counters }, procedures: new Map(procedures.map((one) => [one.code, one])), calendar }
}

/** Names of the machines. A station's name is its id, too. */
export const central = 'central'
export const hub = 'hub'
/** Holds copies of all journals, and becomes the hub when that is gone. */
export const spare = 'spare'
export const counters = ['quay-2', 'quay-3'] as const
export const kiosk = 'kiosk-2'

/** A counter and who sits there. */
export interface Seat {
  readonly counter: number
  readonly staff: string
  readonly staffName: string
}

/** Who works at a machine; a copy of a machine's disk, `quay-2-b`, was set up as another station, for another counter. */
const seats: Readonly<Record<string, Seat>> = {
  'quay-2': { counter: 2, staff: 'duong', staffName: 'Nguyễn Thị Thùy Dương' },
  'quay-3': { counter: 3, staff: 'hanh', staffName: 'Trần Thị Mỹ Hạnh' },
  'quay-2-b': { counter: 4, staff: 'thien', staffName: 'Y Thiên Niê' },
  'quay-3-b': { counter: 5, staff: 'khanh', staffName: 'Lê Văn Khánh' },
}

/** The seat at a machine, null at a kiosk. */
export const seatAt = (machine: string): Seat | null => seats[machine] ?? null
