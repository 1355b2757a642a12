import type { AcceptedDossier, CounterAction } from '#contract/counter.ts'
import { draftSlot } from '#usecases/intake.ts'
import { Refusal } from '#usecases/refusal.ts'
import { appointmentView, issueBooked } from './appointments.ts'
import { actorOf, api, counterOf, runQueue } from './base.ts'
import { clerkOf } from './clerks.ts'
import { counterView, dossierRow, onlineRows } from './counter-view.ts'
import { counterCardsRouter } from './counter-cards.ts'
import { counterMoneyRouter } from './counter-money.ts'
import { canPrint, issuedTicket, issueTicket } from './kiosk.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

/** What ends or changes the visit at a counter. */
const partings: ReadonlySet<CounterAction['kind']> = new Set(['call-next', 'call', 'hold', 'resume', 'transfer', 'no-show', 'finish'])

/** Procedures that a clerk's counter may call; the counter and the clerk are the session's. */
export function counterRouter(parts: ApiParts) {
  return {
    live: api.counter.live.handler(({ context, signal }) => {
      const counter = counterOf(context.session)
      return live(parts.changes, () => counterView(parts, counter, context.session), signal)
    }),
    do: api.counter.do.handler(async ({ input, context }) => {
      const counter = counterOf(context.session)
      const done = await runQueue(parts, input.commandId, actorOf(context.session), Object.assign(input.action, { counter }))
      // The card on this counter's reader was that citizen's; it must not fill the next one's form.
      if (partings.has(input.action.kind) && parts.station.counter === counter) parts.cards.forget()
      return done
    }),
    procedures: api.counter.procedures.handler(() => parts.procedures),
    preview: api.counter.preview.handler(({ input }) => parts.intake.preview(input)),
    accept: api.counter.accept.handler(async ({ input, context }): Promise<AcceptedDossier> => {
      const { commandId, ...form } = input
      const clerk = clerkOf(parts, context.session)
      const dossier = await parts.intake.accept(commandId, clerk, form)
      parts.cards.forget()
      if (!parts.prints.latest('receipt', dossier.code)) parts.prints.print(clerk.staff, 'receipt', dossier.code)
      return { dossier, print: printState(parts, dossier.code) }
    }),
    saveDraft: api.counter.saveDraft.handler(({ input, context }) => ({
      savedAt: parts.drafts.save(draftSlot(counterOf(context.session), input.ticketId), input.form),
    })),
    loadDraft: api.counter.loadDraft.handler(({ input, context }) => parts.drafts.load(draftSlot(counterOf(context.session), input.ticketId))),
    reveal: api.counter.reveal.handler(({ input, context }) => {
      const dossier = need(parts, input.code)
      parts.journalReveal(input.code, actorOf(context.session))
      return dossier.person
    }),
    find: api.counter.find.handler(({ input }) => [...parts.dossiers.search(input.text).map((dossier) => dossierRow(parts, dossier)), ...onlineRows(parts, input.text)]),
    appointment: api.counter.appointment.handler(({ input }) => appointmentView(parts, input.code)),
    admit: api.counter.admit.handler(async ({ input, context }) => {
      const ticketId = await issueTicket(parts, input.commandId, actorOf(context.session), issueBooked(parts, input.code, { priority: null, papers: [] }))
      const printed = parts.prints.latest('ticket', ticketId) !== null || canPrint(parts)
      if (printed && !parts.prints.latest('ticket', ticketId)) parts.prints.print(actorOf(context.session), 'ticket', ticketId)
      return { number: issuedTicket(parts, ticketId).ticket.number, printed }
    }),
    dossier: api.counter.dossier.handler(({ input, context }) => {
      const dossier = need(parts, input.code)
      parts.journalReveal(input.code, actorOf(context.session))
      return dossier
    }),
    receiptPdf: api.counter.receiptPdf.handler(async ({ input }) => ({
      base64: Buffer.from(await parts.receiptPdf(need(parts, input.code), input.size)).toString('base64'),
    })),
    ...counterMoneyRouter(parts),
    ...counterCardsRouter(parts),
    reprint: api.counter.reprint.handler(({ input, context }) => {
      const job = parts.prints.reprint(actorOf(context.session), input.jobId, input.commandId)
      if (!job) throw new Refusal('print-running')
      return { jobId: job.jobId }
    }),
    confirmPrinted: api.counter.confirmPrinted.handler(({ input, context }) => {
      if (!parts.prints.confirmPrinted(actorOf(context.session), input.jobId)) throw new Refusal('print-not-found')
      return { ok: true as const }
    }),
    printReceipt: api.counter.printReceipt.handler(({ input, context }) => {
      need(parts, input.code)
      return { jobId: parts.prints.print(actorOf(context.session), 'receipt', input.code, { commandId: input.commandId }).jobId }
    }),
  }
}

function need(parts: ApiParts, code: string) {
  const dossier = parts.dossiers.find(code)
  if (!dossier) throw new Refusal(parts.online.has(code) ? 'dossier-online' : 'dossier-not-found')
  return dossier
}

function printState(parts: ApiParts, code: string): AcceptedDossier['print'] {
  const state = parts.prints.latest('receipt', code)?.state
  return state === undefined || state === 'started' ? 'printing' : state
}
