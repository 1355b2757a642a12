import { createHash } from 'node:crypto'
import { firstPrev, hashedText, type StoredEvent } from '#domain/event.ts'
import type { EventSource } from '#sync/pusher.ts'

/** What a test says happened: type, subject, data. */
export interface Told {
  readonly type: string
  readonly subject: string
  readonly data: unknown
  readonly version?: number
}

/** A journal in memory with a real hash chain, and what central should know after having got all of it. */
export interface Journal {
  readonly origin: string
  readonly events: StoredEvent[]
  add(...told: readonly Told[]): void
}

export const startOfDay = Date.parse('2026-11-23T07:30:00+07:00')

export function journal(origin: string): Journal {
  const events: StoredEvent[] = []
  return {
    origin,
    events,
    add(...told) {
      for (const { type, subject, data, version = 1 } of told) {
        const seq = events.length + 1
        const at = startOfDay + seq * 1_000
        const bare = { origin, seq, at, actor: 'nv01', type, version, subject, data: JSON.stringify(data), prev: events.at(-1)?.hash ?? firstPrev }
        events.push({ ...bare, hash: createHash('sha256').update(hashedText(bare)).digest('hex') })
      }
    },
  }
}

/** Journals as a pusher reads them. */
export function sourceOf(...journals: readonly Journal[]): EventSource {
  const of = (origin: string): readonly StoredEvent[] => journals.find((one) => one.origin === origin)?.events ?? []
  return {
    origins: () => journals.map((one) => one.origin),
    after: (origin, seq, limit) => of(origin).slice(seq, seq + limit),
    head(origin) {
      const last = of(origin).at(-1)
      return last ? { seq: last.seq, hash: last.hash } : null
    },
  }
}

/** One citizen's visit as eight events: ticket, call, start, dossier, payment asked and received, finish, rating. */
export function visit(name: string, n: number): readonly Told[] {
  const ticket = `${name}-t${n}`
  const code = `H15.50.05.13-261123-${name}${n}`
  const paid = { paymentId: `${name}-p${n}`, method: n % 2 ? 'cash' : 'vietqr', amount: feeOf(n), given: null, change: null, bankReference: null, card: null, staff: 'nv01' }
  return [
    {
      type: 'ticket.issued',
      subject: ticket,
      data: { number: `A${n}`, day: '2026-11-23', service: 'ho-tich', procedure: '1.001193', title: 'Khai sinh', priority: null, papers: [], promised: null, key: 'k', station: 'kiosk1' },
    },
    { type: 'ticket.called', subject: ticket, data: { counter: 3, staff: 'nv01', times: 1, callSeq: n } },
    { type: 'ticket.started', subject: ticket, data: { counter: 3 } },
    { type: 'dossier.accepted', subject: code, data: dossierData(n) },
    { type: 'payment.requested', subject: code, data: { ...paid, reference: code, lastReceipt: null } },
    { type: 'payment.received', subject: code, data: paid },
    { type: 'ticket.finished', subject: ticket, data: { counter: 3, staff: 'nv01' } },
    { type: 'rating.given', subject: ticket, data: { counter: 3, staff: 'nv01', score: (n % 5) + 1, reasons: [], other: null } },
  ]
}

export const feeOf = (n: number): number => 8_000 + n * 1_000

function dossierData(n: number): unknown {
  return {
    procedure: '1.001193',
    procedureName: 'Thủ tục đăng ký khai sinh',
    decisionNo: '1872/QĐ-BTP',
    field: 'Hộ tịch',
    channel: 'direct',
    receivedAt: startOfDay + n,
    due: { start: startOfDay, due: startOfDay + 86_400_000, skipped: [], rule: '1 ngày làm việc', changedBecause: null },
    papers: [{ name: 'Giấy chứng sinh', original: 1, copy: 0, kind: 'submit' }],
    sets: 1,
    submitter: 'owner',
    resultBy: 'counter',
    fee: [{ name: 'Lệ phí', unitPrice: feeOf(n), quantity: 1, amount: feeOf(n) }],
    feeTotal: feeOf(n),
    register: { volume: '01/2026', number: n },
    counter: 3,
    staff: 'nv01',
    staffName: 'Dương',
    ticketId: null,
    person: { key: `k${n}`, box: createHash('sha256').update(`${n}`).digest('base64') },
    fromCard: [],
  }
}

/** A journal with that many visits. */
export function dayOf(origin: string, visits: number): Journal {
  const made = journal(origin)
  for (let n = 1; n <= visits; n += 1) made.add(...visit(origin.replace(/[^a-z0-9]/g, ''), n))
  return made
}
