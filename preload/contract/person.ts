import { type } from '@orpc/contract'
import { z } from 'zod'
import { procedureFor } from './shared.ts'

const person = z.object({ idNumber: z.string().trim().regex(/^(\d{12}|\d{9}|[A-Z]{1,2}\d{6,8})$/) })

/** What an erasure did at this station. */
export interface ErasureDone {
  readonly dossiers: number
  readonly drafts: number
  /** The others of the office are told; else this station has never met its hub. */
  readonly everywhere: boolean
}

/** A person's rights (Luật 91/2025/QH15): what is held of them, and to be forgotten. */
export const personContract = {
  export: procedureFor('supervisor').input(person).output(type<Readonly<Record<string, unknown>>>()),
  erase: procedureFor('supervisor').input(person).output(type<ErasureDone>()),
}
