import type { z } from 'zod'
import type { OfficeCalendar } from '#domain/calendar.ts'
import { withPrices } from '#domain/price.ts'
import type { Procedure } from '#domain/procedure.ts'
import type { Downstream } from '#journal/downstream.ts'
import { calendarSchema } from '#main/catalogue/calendar-file.ts'
import { priceSchema, procedureVersion } from '#main/catalogue/schemas.ts'

export interface Shipped {
  readonly calendar: OfficeCalendar
  readonly procedures: readonly Procedure[]
}

/**
 * Calendar, procedures and what they cost: what central sent down, else what the program came with. A procedure has versions, and its fees have
 * prices, by the day from which each holds; a dossier keeps what it was received under, because its event holds a copy.
 */
export class ReferenceData {
  readonly #downstream: Downstream
  readonly #shipped: Shipped
  #calendar: OfficeCalendar | null = null
  #revision: number | null = null
  #byDay: { readonly day: string; readonly procedures: ReadonlyMap<string, Procedure> } | null = null

  constructor(downstream: Downstream, shipped: Shipped) {
    this.#downstream = downstream
    this.#shipped = shipped
    downstream.onChange(() => {
      this.#calendar = null
      this.#byDay = null
      this.#revision = null
    })
  }

  calendar(): OfficeCalendar {
    this.#calendar ??= this.#received() ?? this.#shipped.calendar
    return this.#calendar
  }

  /** Another text whenever `procedures` may answer something else: screens ask for them again. */
  revision(day: string): string {
    this.#revision ??= this.#downstream.newestOf(['procedure', 'price'])
    return `${day}.${this.#revision}`
  }

  /** Procedures in force on a day with their prices of that day, by code, in the order of the catalogue; new ones behind. */
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
    const versions = this.#told('procedure', procedureVersion).filter((version) => version.from <= day).toSorted((a, b) => (a.from < b.from ? -1 : 1))
    for (const { code, procedure } of versions) {
      if (procedure) procedures.set(code, procedure)
      else procedures.delete(code)
    }
    const prices = this.#told('price', priceSchema)
    return new Map([...procedures].map(([code, procedure]) => [code, withPrices(procedure, prices, day)]))
  }

  /** What came down of a kind and can be read. */
  #told<Schema extends z.ZodType>(kind: string, schema: Schema): readonly z.infer<Schema>[] {
    return this.#downstream.of(kind).flatMap(({ body }) => {
      const parsed = schema.safeParse(JSON.parse(body ?? 'null'))
      return parsed.success ? [parsed.data] : []
    })
  }
}
