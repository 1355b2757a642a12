import type { Downstream } from '#journal/downstream.ts'

/** A dossier submitted on the national portal that no counter has taken in yet. `submittedAt` epoch ms. */
export interface OnlineDossier {
  readonly code: string
  readonly procedure: string
  readonly submittedAt: number
}

/** Dossiers that came down as submitted online. */
export class OnlineDossiers {
  readonly #downstream: Downstream

  constructor(downstream: Downstream) {
    this.#downstream = downstream
  }

  /** By a code or its end, newest first. */
  search(text: string, limit = 20): readonly OnlineDossier[] {
    const end = text.trim().toUpperCase()
    const all = this.#downstream.of('online').filter(({ key }) => end !== '' && key.endsWith(end))
    return all.map(({ key, body }) => ({ code: key, ...(JSON.parse(body ?? '{}') as Omit<OnlineDossier, 'code'>) })).toSorted((a, b) => b.submittedAt - a.submittedAt).slice(0, limit)
  }

  has(code: string): boolean {
    const item = this.#downstream.find('online', code)
    return item !== null && item.body !== null
  }
}
