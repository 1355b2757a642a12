import { ChargeDesk } from '#effects/charge-desk.ts'
import { HandEntry } from '#effects/hand-entry.ts'
import type { PrintDesk } from '#effects/print-desk.ts'
import { openManual } from '#native/terminal/manual.ts'
import { openTerminal } from '#native/terminal/open.ts'
import type { CardTerminal, ChargeResult } from '#native/terminal/port.ts'
import type { StationConfig } from '#main/config.ts'
import type { Payments } from '#usecases/payments.ts'
import { LastContact, notingContact } from './last-contact.ts'

export interface ChargesHost {
  readonly config: StationConfig['terminal']
  readonly payments: Payments
  readonly prints: PrintDesk
  readonly changed: () => void
  readonly log: (code: string, error: unknown) => void
  readonly closer: AsyncDisposableStack
}

/** The card terminal's desk: a payment that went through is booked and its receipt printed, once. */
export async function openCharges({ config, payments, prints, changed, log, closer }: ChargesHost) {
  const book = {
    openCards: () => payments.openCards(),
    find: (paymentId: string) => payments.find(paymentId),
    cardReported: (...told: Parameters<Payments['cardReported']>) => payments.cardReported(...told),
    cardCharged: (...[staff, paymentId, card]: Parameters<Payments['cardCharged']>) => {
      payments.cardCharged(staff, paymentId, card)
      if (!prints.latest('fee-receipt', paymentId)) prints.print(staff, 'fee-receipt', paymentId)
    },
    cardDoubted: (paymentId: string, reason: string) => payments.cardDoubted(paymentId, reason),
    cancel: (staff: string, paymentId: string, reason: string) => payments.cancel(staff, paymentId, reason),
  }
  const handEntry = new HandEntry(changed)
  const onOrphan = ({ outcome, reference, amount, details }: ChargeResult) => {
    if (outcome !== 'unknown') payments.cardOrphaned(outcome, reference, amount, details)
    changed()
  }
  const terminalContact = new LastContact()
  terminalContact.onChange(changed)
  const terminal = await configuredTerminal(config, { handEntry, onOrphan, contact: terminalContact })
  const charges = new ChargeDesk({ book, terminal, asks: config?.protocol !== 'hand', changed, log })
  closer.defer(() => {
    handEntry.giveUp()
    return charges.close()
  })
  void charges.askAboutDoubts()
  return { charges, handEntry, terminal, terminalContact }
}

interface TerminalHost {
  readonly handEntry: HandEntry
  readonly onOrphan: (orphan: ChargeResult) => void
  readonly contact: LastContact
}

/** Opens it without a byte sent: it connects when it is used first. Rejects for a wrong address or profile. */
async function configuredTerminal(config: StationConfig['terminal'], { handEntry, onOrphan, contact }: TerminalHost): Promise<CardTerminal | null> {
  if (!config) return null
  if (config.protocol === 'hand') return openManual(handEntry.wait)
  const { protocol, address, profile, exponent } = config
  const terminal = await openTerminal(protocol, address, { exponent, onOrphan, ...(profile === null ? {} : { profile }) })
  return notingContact(terminal, contact)
}
