import type { SimProcess } from '../world/process.ts'
import type { Place } from './place.ts'

/** What a person was told is done. From then on it must never be lost. */
export interface Told {
  readonly kind: 'ticket' | 'visit' | 'dossier' | 'payment'
  /** Ticket id (of a `visit` that is over, too), dossier code, or payment id. */
  readonly id: string
  /** Where the person's machine wrote it; null when it stands only at the hub. */
  readonly at: Place | null
  /** The press that made the ticket or the dossier, the dossier that was paid for, nothing of a visit. */
  readonly of: string
}

/** A citizen whom a clerk was told to call. */
export interface Call {
  readonly counter: number
  readonly ticketId: string
  readonly at: Place | null
}

/** What people remember of the day, to be held against the journals in the evening. */
export class Ledger {
  readonly told: Told[] = []
  readonly calls: Call[] = []
  /** Parts of journals that burnt with their disk before anybody had a copy: nothing can bring them back. */
  readonly #burnt = new Map<string, number>()

  /** What stood only on a hub that burnt. */
  readonly #gone = new Set<string>()
  /** Who had seen a ticket when the hub was lost: stations that tell the next one, while they keep running. */
  readonly #witnesses = new Map<string, readonly SimProcess[]>()
  /** What a new hub did not know of when it began. */
  readonly #unheard = new Set<string>()

  tell(told: Told): void {
    this.told.push(told)
  }

  call(call: Call): void {
    this.calls.push(call)
  }

  /** Events of `origin` behind `seq` are gone for good. */
  burn(origin: string, seq: number): void {
    this.#burnt.set(origin, Math.min(seq, this.#burnt.get(origin) ?? Infinity))
  }

  /** Of a chain whose own disk has burnt before, another copy burnt: what is behind `seq` is gone now. */
  loseCopy(origin: string, seq: number): void {
    if (this.#burnt.has(origin)) this.burn(origin, seq)
  }

  /** A hub burnt: `gone` nobody else has, of `unheard` at least the new hub has nothing. */
  loseHub(gone: readonly string[], unheard: readonly string[]): void {
    for (const subject of gone) this.#gone.add(subject)
    for (const subject of unheard) this.#unheard.add(subject)
  }

  /** These processes saw the tickets in the hub's last word. */
  witnessed(ticketId: string, by: readonly SimProcess[]): void {
    this.#witnesses.set(ticketId, by)
  }

  /** A hub whose clock shows another day takes no tickets of this one. */
  forgetWitnesses(): void {
    this.#witnesses.clear()
  }

  /** Whether a new hub may have begun again with this ticket. */
  isUnheard(ticketId: string): boolean {
    return this.#unheard.has(ticketId)
  }

  isBurnt({ at, id, kind }: { readonly at: Place | null; readonly id?: string; readonly kind?: Told['kind'] }): boolean {
    const isKept = kind === 'ticket' && id !== undefined && this.#witnesses.get(id)?.some(({ alive }) => alive)
    if (id !== undefined && this.#gone.has(id)) return !isKept
    return at !== null && at.seq > (this.#burnt.get(at.origin) ?? Infinity)
  }
}
