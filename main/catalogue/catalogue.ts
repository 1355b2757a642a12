import type { z } from 'zod'
import type { OfficeCalendar } from '#domain/calendar.ts'
import type { Procedure } from '#domain/procedure.ts'
import calendarData from './calendar.json' with { type: 'json' }
import { calendarSchema } from './calendar-file.ts'
import procedureData from './procedures.json' with { type: 'json' }
import sampleOfficeData from './sample-office.json' with { type: 'json' }
import serviceData from './services.json' with { type: 'json' }
import { procedureFile, sampleOfficeSchema, serviceFile, type SampleOffice, type ServiceGroup } from './schemas.ts'

/** What an office works with, checked: procedures, service groups, calendar, and where each came from. */
export interface Catalogue {
  readonly procedures: readonly Procedure[]
  readonly services: readonly ServiceGroup[]
  readonly calendar: OfficeCalendar
  /** Title, snapshot and sources of the data, for people. */
  readonly about: z.infer<typeof procedureFile>['meta']
  /** The procedure of a code; null when the catalogue has none. */
  readonly procedure: (code: string) => Procedure | null
  /** Id of the service group that serves a procedure. */
  readonly serviceOf: (procedure: Pick<Procedure, 'field'>) => string
  /** Codes often needed together with one, most useful first. */
  readonly together: (code: string) => readonly string[]
}

let loaded: Catalogue | null = null

/** The shipped catalogue, read and checked once. Throws with the field's path when the shipped data is wrong: a broken build. */
export function loadCatalogue(): Catalogue {
  loaded ??= buildCatalogue()
  return loaded
}

/** Sample office of the pictures: Xã Hòa Phú, six counters. For demo and sample stations only. */
export function loadSampleOffice(): SampleOffice {
  return sampleOfficeSchema.parse(sampleOfficeData)
}

function buildCatalogue(): Catalogue {
  const { meta, procedures } = procedureFile.parse(procedureData)
  const { services, together } = serviceFile.parse(serviceData)
  const byCode = new Map<string, Procedure>(procedures.map((one) => [one.code, one]))
  const byField = new Map(services.flatMap((service) => service.fields.map((field) => [field, service.id])))
  return {
    procedures,
    services,
    calendar: calendarSchema.parse(calendarData),
    about: meta,
    procedure: (code) => byCode.get(code) ?? null,
    serviceOf: ({ field }) => byField.get(field) ?? byField.get('*') ?? '',
    together: (code) => (together[code] ?? []).filter((one) => byCode.has(one)),
  }
}
