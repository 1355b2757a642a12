import { Refusal } from '#usecases/refusal.ts'
import { actorOf, api } from './base.ts'
import type { ApiParts } from './parts.ts'

/** Fees at the card terminal, by card or by its QR code: one sale at a time, in doubt the terminal is asked, then the clerk with its slip. */
export function counterCardsRouter(parts: ApiParts) {
  return {
    payCard: api.counter.payCard.handler(async ({ input, context }) => {
      const { commandId, method, ...sum } = input
      const before = parts.payments.asked(commandId)
      if (before) return { paymentId: before.id }
      parts.payments.assertOwed(sum)
      const staff = actorOf(context.session)
      const ready = await parts.charges.makeReady()
      if (!ready.ok) throw new Refusal(ready.why)
      const payment = parts.payments.askCard(commandId, staff, { ...sum, method }, ready.lastReceipt)
      parts.charges.charge(staff, payment.id)
      return { paymentId: payment.id }
    }),
    askTerminal: api.counter.askTerminal.handler(({ input, context }) => {
      const { paymentId, what } = input
      const payment = parts.payments.find(paymentId)
      if (!payment) throw new Refusal('payment-not-found')
      if (what === 'outcome') parts.charges.ask(actorOf(context.session), paymentId)
      else if (!parts.handEntry.answer(payment.reference, 'unsure')) parts.charges.abort(paymentId)
      return { ok: true as const }
    }),
    settleCard: api.counter.settleCard.handler(({ input, context }) => {
      const { paymentId, approval } = input
      const payment = parts.payments.find(paymentId)
      if (!payment) throw new Refusal('payment-not-found')
      const byHand = parts.handEntry.answer(payment.reference, approval === null ? { approved: false } : { approved: true, approval })
      if (!byHand && !parts.charges.settle(actorOf(context.session), paymentId, approval === null ? null : { approval })) throw new Refusal('terminal-busy')
      return { ok: true as const }
    }),
  }
}
