import { z } from 'zod'
import { agencyPattern, procedureCodePattern } from '#domain/codes.ts'

const channel = z.enum(['DIRECT', 'ONLINE', 'POSTAL'])
const anyChannel = z.union([channel, z.literal('*')])
const text = z.string().trim().min(1)

const processing = z.object({
  channel: anyChannel,
  value: z.int().positive().nullable(),
  unit: z.enum(['SAME_DAY', 'WORKING_DAY', 'DAY', 'HOUR', 'MONTH', 'YEAR', 'OTHER']),
  case: z.exactOptional(text),
  note: z.exactOptional(text),
})

const fee = z.object({
  type: text,
  name: z.exactOptional(text),
  pages: z.exactOptional(z.object({ first: z.int().positive(), after: z.int().nonnegative(), cap: z.int().positive() })),
  amountVnd: z.int().nonnegative().nullable(),
  unit: text,
  channel: anyChannel,
  case: z.exactOptional(text),
  note: z.exactOptional(text),
})

const component = z.object({
  name: text,
  original: z.int().nonnegative(),
  copy: z.int().nonnegative(),
  required: z.union([z.boolean(), z.literal('conditional'), z.literal('one-of')]),
  kind: z.enum(['submit', 'present', 'declare']),
  case: z.exactOptional(text),
})

const procedure = z.object({
  code: z.string().regex(procedureCodePattern),
  name: text,
  shortName: text,
  field: text,
  decisionNo: text,
  handledBy: text,
  receiptForm: text,
  channels: z.array(channel).min(1),
  processing: z.array(processing).min(1),
  fees: z.array(fee),
  components: z.array(component),
  result: z.string(),
  counterWeight: z.number().nonnegative(),
  cutoff: z.exactOptional(z.string().regex(/^\d{2}:\d{2}$/)),
  notes: z.exactOptional(text),
})

/** One version of a procedure as central sends it down: from which day it holds; null when the procedure ends then. */
export const procedureVersion = z
  .object({ code: z.string().regex(procedureCodePattern), from: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), procedure: procedure.nullable() })
  .refine(({ code, procedure: version }) => version === null || version.code === code, 'the code is not that of the procedure')

/** One member of staff as central sends them down (`main/usecases/staff-list.ts`). */
export const staffSchema = z.object({ name: text.max(120), position: z.exactOptional(text.max(120)), left: z.exactOptional(z.boolean()) })

/** One price as central sends it down (`main/domain/price.ts`). */
export const priceSchema = z.object({
  procedure: z.string().regex(procedureCodePattern),
  fee: text,
  case: z.exactOptional(text),
  channel: z.exactOptional(channel),
  from: z.exactOptional(z.string().regex(/^\d{4}-\d{2}-\d{2}$/)),
  amountVnd: z.int().nonnegative(),
})

const unique = (key: 'code' | 'id') => (all: readonly Partial<Record<'code' | 'id', unknown>>[]) => new Set(all.map((one) => one[key])).size === all.length

/** `procedures.json`. */
export const procedureFile = z.object({
  meta: z.object({ title: text, compiledOn: text, snapshot: text, sources: z.array(text), notes: z.array(text) }),
  procedures: z.array(procedure).min(1).refine(unique('code'), 'a code stands twice'),
})

const service = z.object({
  id: text,
  name: text,
  prefix: z.string().regex(/^[A-Z]$/),
  /** Used for the estimate until the day has figures of its own. */
  minutesPerVisit: z.number().positive(),
  /** Fields of procedures it serves; `*` is every field that no other group names. */
  fields: z.array(text),
})

/** `services.json`. */
export const serviceFile = z.object({
  services: z.array(service).min(1).refine(unique('id'), 'an id stands twice'),
  together: z.record(z.string(), z.array(z.string())),
})

/** A service group: the letter of its tickets and the fields that it serves. */
export type ServiceGroup = Readonly<z.infer<typeof service>>

/** `sample-office.json`; the shapes are those of a station's configuration. */
export const sampleOfficeSchema = z.object({
  office: z.object({ unit: text, commune: text, province: text, agency: z.string().regex(agencyPattern), phone: text }),
  receptionCounter: z.int(),
  counters: z.array(z.object({ id: z.int(), services: z.array(text), staff: text, staffName: text })),
  bank: z.object({ bin: z.string().regex(/^\d{6}$/), name: text, account: text, accountName: text }),
})

export type SampleOffice = Readonly<z.infer<typeof sampleOfficeSchema>>
