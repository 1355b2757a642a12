import type { TerminalMethod } from '#domain/dossier.ts'
import type { PaymentShown, TouchpadView } from '#contract/touchpad.ts'
import type { PaymentRow } from '#usecases/payments.ts'
import { Refusal } from '#usecases/refusal.ts'
import { api, counterOf, runQueue } from './base.ts'
import { terminalMethod } from './card-view.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

const thanksMs = 3_000

/** A waiting transfer of the visit that is being served at a counter of this station, as the citizen may see it. */
export function paymentShown(parts: ApiParts, ticketId: string | null): PaymentShown | null {
  if (ticketId === null) return null
  for (const dossier of parts.dossiers.ofTicket(ticketId)) {
    const waiting = parts.payments.openOf(dossier.code)
    if (waiting?.method === 'vietqr') return shown(parts, waiting)
  }
  return null
}

/** The payment that the terminal is working on, when it is of this visit. */
function cardAtTerminal(parts: ApiParts, ticketId: string): { readonly method: TerminalMethod; readonly amount: number; readonly progress: string } | null {
  const charging = parts.charges.charging()
  const payment = charging && parts.payments.find(charging.paymentId)
  const own = payment && parts.dossiers.ofTicket(ticketId).some((dossier) => dossier.code === payment.code)
  return own ? { method: terminalMethod(payment), amount: payment.amount, progress: charging.progress } : null
}

/** A payment with its QR. */
export function shown(parts: ApiParts, payment: PaymentRow): PaymentShown {
  const bank = parts.bank ?? { bin: '', name: '', account: '', accountName: '' }
  return {
    paymentId: payment.id,
    amount: payment.amount,
    payload: parts.bank ? parts.vietQr(parts.bank, payment.amount, payment.reference) : '',
    bank: bank.name,
    account: bank.account,
    accountName: bank.accountName,
    purpose: payment.reference,
    state: payment.state === 'received' ? 'received' : 'waiting',
  }
}

/** When each rating was given here, to say thanks for a moment; only in memory. */
type Thanks = Map<string, number>

function touchpadView(parts: ApiParts, counterId: number, thanks: Thanks): TouchpadView {
  const queue = parts.queue.snapshot()
  const counter = queue?.counters.find((one) => one.id === counterId)
  return {
    now: parts.now(),
    office: parts.office,
    sample: parts.sample,
    counter: counterId,
    serviceNames: queue?.services.filter((service) => counter?.services.includes(service.id)).map((service) => service.name) ?? [],
    staffName: parts.staff.find(counter?.staff)?.name ?? counter?.staffName ?? null,
    screen: screenOf(parts, counterId, thanks),
  }
}

function screenOf(parts: ApiParts, counterId: number, thanks: Thanks): TouchpadView['screen'] {
  const queue = parts.queue.snapshot()
  const now = parts.now()
  const counter = queue?.counters.find((one) => one.id === counterId)
  const ticket = queue?.tickets.find((one) => one.id === counter?.ticket)
  const payment = paymentShown(parts, ticket?.id ?? null)
  if (ticket && payment) return { kind: 'payment', number: ticket.number, payment }
  const charging = ticket && cardAtTerminal(parts, ticket.id)
  if (charging) return { kind: 'card', number: ticket.number, ...charging }
  const rating = queue?.ratings.find((one) => one.counter === counterId)
  if (rating?.state === 'open' && rating.expiresAt > now) {
    return { kind: 'rating', ticketId: rating.ticketId, number: rating.number, title: rating.title, at: rating.openedAt, expiresAt: rating.expiresAt }
  }
  if (rating?.state === 'given' && now - (thanks.get(rating.ticketId) ?? 0) < thanksMs) return { kind: 'thanks', number: rating.number }
  return ticket ? { kind: 'serving', number: ticket.number, title: ticket.title } : { kind: 'idle' }
}

/** A touchpad answers for the counter that it stands on, and for no other. */
function ownRating(parts: ApiParts, counterId: number, ticketId: string): void {
  const rating = parts.queue.snapshot()?.ratings.find((one) => one.ticketId === ticketId)
  if (rating && rating.counter !== counterId) throw new Refusal('rating-closed')
}

/** Procedures that the touchpad of a counter may call. */
export function touchpadRouter(parts: ApiParts) {
  const thanks: Thanks = new Map()
  return {
    live: api.touchpad.live.handler(({ context, signal }) => {
      const counter = counterOf(context.session)
      return live(parts.changes, () => touchpadView(parts, counter, thanks), signal)
    }),
    rate: api.touchpad.rate.handler(async ({ input, context }) => {
      ownRating(parts, counterOf(context.session), input.ticketId)
      const { commandId, ticketId, score, reasons, other } = input
      await runQueue(parts, commandId, 'citizen', { kind: 'rate', ticketId, score, reasons, other })
      thanks.set(ticketId, parts.now())
      parts.changes.ring()
      setTimeout(() => thanks.delete(ticketId) && parts.changes.ring(), thanksMs).unref()
      return { ok: true as const }
    }),
    skip: api.touchpad.skip.handler(async ({ input, context }) => {
      ownRating(parts, counterOf(context.session), input.ticketId)
      await runQueue(parts, input.commandId, 'citizen', { kind: 'skip-rating', ticketId: input.ticketId, why: 'skipped' })
      return { ok: true as const }
    }),
  }
}
