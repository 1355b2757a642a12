import { setMeta, type Sqlite } from './database.ts'

/** The newest state of one thing that came down, named by `kind` and `key`; what the kinds are is `main/sync/protocol/changes.ts`. */
export interface DownItem {
  /** Place in this database's own order, in which it is handed on. */
  readonly n: number
  readonly kind: string
  readonly key: string
  /** When central got it, epoch ms. */
  readonly at: number
  /** JSON text; null: withdrawn. */
  readonly body: string | null
}

export type NewItem = Omit<DownItem, 'n'>

/** How far a peer's changes are here. */
export interface Cursor {
  readonly epoch: string
  readonly n: number
}

/** What comes down from central and from the hub: the newest state of each thing, kept durably with the cursor it came by. */
export class Downstream {
  readonly #db: Sqlite
  readonly #find
  readonly #drop
  readonly #add
  readonly #after
  readonly #ofKind
  readonly #listeners = new Set<() => void>()

  constructor(db: Sqlite) {
    this.#db = db
    this.#find = db.prepare<[string, string], DownItem>('SELECT n, kind, key, at, body FROM downstream WHERE kind = ? AND key = ?')
    this.#drop = db.prepare('DELETE FROM downstream WHERE kind = ? AND key = ?')
    this.#add = db.prepare('INSERT INTO downstream (kind, key, at, body) VALUES (?, ?, ?, ?)')
    this.#after = db.prepare<[number, number], DownItem>('SELECT n, kind, key, at, body FROM downstream WHERE n > ? ORDER BY n LIMIT ?')
    this.#ofKind = db.prepare<[string], DownItem>('SELECT n, kind, key, at, body FROM downstream WHERE kind = ? AND body IS NOT NULL ORDER BY n')
  }

  /** How far `peer` has been read; null before its first answer. */
  cursor(peer: string): Cursor | null {
    const text = this.#db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(`cursor:${peer}`)
    return typeof text === 'string' ? (JSON.parse(text) as Cursor) : null
  }

  /** Keeps items and the cursor behind them in one durable transaction. What is here already changes nothing. */
  take(peer: string, cursor: Cursor, items: readonly NewItem[]): void {
    const before = this.cursor(peer)
    if (items.length === 0 && before?.epoch === cursor.epoch && before.n === cursor.n) return
    const news = this.#db.transaction(() => {
      setMeta(this.#db, `cursor:${peer}`, JSON.stringify(cursor))
      return items.filter((item) => this.#keep(item)).length
    })()
    if (news > 0) this.#tell()
  }

  /** Keeps what this station itself has to hand on. */
  put(item: NewItem): void {
    if (this.#db.transaction(() => this.#keep(item))()) this.#tell()
  }

  /** Items with a place above `n`, in order. */
  after(n: number, limit: number): readonly DownItem[] {
    return this.#after.all(n, limit)
  }

  /** Everything of a kind that holds, oldest first. */
  of(kind: string): readonly DownItem[] {
    return this.#ofKind.all(kind)
  }

  find(kind: string, key: string): DownItem | null {
    return this.#find.get(kind, key) ?? null
  }

  /** Place of the newest of these kinds, withdrawn ones with them; 0 when there is none. */
  newestOf(kinds: readonly string[]): number {
    const newest = this.#db.prepare<[string], number | null>('SELECT max(n) FROM downstream WHERE kind IN (SELECT value FROM json_each(?))').pluck()
    return newest.get(JSON.stringify(kinds)) ?? 0
  }

  /** How much of each kind holds. */
  counts(): readonly { readonly kind: string; readonly count: number; readonly newestAt: number }[] {
    return this.#db
      .prepare<[], { kind: string; count: number; newestAt: number }>('SELECT kind, count(*) AS count, max(at) AS newestAt FROM downstream WHERE body IS NOT NULL GROUP BY kind ORDER BY kind')
      .all()
  }

  /** Called after something new was kept. Returns its own end. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A new state takes a new place, so that those who read by place see it. */
  #keep({ kind, key, at, body }: NewItem): boolean {
    const known = this.#find.get(kind, key)
    if (known?.at === at && known.body === body) return false
    this.#drop.run(kind, key)
    this.#add.run(kind, key, at, body)
    return true
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
