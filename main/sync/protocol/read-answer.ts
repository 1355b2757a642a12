import { z } from 'zod'
import type { Refusal, RefusalCode, Welcome } from './messages.ts'

const mark = z.object({ seq: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) })
/** Codes of a later version come through as they are: they are shown, not understood. */
const code = z.string().max(50).transform((text) => text as RefusalCode)
const refusal = z.object({ code, origin: z.string().max(200).optional(), have: z.int().min(0).optional() })
const welcome = z.object({
  protocol: z.int(),
  epoch: z.string().min(1).max(100),
  marks: z.record(z.string(), mark),
  encodings: z.array(z.string()),
  refused: z.array(refusal),
})

/** A peer's answer, or undefined when it isn't one. */
export function readWelcome(value: unknown): Welcome | undefined {
  const read = welcome.safeParse(value)
  return read.success ? { ...read.data, refused: read.data.refused.map(compact) } : undefined
}

/** A peer's no, or undefined when it isn't one. */
export function readRefusal(value: unknown): Refusal | undefined {
  const read = refusal.safeParse(value)
  return read.success ? compact(read.data) : undefined
}

function compact(read: z.infer<typeof refusal>): Refusal {
  return { code: read.code, ...(read.origin === undefined ? {} : { origin: read.origin }), ...(read.have === undefined ? {} : { have: read.have }) }
}
