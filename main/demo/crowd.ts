import { safe } from '@orpc/client'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ticket } from '#domain/ticket.ts'
import type { KioskProcedure } from '#contract/kiosk.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { id, openScreen, waitFor, type StationClient } from './client.ts'
import { cashFor, errand, intakeForm } from './citizens.ts'
import type { DemoOffice } from './office.ts'
import type { Stopwatch } from './stopwatch.ts'

export interface Watches {
  readonly issueToPrinter: Stopwatch
  readonly callToBoard: Stopwatch
}

/** A citizen's ticket at the kiosk's API; resolves when the paper is out. */
export type TakeTicket = (n: number, wanted?: (procedure: KioskProcedure) => boolean) => Promise<void>

/** The kiosk as a program: the `n`th citizen's errand, timed from the tap to the printer's proof. */
export async function openKiosk(office: DemoOffice, watches: Watches): Promise<{ readonly take: TakeTicket; readonly close: () => void }> {
  const kiosk = await openScreen(office.stations.hub.child.ready.urls.kiosk ?? '')
  const procedures = await kiosk.client.kiosk.procedures()
  const take: TakeTicket = async (n, wanted = () => true) => {
    const procedure = errand(procedures.filter(wanted), n)
    const from = performance.now()
    const { ticket } = await kiosk.client.kiosk.issue({
      commandId: id(),
      service: procedure.service,
      procedure: procedure.code,
      priority: n % 9 === 4 ? 'elderly' : null,
      papers: procedure.components.slice(0, 3).map(({ name }, index) => ({ name, have: (n + index) % 4 !== 0 })),
      print: true,
    })
    for await (const view of await kiosk.client.kiosk.slip({ ticketId: ticket.id })) {
      if (view.slip === 'printed' || view.slip === 'sent') watches.issueToPrinter.add(performance.now() - from)
    }
  }
  return { take, close: kiosk.close }
}

/** One clerk with a touchpad, until nobody waits any more after `closing` is set. */
export async function serveCounter(desk: Desk, closing: { readonly now: boolean }): Promise<void> {
  const begun = await desk.current()
  if (begun) await desk.serve(begun)
  while (!(closing.now && (await desk.idle()))) {
    const called = await desk.callNext()
    if (called) await desk.serve(called)
    else await sleep(25)
  }
  desk.close()
}

/** A clerk's screen and the touchpad before it, as programs. */
export class Desk {
  readonly counter: Connection
  readonly touchpad: Connection
  readonly #procedures: ReadonlyMap<string, KioskProcedure>
  readonly #watches: Watches
  readonly #board: BoardWatch
  #visits = 0
  #calledAt = 0

  private constructor(counter: Connection, touchpad: Connection, procedures: ReadonlyMap<string, KioskProcedure>, watches: Watches, board: BoardWatch) {
    this.counter = counter
    this.touchpad = touchpad
    this.#procedures = procedures
    this.#watches = watches
    this.#board = board
  }

  static async open(urls: { readonly counter: string; readonly touchpad: string }, procedures: readonly KioskProcedure[], watches: Watches, board: BoardWatch): Promise<Desk> {
    const [counter, touchpad] = await Promise.all([openScreen(urls.counter), openScreen(urls.touchpad)])
    return new Desk(counter, touchpad, new Map(procedures.map((one) => [one.code, one])), watches, board)
  }

  get client(): StationClient {
    return this.counter.client
  }

  /** The ticket called, null when nobody waits for this counter. */
  async callNext(): Promise<string | null> {
    this.#calledAt = performance.now()
    const answer = await safe(this.client.counter.do({ commandId: id(), action: { kind: 'call-next', finishCurrent: false } }))
    if (!answer.isSuccess || answer.data.ticketId === null) return null
    return answer.data.ticketId
  }

  /** The ticket that is at the counter already, null when it is free. */
  async current(): Promise<string | null> {
    for await (const view of await this.client.counter.live()) return view.current?.ticket.id ?? null
    return null
  }

  async idle(): Promise<boolean> {
    for await (const view of await this.client.counter.live()) return view.mine.length === 0 && view.current === null
    return true
  }

  /** The whole visit: start, dossier, fee, finish, rating. */
  async serve(ticketId: string): Promise<void> {
    const n = (this.#visits += 1)
    const ticket = await this.#current(ticketId)
    if (ticket.state === 'called') await this.client.counter.do({ commandId: id(), action: { kind: 'start' } })
    void this.#board.sees(ticket.number).then((at) => at !== null && this.#watches.callToBoard.add(Math.max(0, at - this.#calledAt)))
    const procedure = this.#procedures.get(ticket.procedure ?? '')
    if (procedure) {
      const { dossier } = await this.client.counter.accept({ commandId: id(), ...intakeForm(procedure, n * 31 + ticketId.charCodeAt(0), ticketId) })
      if (dossier.feeTotal > 0) await this.#pay(dossier.code, dossier.feeTotal, n % 3 === 0 ? null : cashFor(dossier))
    }
    await this.client.counter.do({ commandId: id(), action: { kind: 'finish' } })
    if (n % 5 !== 4) await this.touchpad.client.touchpad.rate({ commandId: id(), ticketId, score: n % 7 === 0 ? 2 : 5, reasons: n % 7 === 0 ? ['slow'] : [], other: '' })
  }

  async #current(ticketId: string): Promise<Ticket> {
    const view = await waitFor('called ticket', (signal) => this.client.counter.live(undefined, { signal }), (one) => one.current?.ticket.id === ticketId)
    if (!view.current) throw new Error('no current visit')
    return view.current.ticket
  }

  /** Cash when `given` is set, else VietQR confirmed by the clerk. */
  async #pay(code: string, amount: number, given: number | null): Promise<void> {
    const { counter } = this.client
    if (given !== null) await counter.payCash({ commandId: id(), code, amount, given })
    else {
      const { paymentId } = await counter.askVietQr({ commandId: id(), code, amount })
      await counter.confirmVietQr({ commandId: id(), paymentId, bankReference: `FT${code.slice(-4)}` })
    }
  }

  close(): void {
    this.counter.close()
    this.touchpad.close()
  }
}

/** A board that notes when it first sees each number called. */
export class BoardWatch {
  readonly #seen = new Map<string, number>()
  readonly #connection: Connection

  private constructor(connection: Connection) {
    this.#connection = connection
    void this.#watch()
  }

  static async open(url: string): Promise<BoardWatch> {
    return new BoardWatch(await openScreen(url))
  }

  /** When the board first showed the number, as `performance.now()`; null when it did not within two seconds. */
  async sees(number: string): Promise<number | null> {
    for (let tries = 0; tries < 200; tries += 1) {
      const at = this.#seen.get(number)
      if (at !== undefined) return at
      await sleep(10)
    }
    return null
  }

  close(): void {
    this.#connection.close()
  }

  async #watch(): Promise<void> {
    const views = await safe(this.#connection.client.board.live())
    if (!views.isSuccess) throw views.error
    try {
      for await (const view of views.data) for (const { number } of view.calls) if (!this.#seen.has(number)) this.#seen.set(number, performance.now())
    } catch {
      // The socket was closed: the watch is over.
      return
    }
  }
}
