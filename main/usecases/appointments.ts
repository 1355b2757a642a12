import { z } from 'zod'
import { possibleCodes } from '#domain/appointment.ts'
import type { Sealed } from '#domain/event.ts'
import { localDay } from '#domain/local-time.ts'
import type { Downstream, NewItem } from '#journal/downstream.ts'
import type { Vault } from '#vault/vault.ts'

const kind = 'appointment'
const sealed = z.object({ key: z.string(), box: z.string() })
const kept = z.object({ service: z.string(), at: z.int(), procedure: z.string().nullable(), name: z.exactOptional(z.union([z.string(), sealed])) })
type Kept = z.infer<typeof kept>

/** A slot booked for this office. `at` epoch ms; `name` in the clear, null when none was given or it is forgotten. */
export interface Appointment {
  readonly code: string
  readonly service: string
  readonly procedure: string | null
  readonly at: number
  readonly name: string | null
  /** Withdrawn by the back office. */
  readonly cancelled: boolean
}

/** Appointments that came down. The name of each is sealed under a key of its own, which goes with the appointment: when it is withdrawn, or the day after. */
export class Appointments {
  readonly #downstream: Downstream
  readonly #vault: Vault
  readonly #now: () => number
  #booked: { readonly day: string; readonly any: boolean } | null = null

  constructor(downstream: Downstream, vault: Vault, now: () => number) {
    this.#downstream = downstream
    this.#vault = vault
    this.#now = now
    downstream.onChange(() => {
      this.#booked = null
    })
  }

  /** By a code as it was typed or scanned, also inside an address; null when there is none. */
  find(text: string): Appointment | null {
    for (const code of possibleCodes(text).flatMap((one) => [one, one.toUpperCase()])) {
      const item = this.#downstream.find(kind, code)
      if (!item) continue
      const body = read(item.body)
      if (body) return { code, service: body.service, procedure: body.procedure, at: body.at, name: nameIn(this.#vault, body), cancelled: false }
      return { code, service: '', procedure: null, at: 0, name: null, cancelled: true }
    }
    return null
  }

  /** Whether anybody is booked for today. */
  anyToday(): boolean {
    const today = localDay(this.#now())
    if (this.#booked?.day !== today) this.#booked = { day: today, any: this.#downstream.of(kind).some(({ body }) => localDay(read(body)?.at ?? 0) === today) }
    return this.#booked.any
  }

  /** Forgets the names of days that are over. */
  tidy(): void {
    const today = localDay(this.#now())
    for (const { key, body } of this.#downstream.of(kind)) if (localDay(read(body)?.at ?? 0) < today) this.#vault.destroySubject(subjectOf(key))
  }
}

/**
 * What comes down, as it is kept: an appointment with its name sealed. One that says nothing new stays as it is kept already; one that can't be read is
 * kept without its body, in which a name may stand.
 */
export function sealNames(downstream: Downstream, vault: Vault, items: readonly NewItem[]): readonly NewItem[] {
  return items.map((item) => {
    if (item.kind !== kind) return item
    const body = read(item.body)
    if (!body) {
      vault.destroySubject(subjectOf(item.key))
      return { ...item, body: null }
    }
    const before = downstream.find(kind, item.key)
    const known = read(before?.body ?? null)
    if (before && known && saysTheSame(vault, known, body)) return { ...item, body: before.body }
    const { name, ...rest } = body
    return { ...item, body: JSON.stringify(name === undefined ? rest : { ...rest, name: vault.seal(subjectOf(item.key), nameIn(vault, body)) }) }
  })
}

/** The same on its way to a station of the office: with the name, as far as it can still be read. */
export function openName<Item extends { readonly kind: string; readonly body: string | null }>(vault: Vault, item: Item): Item {
  const body = item.kind === kind ? read(item.body) : null
  if (!body) return item
  const { name: _, ...rest } = body
  const name = nameIn(vault, body)
  return { ...item, body: JSON.stringify(name === null ? rest : { ...rest, name }) }
}

const subjectOf = (key: string): string => `appointment:${key}`

function read(body: string | null): Kept | null {
  try {
    return body === null ? null : (kept.safeParse(JSON.parse(body)).data ?? null)
  } catch {
    return null
  }
}

function nameIn(vault: Vault, { name }: Kept): string | null {
  if (name === undefined || typeof name === 'string') return name ?? null
  const open = vault.open(name satisfies Sealed)
  return typeof open === 'string' ? open : null
}

function saysTheSame(vault: Vault, a: Kept, b: Kept): boolean {
  return a.service === b.service && a.at === b.at && a.procedure === b.procedure && nameIn(vault, a) === nameIn(vault, b)
}
