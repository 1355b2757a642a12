import type { KioskProcedure } from '#contract/kiosk.ts'
import type { Procedure } from '#domain/procedure.ts'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'

const made = new WeakMap<ReadonlyMap<string, Procedure>, readonly KioskProcedure[]>()

/** Procedures as screens offer them, each with its service group and what is often needed with it; made once for each state of the catalogue. */
export function kioskProcedures(procedures: ReadonlyMap<string, Procedure>): readonly KioskProcedure[] {
  const known = made.get(procedures)
  if (known) return known
  const catalogue = loadCatalogue()
  const all = [...procedures.values()].map((one) => ({ ...one, service: catalogue.serviceOf(one), together: catalogue.together(one.code).filter((code) => procedures.has(code)) }))
  made.set(procedures, all)
  return all
}
