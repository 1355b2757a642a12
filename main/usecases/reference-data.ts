import type { OfficeCalendar } from '#domain/calendar.ts'
import type { Procedure } from '#domain/procedure.ts'
import type { Downstream } from '#journal/downstream.ts'
import { calendarSchema } from '#main/catalogue/calendar-file.ts'
import { procedureVersion } from '#main/catalogue/schemas.ts'

export interface Shipped {
  readonly calendar: OfficeCalendar
  readonly procedures: readonly Procedure[]
}

/**
 * Calendar and procedures in force: what central sent down, else what the program came with. A procedure has versions by the day from which
 * each holds; a dossier keeps the version that it was received under, because its event holds a copy.
 */
export class ReferenceData {
  readonly #downstream: Downstream
  readonly #shipped: Shipped
  #calendar: OfficeCalendar | null = null
  #byDay: { readonly day: string; readonly procedures: ReadonlyMap<string, Procedure> } | null = null

  constructor(downstream: Downstream, shipped: Shipped) {
    this.#downstream = downstream
    this.#shipped = shipped
    downstream.onChange(() => {
      this.#calendar = null
      this.#byDay = null
    })
  }

  calendar(): OfficeCalendar {
    this.#calendar ??= this.#received() ?? this.#shipped.calendar
    return this.#calendar
  }

  /** Procedures in force on a day, by code, in the order of the catalogue; new ones behind. */
  procedures(day: string): ReadonlyMap<string, Procedure> {
    if (this.#byDay?.day !== day) this.#byDay = { day, procedures: this.#inForce(day) }
    return this.#byDay.procedures
  }

  #received(): OfficeCalendar | null {
    const body = this.#downstream.find('calendar', 'office')?.body ?? null
    const parsed = body === null ? null : calendarSchema.safeParse(JSON.parse(body))
    return parsed?.success ? parsed.data : null
  }

  #inForce(day: string): ReadonlyMap<string, Procedure> {
    const procedures = new Map(this.#shipped.procedures.map((one) => [one.code, one]))
    const versions = this.#downstream
      .of('procedure')
      .flatMap(({ body }) => {
        const parsed = procedureVersion.safeParse(JSON.parse(body ?? 'null'))
        return parsed.success && parsed.data.from <= day ? [parsed.data] : []
      })
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    for (const { code, procedure } of versions) {
      if (procedure) procedures.set(code, procedure)
      else procedures.delete(code)
    }
    return procedures
  }
}
