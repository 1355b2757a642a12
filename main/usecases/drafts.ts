import type { Sealed } from '#domain/event.ts'
import type { Journal } from '#journal/journal.ts'
import type { Vault } from '#vault/vault.ts'

export interface SavedDraft {
  readonly form: Readonly<Record<string, unknown>>
  readonly savedAt: number
}

/** A form that nobody took up again holds a person's data for nothing after this. */
const keepForMs = 3 * 24 * 3_600_000

/** All forms of a station share one key. */
const draftsSubject = 'drafts'

/** Forms not yet accepted, sealed like any personal data; one a ticket and counter, gone when the dossier is accepted. */
export class Drafts {
  readonly #vault: Vault
  readonly #now: () => number
  readonly #put
  readonly #get
  readonly #drop
  readonly #all

  constructor(journal: Journal, vault: Vault, now: () => number) {
    this.#vault = vault
    this.#now = now
    this.#put = journal.db.prepare('INSERT INTO drafts (slot, at, sealed) VALUES (?, ?, ?) ON CONFLICT (slot) DO UPDATE SET at = excluded.at, sealed = excluded.sealed')
    this.#get = journal.db.prepare<[string], { at: number; sealed: string }>('SELECT at, sealed FROM drafts WHERE slot = ?')
    this.#drop = journal.db.prepare('DELETE FROM drafts WHERE slot = ?')
    this.#all = journal.db.prepare<[], { slot: string }>('SELECT slot FROM drafts ORDER BY slot')
    journal.db.prepare('DELETE FROM drafts WHERE at < ?').run(now() - keepForMs)
  }

  save(slot: string, form: Readonly<Record<string, unknown>>): number {
    const at = this.#now()
    this.#put.run(slot, at, JSON.stringify(this.#vault.seal(draftsSubject, form)))
    return at
  }

  load(slot: string): SavedDraft | null {
    const row = this.#get.get(slot)
    if (!row) return null
    const form = this.#vault.open(JSON.parse(row.sealed) as Sealed) as SavedDraft['form'] | null
    return form ? { form, savedAt: row.at } : null
  }

  drop(slot: string): void {
    this.#drop.run(slot)
  }

  /** Every form at hand, by its slot. */
  all(): readonly (SavedDraft & { readonly slot: string })[] {
    return this.#all.all().flatMap(({ slot }) => {
      const draft = this.load(slot)
      return draft ? [{ slot, ...draft }] : []
    })
  }

  /** Drops forms for good: the rest is sealed anew and the key they shared destroyed, so that nothing left on the disk opens. */
  erase(slots: readonly string[]): void {
    if (slots.length === 0) return
    const kept = this.all().filter(({ slot }) => !slots.includes(slot))
    this.#vault.destroySubject(draftsSubject)
    for (const slot of slots) this.drop(slot)
    for (const { slot, form } of kept) this.save(slot, form)
  }
}

/** The ID number in a form, without the spaces and dots that were typed into it; empty when there is none yet. */
export function numberIn(form: SavedDraft['form']): string {
  const person = form['person'] as { readonly idNumber?: unknown } | undefined
  return typeof person?.idNumber === 'string' ? person.idNumber.replaceAll(/[\s.-]/g, '').toUpperCase() : ''
}
