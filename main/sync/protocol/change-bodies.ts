import { z } from 'zod'
import { dossierCodePattern } from '#domain/codes.ts'
import { statusOfCode } from '#domain/dossier-status.ts'
import { calendarSchema } from '#main/catalogue/calendar-file.ts'
import { priceSchema, procedureVersion, staffSchema } from '#main/catalogue/schemas.ts'

/** Longest JSON of one body, UTF-16 units: hubs and stations read answers of a limited length, and what came after a larger one would never come down. */
const maxBody = 1_000_000
const text = z.string().trim().min(1).max(200)
const dossierCode = z.string().regex(dossierCodePattern)

/**
 * What an operator may put in, by kind: the key names the thing, the body is its newest state. Nothing personal but the name of an appointment:
 * what else comes down is kept in the clear at every station.
 */
export const putBodies = {
  /** The calendar of the office, whole: format of `main/catalogue/README.md`. */
  calendar: { key: z.literal('office'), body: calendarSchema },
  /** `1.001193@2027-03-01`: a version of a procedure from a day on. */
  procedure: { key: z.string().regex(/^\S+@\d{4}-\d{2}-\d{2}$/), body: procedureVersion },
  /** A dossier's national status code (domain.md 1.4). */
  status: { key: dossierCode, body: z.object({ status: z.int().refine((code) => statusOfCode(code) !== null, 'no status has this code') }) },
  /** What a fee of a procedure, or one variant of it, costs in this province from a day on; đồng (`main/domain/price.ts`). */
  price: { key: text, body: priceSchema },
  /** A member of staff, by the id that counters have in `station.json`; what else the body says comes down as it is. */
  staff: { key: text, body: staffSchema },
  /** A dossier submitted on the national portal that waits for this office; epoch ms. */
  online: { key: dossierCode, body: z.object({ procedure: text, submittedAt: z.int() }) },
  /** A booked slot, by the code that its holder shows; epoch ms. The name, if given, is sealed at every station and goes the day after. */
  appointment: { key: text, body: z.object({ service: text, at: z.int(), procedure: text.nullable(), name: z.exactOptional(text) }) },
} as const

export type PutKind = keyof typeof putBodies

/** One thing that an operator puts in; `office` `*` is every office. */
export interface Put {
  readonly office: string
  readonly kind: PutKind
  readonly key: string
  /** JSON text; null withdraws it. */
  readonly body: string | null
}

const isPutKind = (kind: unknown): kind is PutKind => typeof kind === 'string' && Object.hasOwn(putBodies, kind)
const envelope = z.object({ office: z.union([z.literal('*'), z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{1,39}$/)]), kind: z.string(), key: z.string().max(300), body: z.unknown() })

/** Reads one, or says in a few words what is wrong with it. */
export function readPut(value: unknown): Put | { readonly problem: string } {
  const read = envelope.safeParse(value)
  if (!read.success) return { problem: z.prettifyError(read.error) }
  const { office, kind, key, body } = read.data
  if (!isPutKind(kind)) return { problem: `kind: one of ${Object.keys(putBodies).join(', ')}` }
  const rules = putBodies[kind]
  const keyFault = rules.key.safeParse(key).error
  if (keyFault) return { problem: `key: ${z.prettifyError(keyFault)}` }
  if (body === null) return { office, kind, key, body: null }
  const fault = rules.body.safeParse(body).error
  if (fault) return { problem: `body: ${z.prettifyError(fault)}` }
  const json = JSON.stringify(body)
  return json.length > maxBody ? { problem: `body: ${json.length} characters, at most ${maxBody}` } : { office, kind, key, body: json }
}
