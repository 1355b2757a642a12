import { staffSchema } from '#main/catalogue/schemas.ts'
import type { Downstream } from '#journal/downstream.ts'

/** A member of staff as the province lists them. */
export interface StaffMember {
  readonly name: string
  /** Chức danh; null when none is given. */
  readonly position: string | null
  /** No longer works for the office. */
  readonly left: boolean
}

/** Who works for the office, by the ids that counters have in `station.json`. Nobody signs in by it. */
export class StaffList {
  readonly #downstream: Downstream

  constructor(downstream: Downstream) {
    this.#downstream = downstream
  }

  /** Null for nobody, and for an id that the province doesn't know: then the configuration's word holds. */
  find(id: string | null | undefined): StaffMember | null {
    const body = id ? (this.#downstream.find('staff', id)?.body ?? null) : null
    const read = body === null ? null : staffSchema.safeParse(JSON.parse(body))
    return read?.success ? { name: read.data.name, position: read.data.position ?? null, left: read.data.left ?? false } : null
  }
}
