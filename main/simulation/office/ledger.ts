/** What a person was told is done. From then on it must never be lost. */
export interface Told {
  readonly kind: 'ticket' | 'dossier' | 'payment'
  /** Ticket id, dossier code, or payment id. */
  readonly id: string
  /** Where it stands in a journal; null when only at the hub. */
  readonly at: { readonly origin: string; readonly seq: number } | null
  /** Number of the ticket, code of the dossier that was paid for. */
  readonly of: string
}

/** What people remember of the day, to be held against the journals in the evening. */
export class Ledger {
  readonly told: Told[] = []
  /** Calls that clerks were told of: command and ticket. */
  readonly calls: { readonly commandId: string; readonly ticketId: string }[] = []
  /** Parts of journals that burnt with their disk before anybody had a copy: nothing can bring them back. */
  readonly #burnt = new Map<string, number>()

  tell(told: Told): void {
    this.told.push(told)
  }

  /** Events of `origin` behind `seq` are gone for good. */
  burn(origin: string, seq: number): void {
    this.#burnt.set(origin, Math.min(seq, this.#burnt.get(origin) ?? Infinity))
  }

  isBurnt({ at }: Told): boolean {
    return at !== null && at.seq > (this.#burnt.get(at.origin) ?? Infinity)
  }
}
