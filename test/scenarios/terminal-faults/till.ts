import { writeSync } from 'node:fs'
import { appendDurably, TerminalJournal } from '#cli/terminal-journal.ts'
import { perform, recoverAll } from '#cli/terminal-sale.ts'
import type { CardTerminal } from '#native/terminal/port.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { FaultedProtocol } from './protocol.ts'

/** When the till's process dies: at its nth writing of the journal, with how much of that line on disk. */
export interface JournalDeath {
  readonly atLine: number
  readonly written: 'nothing' | 'half' | 'all'
}

export interface Sale {
  readonly reference: string
  /** đồng. */
  readonly amount: number
  /** By the terminal's QR code instead of a card. */
  readonly qr: boolean
}

/** The till as a process that can die at any moment: from then on nothing of it reaches the disk or the wire. */
export class Till {
  readonly #protocol: FaultedProtocol
  readonly #journalFile: string
  readonly #death: JournalDeath | null
  #dead = false
  #lines = 0
  onDeath: () => void = () => undefined

  constructor(protocol: FaultedProtocol, journalFile: string, death: JournalDeath | null = null) {
    this.#protocol = protocol
    this.#journalFile = journalFile
    this.#death = death
  }

  die(): void {
    if (this.#dead) return
    this.#dead = true
    this.onDeath()
  }

  async sell({ reference, amount, qr }: Sale, plug: () => Transport): Promise<void> {
    const how = qr ? ({ qr } as const) : {}
    await this.#with((journal) => perform(journal, this.#open(plug), { op: 'sale', reference, amount, terminal: 'wire', at: Date.now(), receipt: null, ...how }))
  }

  async recover(plug: () => Transport): Promise<void> {
    await this.#with((journal) => recoverAll(journal, this.#open(plug)))
  }

  #open(plug: () => Transport): () => Promise<CardTerminal> {
    return () => Promise.resolve(this.#protocol.driver(() => (this.#dead ? Promise.reject(new Error('dead')) : Promise.resolve(plug()))))
  }

  /** What a dead process throws is nobody's; what a living one throws is a bug. */
  async #with(work: (journal: TerminalJournal) => Promise<unknown>): Promise<void> {
    const journal = new TerminalJournal(this.#journalFile, (fd, bytes) => this.#append(fd, bytes))
    try {
      await work(journal)
    } catch (error) {
      if (!this.#dead) throw error
    } finally {
      journal.close()
    }
  }

  #append(fd: number, bytes: Uint8Array): void {
    if (this.#dead) throw new Error('dead')
    const dies = this.#death?.atLine === this.#lines++
    if (!dies) return appendDurably(fd, bytes)
    const { written } = this.#death
    if (written === 'all') appendDurably(fd, bytes)
    if (written === 'half') writeSync(fd, bytes, 0, bytes.length >> 1)
    this.die()
    throw new Error('dead')
  }
}
