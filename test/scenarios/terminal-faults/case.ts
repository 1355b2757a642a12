import { join } from 'node:path'
import { TerminalJournal } from '#cli/terminal-journal.ts'
import type { FaultedProtocol, PoweredTerminal } from './protocol.ts'
import { Till, type JournalDeath, type Sale } from './till.ts'
import { faultyWire, type Direction, type LineFault, type Wire } from './wire.ts'

/** What goes wrong in one sale. Byte counts are from the moment the wire is plugged in. */
export interface Fault {
  readonly line?: Partial<Record<Direction, LineFault>>
  readonly tillDiesAtBytes?: number
  readonly tillDiesAtLine?: JournalDeath
  readonly terminalDiesAtBytes?: number
}

/** What came of it. `violations` is empty unless a promise was broken. */
export interface Verdict {
  readonly outcome: 'approved' | 'declined'
  readonly wasUnknown: boolean
  readonly sent: Readonly<Record<Direction, number>>
  readonly violations: readonly string[]
}

/** How often people ask a terminal that is still busy, or too slow on a machine that does much else. */
const patience = 20

/**
 * One till with its journal file and one terminal with its bank file, over many sales. Each sale suffers a fault; then everything dead is started
 * again, the line is whole, the till recovers, and bank and journal must tell the same.
 */
export class Lane {
  readonly #protocol: FaultedProtocol
  readonly #bankFile: string
  readonly #journalFile: string
  #terminal: PoweredTerminal
  #sales = 0
  #approved = 0
  #approvedSum = 0

  constructor(protocol: FaultedProtocol, folder: string) {
    this.#protocol = protocol
    this.#bankFile = join(folder, 'bank.jsonl')
    this.#journalFile = join(folder, 'journal.jsonl')
    this.#terminal = protocol.powerOn(this.#bankFile, 0)
  }

  async sell(amount: number, fault: Fault, qr = false): Promise<Verdict> {
    const reference = `R${(this.#sales += 1)}`
    const wire = await this.#sellOver({ reference, amount, qr }, fault)
    const wasUnknown = this.#isUnknown()
    for (let tries = 0; this.#isUnknown() && tries < patience; tries++) await this.#recover()
    return { ...this.#judge(reference, amount), wasUnknown, sent: wire.sent }
  }

  stop(): void {
    this.#terminal.die()
  }

  async #sellOver(sale: Sale, fault: Fault): Promise<Wire> {
    const till = new Till(this.#protocol, this.#journalFile, fault.tillDiesAtLine ?? null)
    let terminalDied = false
    const wire = faultyWire(fault.line ?? {}, (total) => {
      if (total >= (fault.tillDiesAtBytes ?? Infinity)) till.die()
      if (total < (fault.terminalDiesAtBytes ?? Infinity) || terminalDied) return
      terminalDied = true
      this.#terminal.die()
      wire.cut()
    })
    till.onDeath = () => wire.cut()
    await till.sell(sale, () => {
      this.#terminal.plug(wire.terminal)
      return wire.till
    })
    wire.cut()
    if (terminalDied) this.#terminal = this.#protocol.powerOn(this.#bankFile, this.#sales)
    return wire
  }

  #isUnknown(): boolean {
    return this.#read((journal) => journal.unresolved().length > 0)
  }

  async #recover(): Promise<void> {
    const wire = faultyWire({})
    await new Till(this.#protocol, this.#journalFile).recover(() => {
      this.#terminal.plug(wire.terminal)
      return wire.till
    })
    wire.cut()
  }

  #judge(reference: string, amount: number): Pick<Verdict, 'outcome' | 'violations'> {
    const entry = this.#read((journal) => journal.find(reference))
    const ended = entry?.ended
    const outcome = ended?.outcome === 'approved' ? 'approved' : 'declined'
    if (outcome === 'approved') {
      this.#approved += 1
      this.#approvedSum += amount
    }
    const charged = this.#protocol.charged(this.#bankFile)
    const sum = charged.reduce((total, one) => total + one.amount, 0)
    const violations = [
      entry && !ended ? 'still unknown after recovery' : '',
      charged.length > this.#approved ? 'charged and not recorded as paid' : '',
      charged.length < this.#approved ? 'recorded as paid and not charged' : '',
      charged.length === this.#approved && sum !== this.#approvedSum ? `charged ${sum}, recorded ${this.#approvedSum}` : '',
      outcome === 'approved' && charged.at(-1)?.receipt !== ended?.details.receipt ? 'another receipt than the bank has' : '',
    ].filter(Boolean)
    return { outcome, violations: violations.map((what) => `${reference}: ${what}`) }
  }

  #read<T>(look: (journal: TerminalJournal) => T): T {
    const journal = new TerminalJournal(this.#journalFile)
    const seen = look(journal)
    journal.close()
    return seen
  }
}
