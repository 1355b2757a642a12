import { useMemo } from 'react'
import { useLink } from '../state/station-provider.tsx'
import { sendCommand, type Mutation } from '../state/use-command.ts'
import type { CounterCommands } from './commands.ts'

/** The counter's commands over this page's connection. Each may run beside the others; the screens ignore a second press by themselves. */
export function useCommands(): CounterCommands {
  const link = useLink()
  return useMemo<CounterCommands>(() => {
    const send = <Data>(mutation: Mutation<Data>) => sendCommand(link, mutation)
    return {
      act: (action) => send((client, commandId) => client.counter.do({ commandId, action })),
      procedures: () => send((client) => client.counter.procedures()),
      preview: ({ fees, ...ask }) => send((client) => client.counter.preview({ ...ask, fees: [...fees] })),
      accept: (input) => send((client) => client.counter.accept(input)),
      saveDraft: (ticketId, form) => send((client) => client.counter.saveDraft({ ticketId, form: JSON.parse(JSON.stringify(form)) })),
      loadDraft: (ticketId) => send((client) => client.counter.loadDraft({ ticketId })),
      reveal: (code) => send((client, commandId) => client.counter.reveal({ commandId, code })),
      find: (text) => send((client) => client.counter.find({ text })),
      appointment: (code) => send((client) => client.counter.appointment({ code })),
      admit: (code) => send((client, commandId) => client.counter.admit({ commandId, code })),
      dossier: (code) => send((client) => client.counter.dossier({ code })),
      receiptPdf: (code) => send((client) => client.counter.receiptPdf({ code, size: 'A5' })),
      payCash: (commandId, code, amount, given) => send((client) => client.counter.payCash({ commandId, code, amount, given })),
      askVietQr: (commandId, code, amount) => send((client) => client.counter.askVietQr({ commandId, code, amount })),
      confirmVietQr: (paymentId, bankReference) => send((client, commandId) => client.counter.confirmVietQr({ commandId, paymentId, bankReference })),
      cancelVietQr: (paymentId) => send((client, commandId) => client.counter.cancelVietQr({ commandId, paymentId })),
      payCard: (commandId, code, amount, method) => send((client) => client.counter.payCard({ commandId, code, amount, method })),
      askTerminal: (paymentId, what) => send((client) => client.counter.askTerminal({ paymentId, what })),
      settleCard: (paymentId, approval) => send((client, commandId) => client.counter.settleCard({ commandId, paymentId, approval })),
      reprint: (jobId) => send((client, commandId) => client.counter.reprint({ commandId, jobId })),
      confirmPrinted: (jobId) => send((client, commandId) => client.counter.confirmPrinted({ commandId, jobId })),
      printReceipt: (code) => send((client, commandId) => client.counter.printReceipt({ commandId, code })),
    }
  }, [link])
}
