import type { z } from 'zod'
import { ageOn, maskName } from '#domain/identity.ts'
import { localDay } from '#domain/local-time.ts'
import { openingAt } from '#domain/opening.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import type { IssuedTicket, issueInput, KioskView, SlipState } from '#contract/kiosk.ts'
import { HubUnreachableError } from '#usecases/queue-port.ts'
import { Refusal } from '#usecases/refusal.ts'
import { appointmentView, issueBooked, scannedBooking } from './appointments.ts'
import { api, runQueue } from './base.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

/** A card at the kiosk is forgotten after this, with everything else that was typed or scanned. */
const cardMs = 20_000
/** More than a kiosk can be asked while an answer is on its way. */
const begunAtMost = 100
const slipSettled = new Set<SlipState>(['printed', 'sent', 'not-printed', 'unknown'])

/** What the kiosk's first screens show. */
export function kioskView(parts: ApiParts): KioskView {
  const now = parts.now()
  const queue = parts.queue.snapshot()
  const printer = parts.printer?.state()
  const card = parts.station.counter === null ? parts.cards.since(now - cardMs) : null
  return {
    now,
    asOf: parts.queue.heardAt(),
    office: parts.office,
    station: parts.station.id,
    stationName: parts.station.name,
    sample: parts.sample,
    opening: parts.sample ? { open: true, session: 'all-day', until: null, nextOpening: null } : openingAt(now, parts.calendar),
    waiting: queue?.services.reduce((sum, service) => sum + service.waiting, 0) ?? 0,
    catalogue: parts.catalogue,
    services: queue?.services.map(({ id, name, prefix, waiting, estimate, counters }) => ({ id, name, prefix, waiting, estimate, counters })) ?? [],
    priorities: parts.priorities,
    paper: printer?.paper ?? 'out',
    // Without paper it isn't ready either, but that is said by `paper`, in its own words.
    printerOnline: printer !== undefined && (printer.online || printer.error === 'paper-out'),
    hubLostSince: parts.queue.lostSince(),
    receptionCounter: parts.receptionCounter,
    bookings: parts.appointments.anyToday(),
    scanned: scannedBooking(parts, null),
    card: card ? { at: card.at, age: ageOn(card.person.dob, localDay(now)) } : null,
  }
}

/** The ticket as the citizen sees it, with the state of its slip. */
export function issuedTicket(parts: ApiParts, ticketId: string): IssuedTicket {
  const standing = parts.queue.standing(ticketId)
  if (!standing) throw new Refusal('ticket-not-found')
  const { ticket } = standing
  const slip = parts.prints.latest('ticket', ticketId)
  return {
    ticket,
    serviceName: standing.serviceName,
    ahead: standing.ahead,
    counters: standing.counters,
    expected: ticket.promised && { from: ticket.issuedAt + ticket.promised.from * 60_000, to: ticket.issuedAt + ticket.promised.to * 60_000 },
    followUrl: parts.followUrl(ticket.key),
    slip: slipState(slip?.state),
    slipReason: slip?.reason ?? (slip ? null : 'on-screen'),
  }
}

function slipState(state: 'started' | 'printed' | 'sent' | 'failed' | 'unknown' | undefined): SlipState {
  if (state === 'started') return 'printing'
  return state === undefined || state === 'failed' ? 'not-printed' : state
}

/** Whether a slip can be begun now: asked before a number is given, so that no number is lost for lack of paper. */
export function canPrint(parts: ApiParts): boolean {
  const state = parts.printer?.state()
  return state !== undefined && state.online && state.paper !== 'out' && state.error === null
}

/** Refuses outside opening hours, and a printed number without paper, before the number is given. */
function mayIssue(parts: ApiParts, print: boolean): void {
  if (!parts.sample && !openingAt(parts.now(), parts.calendar).open) throw new Refusal('closed')
  if (print && !canPrint(parts)) throw new Refusal('no-paper')
}

/** The ticket until the state of its slip is decided. */
async function* slipViews(parts: ApiParts, ticketId: string, signal: AbortSignal | undefined): AsyncGenerator<IssuedTicket, void> {
  const known = () => (parts.queue.standing(ticketId) ? issuedTicket(parts, ticketId) : null)
  for await (const view of live(parts.changes, known, signal)) {
    yield view
    if (slipSettled.has(view.slip)) return
  }
}

function walkIn(parts: ApiParts, input: z.infer<typeof issueInput>): QueueCommand {
  const procedure = parts.procedures.find((one) => one.code === input.procedure)
  return {
    kind: 'issue',
    service: input.service,
    procedure: procedure?.code ?? null,
    title: procedure?.shortName ?? '',
    priority: input.priority,
    papers: input.papers,
    station: parts.station.id,
  }
}

/** Gives a number and waits until it can be seen here; answers the ticket's id. */
export async function issueTicket(parts: ApiParts, commandId: string, actor: string, command: QueueCommand): Promise<string> {
  const { ticketId } = await runQueue(parts, commandId, actor, command)
  if (ticketId === null) throw new Refusal('ticket-not-found')
  await parts.queue.seen(ticketId)
  // The number is given, but the hub went before it could be seen: asked again, it is the same one.
  if (!parts.queue.standing(ticketId)) throw new HubUnreachableError(parts.queue.lostSince() ?? parts.now(), true)
  return ticketId
}

/** Procedures that a kiosk may call. */
export function kioskRouter(parts: ApiParts) {
  // Commands that passed the checks: when one comes again its number may be given already, and with it the last paper.
  const begun = new Set<string>()
  return {
    live: api.kiosk.live.handler(({ signal }) => live(parts.changes, () => kioskView(parts), signal)),
    procedures: api.kiosk.procedures.handler(() => parts.procedures),
    appointment: api.kiosk.appointment.handler(({ input }) => {
      const booked = appointmentView(parts, input.code)
      return { ...booked, name: booked.name && maskName(booked.name) }
    }),
    issue: api.kiosk.issue.handler(async ({ input }) => {
      if (!begun.has(input.commandId)) mayIssue(parts, input.print)
      begun.add(input.commandId)
      if (begun.size > begunAtMost) for (const oldest of [...begun].slice(0, -begunAtMost)) begun.delete(oldest)
      const ticketId = await issueTicket(parts, input.commandId, 'kiosk', input.booking ? issueBooked(parts, input.booking, input) : walkIn(parts, input))
      if (input.print && !parts.prints.latest('ticket', ticketId)) parts.prints.print('kiosk', 'ticket', ticketId)
      return issuedTicket(parts, ticketId)
    }),
    slip: api.kiosk.slip.handler(({ input, signal }) => {
      issuedTicket(parts, input.ticketId)
      return slipViews(parts, input.ticketId, signal)
    }),
    reprint: api.kiosk.reprint.handler(({ input }) => {
      if (!canPrint(parts)) throw new Refusal('no-paper')
      const latest = parts.prints.latest('ticket', input.ticketId)
      if (latest?.state !== 'started') parts.prints.print('kiosk', 'ticket', input.ticketId, { reprintOf: latest?.job ?? null, commandId: input.commandId })
      return issuedTicket(parts, input.ticketId)
    }),
    askHelp: api.kiosk.askHelp.handler(async ({ input }) => {
      await runQueue(parts, input.commandId, 'kiosk', { kind: 'ask-help', station: parts.station.id })
      return { ok: true as const }
    }),
  }
}

