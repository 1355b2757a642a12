import type { NewEvent } from '#domain/event.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Sqlite } from '#journal/database.ts'
import type { JournalOptions } from '#journal/journal.ts'
import type { PeerClient } from '#sync/http-client.ts'
import type { EventSource } from '#sync/pusher.ts'
import type { WireBatch } from '#sync/protocol/batch.ts'
import type { ReplicaStore } from '#sync/protocol/receive.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import type { CodeBlocks } from '#usecases/code-blocks.ts'
import type { HubPort } from '#usecases/hub-port.ts'
import type { resumeAfterRestore } from '#usecases/promotion.ts'
import type { CodeBlock, QueueAnswer } from '#usecases/queue-port.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import type { Journal } from '#journal/journal.ts'
import type { Computer } from '../world/machine.ts'

/** A received batch before the product's rules see it. */
export interface Reception {
  readonly batches: readonly WireBatch[]
  readonly journal: Journal
  readonly machine: Computer
}

/**
 * A bug put on purpose around a port of the product, to see that the checks find it. Each function gets the port as it is and
 * answers the one that is used; what a plant leaves out stays as it is.
 */
export interface Plant {
  /** The database's bytes as a process finds them at its start. */
  readonly atBoot?: (db: Sqlite, machine: Computer) => void
  /** The machine itself, before its first start. */
  readonly machine?: (machine: Computer) => void
  readonly journal?: (options: JournalOptions) => JournalOptions
  readonly commands?: (db: Sqlite) => CommandLog
  readonly source?: (source: EventSource) => EventSource
  readonly client?: (client: PeerClient, source: EventSource) => PeerClient
  /** The hub's way to its spare. */
  readonly toSpare?: (client: PeerClient) => PeerClient
  /** A station's way to the hub's queue. */
  readonly hub?: (port: HubPort) => HubPort
  /** What the hub says of its queue. */
  readonly snapshot?: (desk: { readonly snapshot: () => QueueSnapshot }) => QueueSnapshot
  /** Where a receiver keeps what it gets; one for each process. */
  readonly store?: (store: ReplicaStore, machine: Computer, journal: Journal) => ReplicaStore
  readonly received?: (reception: Reception) => readonly WireBatch[]
  readonly codes?: (codes: CodeBlocks, journal: Journal) => CodeBlocks
  readonly lease?: (give: () => Promise<CodeBlock>, station: string, day: string) => Promise<CodeBlock>
  readonly command?: (run: (commandId: string) => Promise<QueueAnswer>, commandId: string, command: QueueCommand) => Promise<QueueAnswer>
  /** What a hub does that finds itself put back from a backup. */
  readonly resume?: typeof resumeAfterRestore
  /** A kiosk that can't reach the queue gives a number of its own. */
  readonly ticketAlone?: (journal: Journal, last: string) => NewEvent
}
