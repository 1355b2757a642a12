import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Sealed, StoredEvent } from '#domain/event.ts'
import type { Downstream } from '#journal/downstream.ts'
import type { Journal } from '#journal/journal.ts'
import { erasureTokens, newErasureSecret } from '#vault/erasure-tokens.ts'
import type { Vault } from '#vault/vault.ts'
import { numberIn, type Drafts } from './drafts.ts'
import { numbersOf, openDossiers } from './person-finder.ts'

export interface EraserParts {
  readonly journal: Journal
  readonly vault: Vault
  readonly drafts: Drafts
  readonly downstream: Downstream
  /** The hub draws the secret under which the office names persons to be forgotten, and hands erasures on. */
  readonly isHub: boolean
  /** Folder of slips as pictures; a sample station has one. */
  readonly slips: string
  /** What kept an erasure that came down from being done; it is tried again with the next news and at the next start. */
  readonly onError: (error: unknown) => void
}

/** What an erasure did at this station. */
export interface Erasure {
  readonly codes: readonly string[]
  readonly drafts: number
  /** The erasure goes on to the other stations of the office; else none of them can be told whom to forget. */
  readonly everywhere: boolean
}

/**
 * Forgets persons: an event says so first, then their keys are destroyed, so that a crash in between is made good at the next start.
 * What one station forgets goes up as an event and comes down to the others (`docs/decisions/0010-erasing-a-person.md`).
 */
export class PersonEraser {
  readonly #parts: EraserParts
  readonly #stop: () => void
  #applying: Promise<void> = Promise.resolve()

  constructor(parts: EraserParts) {
    this.#parts = parts
    if (parts.isHub && parts.vault.erasureSecrets().length === 0) parts.vault.keepErasureSecret(newErasureSecret())
    this.#wipe(parts.journal.db.prepare<[], string>('SELECT code FROM v_erased').pluck().all())
    const stopCommits = parts.journal.onCommit((events) => this.#follow(events))
    const stopChanges = parts.downstream.onChange(() => this.#applySoon())
    this.#stop = () => {
      stopCommits()
      stopChanges()
    }
    this.#handOn()
    this.#applySoon()
  }

  /** Forgets the person with this number here, and tells the others. */
  async erase(actor: string, idNumber: string): Promise<Erasure> {
    const { journal, vault } = this.#parts
    const numbers = await numbersOf(journal, vault, idNumber)
    const tokens = [...numbers].flatMap((number) => erasureTokens(vault, number))
    const erasure = await this.#forget(actor, tokens, (number) => numbers.has(number))
    return { ...erasure, everywhere: tokens.length > 0 }
  }

  /** Forgets whom other stations forgot; what was done here before is left. Settles when all that came down is done. */
  apply(): Promise<void> {
    this.#applying = this.#applying.catch(() => undefined).then(async () => {
      const { downstream, vault } = this.#parts
      const tokens = downstream.of('erasure').flatMap(({ key }) => (this.#isDone(key) ? [] : [key]))
      if (tokens.length > 0) await this.#forget('system', tokens, (number) => erasureTokens(vault, number).some((token) => tokens.includes(token)))
    })
    return this.#applying
  }

  async close(): Promise<void> {
    this.#stop()
    await this.#applying.catch(() => undefined)
  }

  #applySoon(): void {
    this.apply().catch(this.#parts.onError)
  }

  async #forget(actor: string, tokens: readonly string[], isThem: (idNumber: string) => boolean): Promise<Omit<Erasure, 'everywhere'>> {
    const { journal, vault, drafts } = this.#parts
    const codes: string[] = []
    for await (const { code, person } of openDossiers(journal, vault)) if (isThem(person.idNumber)) codes.push(code)
    const forms = drafts.all().filter(({ form }) => isThem(numberIn(form)))
    drafts.erase(forms.map(({ slot }) => slot))
    journal.append(actor, [{ type: 'person.erased', subject: `erasure:${tokens[0] ?? ''}`, data: { tokens, codes } }])
    return { codes, drafts: forms.length }
  }

  /** This database said so itself, whatever its epoch was then. */
  #isDone(token: string): boolean {
    const { journal } = this.#parts
    const origins = journal.db.prepare<[string], string>('SELECT origin FROM v_erasures WHERE token = ?').pluck().all(token)
    return origins.some((origin) => journal.standing(origin) !== 'copied')
  }

  #follow(events: readonly StoredEvent[]): void {
    const erased = events.filter((event) => event.type === 'person.erased' && event.version === 1)
    if (erased.length === 0) return
    this.#wipe(erased.flatMap((event) => (JSON.parse(event.data) as { readonly codes: readonly string[] }).codes))
    this.#handOn()
  }

  /** Destroys what opens the personal part of these dossiers: the persons' keys, those of their visits' notes, the search words, the slips. */
  #wipe(codes: readonly string[]): void {
    const { journal, vault } = this.#parts
    const find = journal.db.prepare<[string], { code: string; person: string; ticket: string | null }>('SELECT code, person, ticket FROM v_dossiers WHERE code = ?')
    const rows = codes.flatMap((code) => find.get(code) ?? [])
    for (const { ticket } of rows) if (ticket !== null) vault.destroySubject(`ticket:${ticket}`)
    const ours = rows.filter(({ person }) => vault.has((JSON.parse(person) as Sealed).key))
    if (ours.length === 0) return
    vault.forget(ours.map(({ code }) => code))
    this.#dropSlips()
    vault.destroyKeys(ours.map(({ person }) => (JSON.parse(person) as Sealed).key))
  }

  #dropSlips(): void {
    const { slips } = this.#parts
    if (existsSync(slips)) for (const name of readdirSync(slips)) rmSync(join(slips, name), { force: true })
  }

  /** At the hub: everyone who was forgotten anywhere in the office comes down to every station. */
  #handOn(): void {
    const { journal, downstream, isHub } = this.#parts
    if (!isHub) return
    const rows = journal.db.prepare<[], { token: string; at: number }>('SELECT token, min(at) AS at FROM v_erasures GROUP BY token').all()
    for (const { token, at } of rows) if (!downstream.find('erasure', token)) downstream.put({ kind: 'erasure', key: token, at, body: '{}' })
  }
}
