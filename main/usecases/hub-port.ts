import type { QueueCommand } from '#domain/queue-command.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import type { NumberLease } from './lease-numbers.ts'
import type { CodeBlock, QueueAnswer } from './queue-port.ts'
import type { SeenTicket } from './witness.ts'

/** What a station tells the hub with each connection: who it is in the journal, the last that it did to the queue alone, and the counters that stand at it. */
export interface StationHello {
  readonly origin: string
  readonly seq: number
  /** Of the event at `seq`: a copy of the disk may have brought the hub another one under that number. Null when there is none. */
  readonly hash: string | null
  readonly counters: readonly number[]
  /** The newest hub generation that the station knows: an older hub has been replaced and must not be followed. */
  readonly term: number
}

/** A word of the hub. `snapshot` is null while it waits for the station's own journal; then it follows what the station did meanwhile. */
export interface HubNews {
  readonly snapshot: QueueSnapshot | null
  readonly term: number
}

export interface HubListener {
  /** Said hello with each connection. */
  readonly hello: () => StationHello
  readonly news: (news: HubNews) => void
  /** Leases that the hub wants back: answered by those that this station will not call any more. */
  readonly recall: (leases: readonly string[]) => readonly string[]
  /** No word for too long, or the connection broke. */
  readonly lost: () => void
}

/** The hub as a station reaches it; each call rejects with HubUnreachableError. Over the LAN it is `lan/hub-link.ts`. */
export interface HubPort {
  /** Connects, and again whenever the connection is lost, until `close`. */
  readonly open: (listener: HubListener) => void
  readonly command: (commandId: string, actor: string, command: QueueCommand) => Promise<QueueAnswer>
  readonly leaseCodes: (commandId: string, day: string) => Promise<CodeBlock>
  readonly leaseNumbers: (commandId: string, day: string) => Promise<NumberLease>
  /** Tells a hub that took over what was known of the queue of the one before. */
  readonly witness: (tickets: readonly SeenTicket[]) => Promise<unknown>
  /** Connects anew, to say hello again. */
  readonly renew: () => void
  readonly close: () => void
}
