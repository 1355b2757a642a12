import { randomBytes } from 'node:crypto'
import { type NewEvent, type StoredEvent } from '#domain/event.ts'
import { chainStart, hashOf, placeFault, type ChainFault, type Mark } from '#journal/chain.ts'
import { isDiskFailure, meta, openDatabase, type Sqlite } from './database.ts'
import { putAside, Quarantine } from './quarantine.ts'

/** As much of an event as views are made of. */
export type FoldedEvent = Pick<StoredEvent, 'origin' | 'seq' | 'at' | 'type' | 'version' | 'subject' | 'data'>

/** Folds one stored event into the views; runs inside the transaction that stores it. */
export type Fold = (event: FoldedEvent) => void

/** Puts an event aside that the views could not take (quarantine.ts). */
export type PutAside = (event: Pick<StoredEvent, 'origin' | 'seq' | 'at' | 'type' | 'subject'>, error: unknown) => void

export interface JournalOptions {
  readonly file: string | Buffer
  /** Station id; the origin adds the epoch of this database to it. */
  readonly station: string
  /** Makes the views' tables where they are missing and answers how to fold into them. */
  readonly views: (db: Sqlite, aside?: PutAside) => Fold
  readonly now: () => number
  /** Told of another station's event that the views could not take; it is stored all the same. */
  onPassedOver?(event: Parameters<PutAside>[0], error: unknown): void
}

/** Thrown when a commit did not come back: what was asked may or may not be stored, so the caller must not say "no". */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError'
}

/** A batch from another origin that does not continue its chain. Nothing of it was stored. */
export class ChainError extends Error {
  override readonly name = 'ChainError'
  readonly fault: ChainFault
  constructor(fault: ChainFault) {
    super(`chain: ${fault.kind}`)
    this.fault = fault
  }
}

/** The last event of each origin, found in as many steps as there are origins: a start must not read the whole journal. */
export const newestOfEach = `WITH RECURSIVE one (origin) AS (
    SELECT min(origin) FROM events
    UNION ALL SELECT (SELECT min(origin) FROM events WHERE origin > one.origin) FROM one WHERE one.origin IS NOT NULL
  )
  SELECT events.origin, seq, lower(hex(hash)) AS hash FROM one JOIN events ON events.origin = one.origin AND seq = (SELECT max(seq) FROM events AS last WHERE last.origin = one.origin)`

/** The station's journal: one writer for its own origin, copies of others, one transaction for events and views. */
export class Journal {
  readonly db: Sqlite
  /** `<station>.<epoch>`: the epoch is drawn when the database is made, so a cloned or restored disk can't reuse numbers. */
  readonly origin: string
  readonly quarantine: Quarantine
  readonly #fold: Fold
  readonly #onPassedOver: PutAside
  readonly #now: () => number
  readonly #insert
  readonly #page
  readonly #hash
  /** Runs its argument in one transaction; made once, as each making compiles anew. */
  readonly #commit: (work: () => readonly StoredEvent[]) => readonly StoredEvent[]
  readonly #heads = new Map<string, Mark>()
  /** A commit failed: `#heads` may name events that are not stored. They are read anew before they are used again. */
  #headsDoubtful = false
  readonly #listeners = new Set<(events: readonly StoredEvent[]) => void>()

