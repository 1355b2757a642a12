import { Refusal } from '#usecases/refusal.ts'
import { actorOf, api } from './base.ts'
import type { ApiParts } from './parts.ts'
import { shown } from './touchpad.ts'

/** Fees at the counter: cash with change, VietQR confirmed by the clerk; each ends with a receipt. */
export function counterMoneyRouter(parts: ApiParts) {
  return {
    payCash: api.counter.payCash.handler(({ input, context }) => {
      const { commandId, ...cash } = input
      const answer = parts.payments.cash(commandId, actorOf(context.session), cash)
      printOnce(parts, actorOf(context.session), answer.paymentId)
      return answer
    }),
    askVietQr: api.counter.askVietQr.handler(({ input, context }) => {
      if (!parts.bank) throw new Refusal('no-bank-account')
      const { commandId, ...ask } = input
      return shown(parts, parts.payments.askTransfer(commandId, actorOf(context.session), ask))
    }),
    confirmVietQr: api.counter.confirmVietQr.handler(({ input, context }) => {
      parts.payments.confirmTransfer(actorOf(context.session), input.paymentId, input.bankReference)
      printOnce(parts, actorOf(context.session), input.paymentId)
      return { ok: true as const }
    }),
    cancelVietQr: api.counter.cancelVietQr.handler(({ input, context }) => {
      parts.payments.cancelTransfer(actorOf(context.session), input.paymentId)
      return { ok: true as const }
    }),
  }
}

function printOnce(parts: ApiParts, actor: string, paymentId: string): void {
  if (!parts.prints.latest('fee-receipt', paymentId)) parts.prints.print(actor, 'fee-receipt', paymentId)
}
