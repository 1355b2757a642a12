import type { Statement } from 'better-sqlite3'
import type { EventData, EventType, StoredEvent } from '#domain/event.ts'
import type { Sqlite } from '#journal/database.ts'

/** What a handler gets: the stored event with its data parsed. */
export interface Fact<T extends EventType> {
  readonly origin: string
  readonly seq: number
  readonly at: number
  readonly subject: string
  readonly data: EventData[T]
}

export type Handlers = { readonly [T in EventType]?: (fact: Fact<T>) => void }

/** One set of tables folded from events. `version` grows when the tables or the folding change. */
export interface Projection {
  readonly name: string
  readonly version: number
  readonly tables: readonly string[]
  readonly schema: string
  /** Prepares its statements once and answers what to do on which event. */
  readonly handlers: (db: Sqlite) => Handlers
}

/** A statement that writes, with its values. */
export type Write = Statement<unknown[]>
export type { StoredEvent }
