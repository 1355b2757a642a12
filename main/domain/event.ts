import type { Channel } from './procedure.ts'
import type { DueDate, FeeLine, PaymentMethod, ReceivedPaper, ResultBy, SubmitterRole } from './dossier.ts'
import type { ClosedDay, FailedDay } from './terminal-day.ts'
import type { BookedSlot, DeclaredPaper, PriorityGroup, WaitRange } from './ticket.ts'

/**
 * One line of the journal as it is stored, hashed and sent. `data` is the JSON text itself, so that every copy hashes
 * to the same bytes, whatever version reads it.
 */
export interface StoredEvent {
  /** Station id and the epoch of its database: `hp-quay3.7c1f09`. */
  readonly origin: string
  /** 1, 2, 3 … without gaps within an origin. */
  readonly seq: number
  /** Epoch ms by the station's clock; for people, never for ordering between origins. */
  readonly at: number
  /** Staff id, `kiosk`, `citizen` or `system`. */
  readonly actor: string
  readonly type: string
  readonly version: number
  /** What it is about: ticket id, dossier code, job id … */
  readonly subject: string
  readonly data: string
  /** Hash of the event before it in this origin, hex; 64 zeros before the first. */
  readonly prev: string
  /** SHA-256 of `hashedText`, hex. */
  readonly hash: string
}

export const firstPrev = '0'.repeat(64)

/** The bytes that an event's hash covers: everything but the hash, as one JSON array in UTF-8. */
export function hashedText(event: Omit<StoredEvent, 'hash'>): string {
  return JSON.stringify([event.origin, event.seq, event.at, event.actor, event.type, event.version, event.subject, event.data, event.prev])
}

/** Personal data under a subject's key (AES-256-GCM): what the journal holds instead of names and numbers. */
export interface Sealed {
  /** Key id in the vault; destroying that key erases the person. */
  readonly key: string
  /** Base64 of nonce, tag and ciphertext. */
  readonly box: string
}

/** A payment at the card terminal by its own words; without a card (QR) `maskedPan` is null, else it shows at most the first six and the last four digits. */
export interface CardSlip {
  readonly receipt: string | null
  readonly trace: string | null
  readonly approval: string | null
  readonly card: string | null
  readonly maskedPan: string | null
  readonly terminalId: string | null
}

/** Ticket numbers `from` to `to` of one prefix, both included. */
export interface NumberBlock {
  readonly prefix: string
  readonly from: number
  readonly to: number
}

export type PrintKind = 'ticket' | 'receipt' | 'fee-receipt'
/** `unknown`: the station died between the first byte and the answer; a person decides. */
export type PrintOutcome = 'printed' | 'sent' | 'failed' | 'unknown'

