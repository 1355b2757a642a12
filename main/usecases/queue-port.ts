import type { QueueCommand, QueueDone, QueueRefusal } from '#domain/queue-command.ts'
import type { QueueSnapshot, Ticket, WaitRange } from '#domain/ticket.ts'

export type QueueAnswer = { readonly ok: true; readonly done: QueueDone } | { readonly ok: false; readonly reason: QueueRefusal; readonly details?: Readonly<Record<string, string>> }

/** Thrown when the hub does not answer. `sent`: what was asked may or may not be done, and the same command id may be sent again; else it is not done. */
export class HubUnreachableError extends Error {
  override readonly name = 'HubUnreachableError'
  readonly since: number
  readonly sent: boolean
  constructor(since: number, sent: boolean) {
    super('hub unreachable')
    this.since = since
    this.sent = sent
  }
}

export interface CodeBlock {
  readonly day: string
  readonly from: number
  readonly to: number
}

/** Where one ticket stands now. */
export interface Standing {
  readonly ticket: Ticket
  readonly serviceName: string
  readonly ahead: number
  readonly estimate: WaitRange | null
  readonly counters: readonly number[]
}

/** The queue of the office as a station sees it: its own when it is the hub, else over the LAN. */
export interface QueuePort {
  /** Newest state known; null before the first contact with the hub. */
  readonly snapshot: () => QueueSnapshot | null
  /** When the queue last spoke, epoch ms; 0 when never. */
  readonly heardAt: () => number
  /** Since when the hub has been silent; null while it answers. */
  readonly lostSince: () => number | null
  /** One ticket of today, null when the queue does not know it. */
  readonly standing: (ticketId: string) => Standing | null
  readonly execute: (commandId: string, actor: string, command: QueueCommand) => Promise<QueueAnswer>
  /** Resolves when `standing` knows the ticket: at once at the hub, after its next view at another station. */
  readonly seen: (ticketId: string) => Promise<void>
  readonly leaseCodes: (commandId: string, day: string) => Promise<CodeBlock>
  /** Called when `snapshot`, or being lost, changed. */
  readonly onChange: (listener: () => void) => () => void
  readonly close: () => void
}
