/** Queue rows as the clerk reads them. Pure. */
import type { QueueRow } from '#contract/counter.ts'
import type { PriorityGroup } from '#domain/ticket.ts'

/** What stands in the second line; the words come from the catalogue. */
export type SubLine =
  | { readonly kind: 'priority'; readonly group: PriorityGroup }
  | { readonly kind: 'booked'; readonly at: number }
  | { readonly kind: 'returned' }
  | { readonly kind: 'papers'; readonly missing: number }
  | { readonly kind: 'undeclared' }
  | { readonly kind: 'held'; readonly reason: string | null; readonly at: number | null }
  | { readonly kind: 'absent'; readonly calls: number; readonly at: number | null }

export interface RowModel {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly minutes: number
  readonly sub: SubLine
  /** What follows a tag in the same line. */
  readonly papers: SubLine | null
  /** Set when only one counter may call it. */
  readonly onlyCounter: number | null
}

const papersOf = (row: QueueRow): SubLine => (row.missingPapers === null ? { kind: 'undeclared' } : { kind: 'papers', missing: row.missingPapers })

const subOf = (row: QueueRow): SubLine => {
  const { ticket } = row
  if (ticket.state === 'held') return { kind: 'held', reason: ticket.heldReason, at: ticket.heldAt }
  if (ticket.state === 'no-show') return { kind: 'absent', calls: ticket.calls, at: ticket.calledAt }
  if (ticket.appointment !== undefined && (ticket.priority === null || ticket.priority === 'appointment')) return { kind: 'booked', at: ticket.appointment.at }
  if (ticket.priority !== null) return { kind: 'priority', group: ticket.priority }
  return ticket.returned ? { kind: 'returned' } : papersOf(row)
}

export const rowModel = (row: QueueRow): RowModel => {
  const sub = subOf(row)
  const tagged = sub.kind === 'priority' || sub.kind === 'booked' || sub.kind === 'returned'
  return {
    id: row.ticket.id, number: row.ticket.number, title: row.ticket.title || row.serviceName, minutes: Math.max(0, Math.floor(row.waitedMinutes)),
    sub, papers: tagged && row.missingPapers !== null ? papersOf(row) : null, onlyCounter: row.ticket.onlyCounter,
  }
}

/** `0661****4827`: first and last four digits (domain.md 3.5); anything shorter than eight signs is wholly hidden. */
export const maskedId = (id: string): string => (id.length < 8 ? '*'.repeat(id.length) : `${id.slice(0, 4)}****${id.slice(-4)}`)

/** `…261123-0042`: what tells two codes of a day apart. */
export const shortCode = (code: string): string => {
  const parts = code.split('-')
  return parts.length < 3 ? code : `…${parts.slice(-2).join('-')}`
}
