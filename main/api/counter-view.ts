import { maskName } from '#domain/identity.ts'
import { callOrder } from '#domain/queue/order.ts'
import type { Dossier } from '#domain/dossier.ts'
import type { CounterState, QueueSnapshot, Ticket } from '#domain/ticket.ts'
import type { CounterView, CurrentVisit, DossierRow, QueueRow, UnknownPrint } from '#contract/counter.ts'
import type { ApiParts } from './parts.ts'
import { scannedBooking } from './appointments.ts'
import { cardPayments, payWays } from './card-view.ts'
import { clerkOf, namedCounters } from './clerks.ts'
import type { Session } from './session.ts'
import { paymentShown } from './touchpad.ts'

/** A card scanned outside a visit is this long the next form's, ms. */
const looseCardMs = 5 * 60_000

/** Everything the clerk's screen shows of one counter. */
export function counterView(parts: ApiParts, counterId: number, session: Session): CounterView | null {
  const queue = parts.queue.snapshot()
  const counters = queue ? namedCounters(parts, queue) : []
  const counter = counters.find((one) => one.id === counterId)
  if (!queue || !counter) return null
  const clerk = clerkOf(parts, session)
  const now = parts.now()
  const row = rowOf(queue, now)
  const waiting = queue.tickets.filter((ticket) => ticket.state === 'waiting')
  // Cut off, the counter calls only what is leased to it.
  const away = parts.queue.lostSince() !== null
  const callable = waiting.filter((ticket) => (away ? ticket.lease?.counter === counterId : ticket.onlyCounter === null ? counter.services.includes(ticket.service) : ticket.onlyCounter === counterId))
  const { order, rule } = callOrder(callable, parts.rules, counter.priorityRun, now)
  const byId = new Map(waiting.map((ticket) => [ticket.id, ticket]))
  const current = queue.tickets.find((ticket) => ticket.id === counter.ticket)
  return {
    now,
    asOf: parts.queue.heardAt(),
    hubLostSince: parts.queue.lostSince(),
    office: parts.office,
    sample: parts.sample,
    setupUrl: parts.setupUrl(),
    counter,
    staffName: counter.staffName ?? clerk.staffName,
    staffPosition: parts.staff.find(counter.staff ?? session.staff?.id)?.position ?? null,
    catalogue: parts.catalogue,
    serviceNames: namesOf(queue, counter),
    mine: order.map(row),
    room: queue.callOrder.flatMap((id) => byId.get(id) ?? []).map(row),
    held: ofState(queue, 'held', counter).map(row),
    absent: ofState(queue, 'no-show', counter).map(row),
    current: current ? visit(parts, queue, current) : null,
    scanned: scannedBooking(parts, counterId),
    looseCard: current || parts.station.counter !== counterId ? null : parts.cards.since(now - looseCardMs),
    rule: {
      key: rule,
      details: { run: String(parts.rules.priorityRun), minutes: String(parts.rules.raiseAfterMinutes), number: order[0]?.number ?? '' },
    },
    counters,
    services: queue.services,
    rating: queue.ratings.find((rating) => rating.counter === counterId) ?? null,
    payment: paymentShown(parts, current?.id ?? null),
    payWays: payWays(parts),
    cards: cardPayments(parts),
    prints: unknownPrints(parts),
    devices: parts.devices(),
    paper: parts.printer?.state().paper ?? 'ok',
    sync: parts.sync(),
    helpAsked: queue.helpAsked,
  }
}

const namesOf = (queue: QueueSnapshot, counter: CounterState): readonly string[] =>
  queue.services.filter((service) => counter.services.includes(service.id)).map((service) => service.name)

/** Held and absent tickets that this counter may take up again. */
function ofState(queue: QueueSnapshot, state: Ticket['state'], counter: CounterState): readonly Ticket[] {
  const mine = (ticket: Ticket) => ticket.state === state && (ticket.counter === counter.id || counter.services.includes(ticket.service))
  return queue.tickets.filter(mine).toSorted((a, b) => a.issuedAt - b.issuedAt)
}

function rowOf(queue: QueueSnapshot, now: number) {
  const names = new Map(queue.services.map((service) => [service.id, service.name]))
  return (ticket: Ticket): QueueRow => ({
    ticket,
    serviceName: names.get(ticket.service) ?? ticket.service,
    waitedMinutes: Math.max(0, Math.floor((now - ticket.issuedAt) / 60_000)),
    missingPapers: ticket.papers.length ? ticket.papers.filter((paper) => !paper.have).length : null,
  })
}

function visit(parts: ApiParts, queue: QueueSnapshot, ticket: Ticket): CurrentVisit {
  const here = parts.station.counter === ticket.counter
  const began = ticket.calledAt ?? ticket.issuedAt
  const card = here ? parts.cards.since(began) : null
  const recent = card ? parts.dossiers.ofPerson(card.person.idNumber) : []
  return {
    ticket,
    bookedBy: ticket.appointment ? (parts.appointments.find(ticket.appointment.code)?.name ?? null) : null,
    serviceName: queue.services.find((service) => service.id === ticket.service)?.name ?? ticket.service,
    estimateTold: ticket.promised ? `${ticket.promised.from}–${ticket.promised.to}` : null,
    card,
    chip: here ? parts.cards.chipSince(began) : null,
    recent: recent.filter((dossier) => dossier.ticketId !== ticket.id).map((dossier) => dossierRow(parts, dossier)),
    dossiers: parts.dossiers.ofTicket(ticket.id).map((dossier) => dossierRow(parts, dossier)),
  }
}

/** A dossier in a list: the person masked. */
export function dossierRow(parts: ApiParts, dossier: Dossier): DossierRow {
  const latest = parts.prints.latest('receipt', dossier.code)
  const print = latest?.state ?? null
  return {
    code: dossier.code,
    procedureName: dossier.procedureName,
    status: dossier.status,
    receivedAt: dossier.receivedAt,
    due: dossier.due.due,
    person: maskName(dossier.person.fullName),
    erased: dossier.erased === true,
    print: print === 'started' ? 'printing' : print,
    printReason: latest?.reason ?? null,
  }
}

/** Dossiers submitted online, as lines of the same list; those that were taken in since are found as dossiers. */
export function onlineRows(parts: ApiParts, text: string): readonly DossierRow[] {
  const waiting = parts.online.search(text).filter(({ code }) => parts.dossiers.find(code) === null)
  return waiting.map(({ code, procedure, submittedAt }) => ({
    code,
    procedureName: parts.procedures.find((one) => one.code === procedure)?.name ?? procedure,
    status: 'submitted-online',
    receivedAt: submittedAt,
    due: null,
    person: '',
    print: null,
  }))
}

/** A job still running is in doubt for a person only when the printer keeps it waiting. */
const patienceMs = 4_000

/** Print jobs that a person must settle. */
export function unknownPrints(parts: ApiParts): readonly UnknownPrint[] {
  const now = parts.now()
  return parts.prints.open().flatMap((job): UnknownPrint[] => {
    if (job.state === 'started' && now - job.at < patienceMs) return []
    const what = job.kind === 'ticket' ? (parts.queue.standing(job.what)?.ticket.number ?? '') : job.what
    const state = job.state === 'started' ? 'waiting' : job.state
    const reason = job.state === 'started' ? (parts.printer?.state().error ?? 'slow') : job.reason
    return [{ jobId: job.job, kind: job.kind, what, since: job.at, state, reason }]
  })
}