  constructor(options: JournalOptions) {
    this.db = openDatabase(options.file)
    this.#onPassedOver = (event, error) => options.onPassedOver?.(event, error)
    this.#fold = options.views(this.db, this.#putAside)
    this.quarantine = new Quarantine(this.db, this.#fold)
    this.#now = options.now
    this.origin = `${options.station}.${meta(this.db, 'epoch', () => randomBytes(4).toString('hex'))}`
    this.#insert = this.db.prepare(
      'INSERT INTO events (origin, seq, at, actor, type, version, subject, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, unhex(?))',
    )
    this.#page = this.db.prepare<[string, number, number], Omit<StoredEvent, 'prev'>>(
      'SELECT origin, seq, at, actor, type, version, subject, data, lower(hex(hash)) AS hash FROM events WHERE origin = ? AND seq > ? ORDER BY seq LIMIT ?',
    )
    this.#hash = this.db.prepare<[string, number], string>('SELECT lower(hex(hash)) FROM events WHERE origin = ? AND seq = ?').pluck()
    this.#commit = this.db.transaction((work: () => readonly StoredEvent[]) => work())
    this.#loadHeads()
  }

  /**
   * Stores events of this station and folds them, in one durable transaction. `within` runs inside it, for tables that are
   * neither events nor views (answers of commands). Throws CommitUnknownError when the disk fails.
   */
  append(actor: string, events: readonly NewEvent[], within?: () => void): readonly StoredEvent[] {
    const at = this.#now()
    return this.#store(() => events.map((event) => this.#add(this.#next(actor, at, event), this.#fold)), within)
  }

  /**
   * Stores another origin's events, which must continue its chain; those that are already here are passed over. Their hashes are believed: what came
   * over a line had them computed here when it was unpacked (`main/sync/protocol/batch.ts`).
   */
  appendReplica(events: readonly StoredEvent[]): readonly StoredEvent[] {
    return this.#store(() => {
      const added: StoredEvent[] = []
      for (const event of events) {
        const head = this.head(event.origin) ?? chainStart
        if (event.seq <= head.seq) {
          if (this.hashAt(event.origin, event.seq) !== event.hash) throw new ChainError({ kind: 'fork', seq: event.seq })
          continue
        }
        const fault = placeFault(head, event)
        if (fault) throw new ChainError(fault)
        added.push(this.#add(event, this.#foldForeign))
      }
      return added
    })
  }

  /** Newest place of an origin's chain, null when nothing of it is here. */
  head(origin: string): Mark | null {
    if (this.#headsDoubtful) this.#loadHeads()
    return this.#heads.get(origin) ?? null
  }

  /** Every origin of which something is here. */
  origins(): readonly string[] {
    if (this.#headsDoubtful) this.#loadHeads()
    return [...this.#heads.keys()]
  }

  epoch(): string {
    return this.origin.slice(this.origin.lastIndexOf('.') + 1)
  }

  /** Whether this database took over from an earlier epoch: what that one had leased or numbered is not ours to go on with. */
  isRenewed(): boolean {
    return this.db.prepare(`SELECT value FROM meta WHERE key = 'renewed'`).pluck().get() === this.epoch()
  }

  /** Who writes an origin: this database, this station under an earlier epoch, or another station. */
  standing(origin: string): 'written' | 'retired' | 'copied' {
    if (origin === this.origin) return 'written'
    return origin.slice(0, origin.lastIndexOf('.')) === this.station() ? 'retired' : 'copied'
  }

  station(): string {
    return this.origin.slice(0, this.origin.lastIndexOf('.'))
  }

  /** Up to `limit` events of an origin after `seq`, in order. */
  after(origin: string, seq: number, limit: number): readonly StoredEvent[] {
    let prev = seq === 0 ? chainStart.hash : (this.hashAt(origin, seq) ?? chainStart.hash)
    return this.#page.all(origin, seq, limit).map((row) => {
      const event: StoredEvent = { ...row, prev }
      prev = event.hash
      return event
    })
  }

  /** Hash of one event of an origin, null when it is not here. */
  hashAt(origin: string, seq: number): string | null {
    return this.#hash.get(origin, seq) ?? null
  }

  /** Called after each commit with what it added. Returns its own end. */
  onCommit(listener: (events: readonly StoredEvent[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#listeners.clear()
    this.db.close()
  }

  #store(work: () => readonly StoredEvent[], within?: () => void): readonly StoredEvent[] {
    let added: readonly StoredEvent[]
    try {
      added = this.#commit(() => {
        const events = work()
        within?.()
        return events
      })
    } catch (error) {
      this.#headsDoubtful = true
      if (isDiskFailure(error)) throw new CommitUnknownError('commit not confirmed by the disk', { cause: error })
      throw error
    }
    if (added.length) for (const listener of this.#listeners) listener(added)
    return added
  }

  #next(actor: string, at: number, event: NewEvent): StoredEvent {
    const head = this.head(this.origin) ?? chainStart
    const bare = {
      origin: this.origin, seq: head.seq + 1, at, actor, type: event.type, version: 1, subject: event.subject,
      data: JSON.stringify(event.data), prev: head.hash,
    }
    return { ...bare, hash: hashOf(bare) }
  }

  /** What happened elsewhere is history and can't be refused here: an event that no view can take must not hold up those behind it. */
  readonly #foldForeign = (event: StoredEvent): void => {
    try {
      this.#fold(event)
    } catch (error) {
      if (isDiskFailure(error)) throw error
      this.#putAside(event, error)
    }
  }

  readonly #putAside: PutAside = (event, error) => {
    putAside(this.db, event, error)
    this.#onPassedOver(event, error)
  }

  #add(event: StoredEvent, fold: (event: StoredEvent) => void): StoredEvent {
    this.#insert.run(event.origin, event.seq, event.at, event.actor, event.type, event.version, event.subject, event.data, event.hash)
    this.#heads.set(event.origin, { seq: event.seq, hash: event.hash })
    fold(event)
    return event
  }

  #loadHeads(): void {
    this.#heads.clear()
    const rows = this.db.prepare<[], Mark & { origin: string }>(newestOfEach).all()
    for (const { origin, seq, hash } of rows) this.#heads.set(origin, { seq, hash })
    this.#headsDoubtful = false
  }
}
