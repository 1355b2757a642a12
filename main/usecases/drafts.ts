import type { Sealed } from '#domain/event.ts'
import type { Journal } from '#journal/journal.ts'
import type { Vault } from '#vault/vault.ts'

export interface SavedDraft {
  readonly form: Readonly<Record<string, unknown>>
  readonly savedAt: number
}

/** A form that nobody took up again holds a person's data for nothing after this. */
const keepForMs = 3 * 24 * 3_600_000

/** Forms not yet accepted, sealed like any personal data; one a ticket and counter, gone when the dossier is accepted. */
export class Drafts {
  readonly #vault: Vault
  readonly #now: () => number
  readonly #put
  readonly #get
  readonly #drop

  constructor(journal: Journal, vault: Vault, now: () => number) {
    this.#vault = vault
    this.#now = now
    this.#put = journal.db.prepare('INSERT INTO drafts (slot, at, sealed) VALUES (?, ?, ?) ON CONFLICT (slot) DO UPDATE SET at = excluded.at, sealed = excluded.sealed')
    this.#get = journal.db.prepare<[string], { at: number; sealed: string }>('SELECT at, sealed FROM drafts WHERE slot = ?')
    this.#drop = journal.db.prepare('DELETE FROM drafts WHERE slot = ?')
    journal.db.prepare('DELETE FROM drafts WHERE at < ?').run(now() - keepForMs)
  }

  save(slot: string, form: Readonly<Record<string, unknown>>): number {
    const at = this.#now()
    this.#put.run(slot, at, JSON.stringify(this.#vault.seal('drafts', form)))
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
}
