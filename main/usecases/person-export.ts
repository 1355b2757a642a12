import { toIso } from '#domain/local-time.ts'
import type { Dossier } from '#domain/dossier.ts'
import type { StoredEvent } from '#domain/event.ts'
import type { Journal } from '#journal/journal.ts'
import type { Vault } from '#vault/vault.ts'
import type { DossierStore } from './dossier-store.ts'
import { numberIn, type Drafts } from './drafts.ts'
import { numbersOf, openDossiers } from './person-finder.ts'

export interface ExportParts {
  readonly journal: Journal
  readonly vault: Vault
  readonly dossiers: DossierStore
  readonly drafts: Drafts
  readonly now: () => number
}

/** One thing that happened, with what was sealed in it opened. `at` ISO 8601. */
export interface ExportedEvent {
  readonly at: string
  readonly actor: string
  readonly type: string
  readonly data: unknown
}

/** All that this station holds of a person. */
export interface PersonExport {
  readonly station: string
  readonly exportedAt: string
  readonly idNumbers: readonly string[]
  readonly dossiers: readonly (Dossier & { readonly history: readonly ExportedEvent[]; readonly visit: readonly ExportedEvent[] })[]
  /** Forms that were begun and not accepted. */
  readonly drafts: readonly unknown[]
}

/** Collects what is held of the person with this number, for the person (Luật 91/2025/QH15). */
export async function exportPerson(parts: ExportParts, idNumber: string): Promise<PersonExport> {
  const { journal, vault, drafts, now } = parts
  const numbers = await numbersOf(journal, vault, idNumber)
  const dossiers: PersonExport['dossiers'][number][] = []
  for await (const { code, person } of openDossiers(journal, vault)) {
    const dossier = numbers.has(person.idNumber) ? parts.dossiers.find(code) : null
    if (!dossier) continue
    const visit = dossier.ticketId === null ? [] : historyOf(parts, dossier.ticketId)
    dossiers.push({ ...dossier, history: historyOf(parts, code), visit })
  }
  const forms = drafts.all().filter(({ form }) => numbers.has(numberIn(form)))
  return { station: journal.station(), exportedAt: toIso(now()), idNumbers: [...numbers], dossiers, drafts: forms.map(({ form }) => form) }
}

function historyOf({ journal, vault }: ExportParts, subject: string): readonly ExportedEvent[] {
  const rows = journal.db.prepare<[string], StoredEvent>('SELECT at, actor, type, data FROM events WHERE subject = ? ORDER BY n').all(subject)
  return rows.map(({ at, actor, type, data }) => ({ at: toIso(at), actor, type, data: JSON.parse(data, (_, value: unknown) => (isSealed(value) ? vault.open(value) : value)) as unknown }))
}

function isSealed(value: unknown): value is { readonly key: string; readonly box: string } {
  return typeof value === 'object' && value !== null && 'key' in value && 'box' in value && typeof value.key === 'string' && typeof value.box === 'string'
}