/** Every event this version writes: type, then its data. Version 1 of each. */
export interface EventData {
  'station.started': { readonly version: string; readonly roles: readonly string[] }
  /** First event of an origin that takes over from `from`, after a cloned disk or a restored backup; `moved` events of the old one follow it here. */
  'epoch.renewed': { readonly from: string; readonly moved: number }
  'ticket.issued': {
    readonly number: string
    readonly day: string
    readonly service: string
    readonly procedure: string | null
    readonly title: string
    readonly priority: PriorityGroup | null
    readonly papers: readonly DeclaredPaper[]
    readonly promised: WaitRange | null
    readonly key: string
    readonly station: string
    /** The slot that its holder booked; absent for walk-ins. */
    readonly appointment?: BookedSlot
    /** Counter that may call it also while it is cut off from the hub; absent where no counter may. */
    readonly lease?: number
  }
  /** A waiting ticket is leased to a counter (anew): `lease` is the id that its station gives back. */
  'ticket.leased': { readonly counter: number; readonly lease: string }
  'ticket.called': { readonly counter: number; readonly staff: string | null; readonly times: number; readonly callSeq: number }
  'ticket.started': { readonly counter: number }
  /** Reasons are a clerk's free words, in which names stand: sealed; null when none was given. */
  'ticket.held': { readonly counter: number; readonly reason: Sealed | null }
  'ticket.resumed': { readonly counter: number; readonly serving: boolean }
  'ticket.transferred': { readonly counter: number; readonly toService: string; readonly toCounter: number | null; readonly reason: Sealed | null }
  'ticket.absent': { readonly counter: number; readonly calls: number }
  'ticket.requeued': { readonly from: string }
  'ticket.finished': { readonly counter: number; readonly staff: string | null }
  'ticket.noted': { readonly note: Sealed }
  'counter.signed-on': { readonly counter: number; readonly staff: string; readonly staffName: string }
  'counter.paused': { readonly counter: number; readonly until: number | null }
  'rating.opened': { readonly counter: number; readonly staff: string | null; readonly number: string; readonly title: string; readonly expiresAt: number }
  'rating.given': { readonly counter: number; readonly staff: string | null; readonly score: number; readonly reasons: readonly string[]; readonly other: Sealed | null }
  'rating.closed': { readonly why: 'skipped' | 'expired' }
  'help.asked': { readonly station: string }
  'help.answered': { readonly station: string }
  /** These counters stand at the station of this origin, which may call what is leased to them while it is cut off. A copy of its disk has another origin. */
  'lease.granted': { readonly holder: string; readonly counters: readonly number[] }
  /** That station is gone for good: what was leased to its counters is anybody's. */
  'lease.ended': { readonly holder: string }
  /** Ticket numbers of a day that the hub gives away (`station` null: to nobody) and never gives itself. `own`: a prefix of the station's own, for when its blocks are used up. */
  'numbers.leased': { readonly station: string | null; readonly day: string; readonly own: string | null; readonly blocks: readonly NumberBlock[] }
  'numbers.received': { readonly day: string; readonly own: string | null; readonly blocks: readonly NumberBlock[] }
  /** A machine was let into the office's network, or its token taken back. */
  'station.paired': { readonly station: string; readonly kind: string; readonly counters: readonly number[] | null }
  'station.revoked': { readonly station: string }
  /** This machine became the hub of generation `term`; `heads` is how far its copies went. */
  'hub.promoted': { readonly term: number; readonly heads: Readonly<Record<string, number>> }
  'codes.leased': { readonly station: string; readonly day: string; readonly from: number; readonly to: number }
  'codes.received': { readonly day: string; readonly from: number; readonly to: number }
  'dossier.accepted': {
    readonly procedure: string
    readonly procedureName: string
    readonly decisionNo: string
    readonly field: string
    readonly channel: Channel
    readonly receivedAt: number
    readonly due: Omit<DueDate, 'changedBecause'>
    /** Why the due date is not the rule's: a clerk's free words. */
    readonly dueReason: Sealed | null
    readonly papers: readonly ReceivedPaper[]
    readonly sets: number
    readonly submitter: SubmitterRole
    readonly resultBy: ResultBy
    readonly fee: readonly FeeLine[]
    readonly feeTotal: number
    readonly register: { readonly volume: string; readonly number: number }
    readonly counter: number
    readonly staff: string
    readonly staffName: string
    readonly ticketId: string | null
    readonly person: Sealed
    readonly fromCard: readonly string[]
  }
  'person.revealed': { readonly code: string; readonly staff: string }
  /** A person was erased here on request: under which tokens (`main/vault/erasure-tokens.ts`) others find the same person, and whose dossiers lost their key. */
  'person.erased': { readonly tokens: readonly string[]; readonly codes: readonly string[] }
  /** Somebody mended by hand what an event that was put aside meant (`<origin>#<seq>` is the subject): nobody is reminded of it any more. */
  'quarantine.settled': { readonly origin: string; readonly seq: number; readonly staff: string }
  /** At the card terminal this is the intent: stored before the terminal gets its first byte. */
  'payment.requested': {
    readonly paymentId: string
    readonly method: PaymentMethod
    readonly amount: number
    readonly reference: string
    /** Receipt number of the terminal's last transaction right before this one; null when it had none, and for other methods. */
    readonly lastReceipt: string | null
  }
  'payment.received': {
    readonly paymentId: string
    readonly method: PaymentMethod
    readonly amount: number
    /** Cash handed over and given back, đồng. */
    readonly given: number | null
    readonly change: number | null
    /** What the bank's notice says, typed by the clerk who saw it; names stand in such notices. */
    readonly bankReference: Sealed | null
    /** What the terminal said of a `TerminalMethod`; null for other methods. */
    readonly card: CardSlip | null
    readonly staff: string
  }
  /** What the terminal said, stored before it is told that we have it; only `payment.received` or `payment.cancelled` is the end. */
  'payment.reported': { readonly paymentId: string; readonly outcome: 'approved' | 'declined'; readonly card: CardSlip }
  /** Nobody knows whether the terminal charged: its answer is missing. Resolved by `payment.received` or `payment.cancelled`. */
  'payment.doubted': { readonly paymentId: string; readonly reason: string }
  /** The terminal told of a payment that nobody waits for; subject is our reference in it, or its receipt number. */
  'payment.orphaned': { readonly outcome: 'approved' | 'declined'; readonly amount: number; readonly card: CardSlip }
  'payment.cancelled': { readonly paymentId: string; readonly reason: string | null }
  /** The card terminal is asked to close its day; the subject is the attempt. No sale runs or is in doubt, nor begins before its end. */
  'terminal.day-asked': { readonly staff: string }
  /** `since`: the attempt after which our totals begin, the last closing or a later one with an unknown end; null: the beginning. */
  'terminal.day-closed': ClosedDay & { readonly since: string | null }
  'terminal.day-failed': FailedDay
  /** A person typed the totals of the terminal's slip, which the terminal itself doesn't tell: the same day, held against them. */
  'terminal.day-compared': EventData['terminal.day-closed'] & { readonly staff: string }
  'print.intended': { readonly kind: PrintKind; readonly what: string; readonly printer: string; readonly copy: number; readonly reprintOf: string | null; readonly wanted: string }
  'print.ended': { readonly outcome: PrintOutcome; readonly bytes: number; readonly reason: string | null }
  'print.resolved': { readonly as: 'printed' | 'reprinted'; readonly newJob: string | null; readonly staff: string }
}

export type EventType = keyof EventData

/** An event before the journal gives it its place: what `decide` returns. */
export type NewEvent = { [T in EventType]: { readonly type: T; readonly subject: string; readonly data: EventData[T] } }[EventType]
