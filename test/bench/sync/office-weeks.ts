import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { loadCatalogue } from '#main/catalogue/catalogue.ts'
import { citizen, errand, intakeForm } from '#main/demo/citizens.ts'
import { dossierCode } from '#domain/codes.ts'
import type { EventData, NewEvent } from '#domain/event.ts'
import { localDay } from '#domain/local-time.ts'
import { Journal } from '#journal/journal.ts'
import { orderedId } from '#journal/ordered-id.ts'
import type { EventSource } from '#sync/pusher.ts'
import { Vault } from '#vault/vault.ts'

export const agency = 'H15.50.05.13'

/** Journals of an office that was cut off from central, as its hub would send them. */
export interface OfficeWeeks {
  readonly events: number
  readonly source: EventSource
  close(): void
}

const visitsADay = 400
const opening = Date.UTC(2026, 8, 1, 0, 30)
const dayMs = 86_400_000

/**
 * Writes at least `events` events through the journal's own append and the vault's own sealing: the queue at the hub, dossiers at two counters.
 * The mix is that of `motcua demo` (2026-11-22): of 61 visits each left a ticket, its print, a call, a dossier with its receipt, a rating asked for; 48 % paid and
 * got a fee receipt, 80 % rated. Nothing is awaited here, so the disk is not waited for either.
 */
export function writeWeeks(dir: string, events: number, office = agency): OfficeWeeks {
  let at = opening
  const vault = new Vault(join(dir, 'vault.db'), randomBytes(32))
  const open = (station: string): Journal => {
    const journal = new Journal({ file: join(dir, `${station}.db`), station, views: () => () => undefined, now: () => at })
    journal.db.pragma('synchronous = OFF')
    return journal
  }
  const [hub, ...counters] = [open('hub'), open('quay-2'), open('quay-3')]
  const random = seeded(20_261_123)
  let written = 0
  const say = (journal: Journal, ...said: readonly NewEvent[]): void => {
    at += Math.round(200 + 9_000 * random() ** 3)
    written += journal.append('duong', said).length
  }
  for (let n = 0; written < events; n += 1) {
    if (n % visitsADay === 0) at = opening + Math.floor(n / visitsADay) * dayMs
    visit({ n, office, hub, counter: counters[n % counters.length] ?? hub, vault, now: () => at, say, random })
  }
  vault.close()
  const journals = [hub, ...counters]
  const of = (origin: string) => journals.find((one) => one.origin === origin) ?? hub
  return {
    events: written,
    source: { origins: () => journals.map((one) => one.origin), after: (origin, seq, limit) => of(origin).after(origin, seq, limit), head: (origin) => of(origin).head(origin) },
    close: () => journals.forEach((one) => one.close()),
  }
}

interface Visit {
  readonly n: number
  readonly office: string
  readonly hub: Journal
  readonly counter: Journal
  readonly vault: Vault
  readonly now: () => number
  readonly random: () => number
  readonly say: (journal: Journal, ...said: readonly NewEvent[]) => void
}

const { procedures, serviceOf } = loadCatalogue()
const kioskProcedures = procedures.map((one) => ({ ...one, service: serviceOf(one) })) as unknown as Parameters<typeof errand>[0]

function visit({ n, office, hub, counter, vault, now, random, say }: Visit): void {
  const [id, day, staff] = [orderedId(now()), localDay(now()), 'duong']
  const procedure = errand(kioskProcedures, n)
  const desk = { counter: 2 + (n % 2), staff }
  const number = `${procedure.service}${String((n % visitsADay) + 1).padStart(3, '0')}`
  const papers = procedure.components.slice(0, 3).map(({ name }, index) => ({ name, have: (n + index) % 4 !== 0 }))
  say(hub, {
    type: 'ticket.issued',
    subject: id,
    data: { number, day, service: procedure.service, procedure: procedure.code, title: procedure.name, priority: null, papers, promised: { from: 5, to: 15 }, key: orderedId(now()), station: 'hub' },
  })
  slip(hub, say, now(), 'ticket', id)
  say(hub, { type: 'ticket.called', subject: id, data: { ...desk, times: 1, callSeq: n + 1 } })
  say(hub, { type: 'ticket.started', subject: id, data: { counter: desk.counter } })
  const code = dossierCode(office, day, (n % visitsADay) + 1)
  const accepted = acceptance({ n, vault, at: now(), ticketId: id, procedure, desk })
  say(counter, { type: 'dossier.accepted', subject: code, data: accepted })
  slip(counter, say, now(), 'receipt', code)
  if (random() < 0.48) {
    const payment = { paymentId: randomUUID(), method: n % 4 === 0 ? ('vietqr' as const) : ('cash' as const), amount: 20_000 }
    say(
      counter,
      { type: 'payment.requested', subject: code, data: { ...payment, reference: code.replaceAll(/[.-]/g, ''), lastReceipt: null } },
      { type: 'payment.received', subject: code, data: { ...payment, given: 50_000, change: 30_000, bankReference: null, card: null, staff } },
    )
    slip(counter, say, now(), 'fee-receipt', payment.paymentId)
  }
  say(
    hub,
    { type: 'ticket.finished', subject: id, data: desk },
    { type: 'rating.opened', subject: id, data: { ...desk, number, title: procedure.name, expiresAt: now() + 60_000 } },
  )
  if (random() < 0.8) say(hub, { type: 'rating.given', subject: id, data: { ...desk, score: 3 + (n % 3), reasons: n % 3 ? [] : ['slow'], other: null } })
  else say(hub, { type: 'rating.closed', subject: id, data: { why: 'expired' } })
}

function slip(journal: Journal, say: Visit['say'], at: number, kind: 'ticket' | 'receipt' | 'fee-receipt', what: string): void {
  const job = orderedId(at)
  say(journal, { type: 'print.intended', subject: job, data: { kind, what, printer: 'Epson TM-T82', copy: 0, reprintOf: null, wanted: kind } })
  say(journal, { type: 'print.ended', subject: job, data: { outcome: 'printed', bytes: 855, reason: 'process-id' } })
}

interface Accepted {
  readonly n: number
  readonly vault: Vault
  readonly at: number
  readonly ticketId: string
  readonly procedure: Parameters<typeof intakeForm>[0]
  readonly desk: { readonly counter: number; readonly staff: string }
}

function acceptance({ n, vault, at, ticketId, procedure, desk }: Accepted): EventData['dossier.accepted'] {
  const { channel, papers, sets, submitter, resultBy, fromCard } = intakeForm(procedure, n, ticketId)
  const person = citizen(n)
  const { name, decisionNo, field } = procedures.find((one) => one.code === procedure.code) ?? { name: '', decisionNo: '', field: '' }
  return {
    procedure: procedure.code,
    procedureName: name,
    decisionNo,
    field,
    channel,
    receivedAt: at,
    due: { start: at, due: at + dayMs, skipped: [], rule: '3 ngày làm việc' },
    dueReason: null,
    papers,
    sets,
    submitter,
    resultBy,
    fee: [{ name: 'Lệ phí', unitPrice: 20_000, quantity: 1, amount: 20_000 }],
    feeTotal: 20_000,
    register: { volume: '03/2026', number: n + 1 },
    ...desk,
    staffName: 'Phan Thị Thùy Dương',
    ticketId,
    person: vault.seal(vault.subjectOf(`${person.idNumber}${n}`), person),
    fromCard,
  }
}

/** Park-Miller: the same weeks in every run, ids and sealed boxes aside. */
function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
