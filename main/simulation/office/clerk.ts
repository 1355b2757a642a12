import type { EventType, NewEvent } from '#domain/event.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import type { Dossier } from '#domain/dossier.ts'
import type { IntakeForm } from '#usecases/intake.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Ledger } from './ledger.ts'
import { answered, type Outcome, type Patience } from './people.ts'
import { placeOf, type Place } from './place.ts'
import type { Seat } from './rules.ts'
import type { StationProgram } from './station.ts'

/** What a newer version of the program writes: kept and sent on by those who do not understand it. */
const news = { type: 'counter.teleported', subject: 'counter', data: {} } as unknown as NewEvent

/** A procedure with a fee, and one without. */
const procedures = ['2.002516', '1.001193'] as const

/** A clerk's day at one counter: call, serve, take a dossier in, take its money, finish; without a queue, dossiers only. */
export class Clerk {
  readonly #world: World
  readonly #machine: Machine<StationProgram>
  readonly #seat: Seat
  readonly #patience: Patience
  readonly #ledger: Ledger
  #dossiers = 0

  constructor(world: World, machine: Machine<StationProgram>, seat: Seat, patience: Patience, ledger: Ledger) {
    this.#world = world
    this.#machine = machine
    this.#seat = seat
    this.#patience = patience
    this.#ledger = ledger
  }

  async work(): Promise<void> {
    while (this.#patience.isOpen) {
      if (this.#world.people.chance(0.05)) await this.#patience.insist(this.#machine.name, 'news', () => this.#machine.ask(({ journal }) => void journal.append('system', [news])), { atDeath: 'anew' })
      const commandId = this.#patience.commandId()
      const called = await this.#queue({ kind: 'call-next', counter: this.#seat.counter, finishCurrent: false }, commandId, 2)
      if (called.is === 'done' && called.value) {
        this.#world.tell(`${this.#machine.name}: calls ${called.value}`)
        this.#ledger.call({ counter: this.#seat.counter, ticketId: called.value, at: this.#placeOf('ticket.called', called.value) })
        await this.#serve(called.value)
      } else if (called.is === 'never') await this.#dossier(null)
      else if (called.is === 'refused' && called.reason === 'counter-busy') await this.#finish()
      await this.#patience.pause(300, 1_200)
    }
  }

  async #serve(ticketId: string): Promise<void> {
    const { people } = this.#world
    const { counter } = this.#seat
    if (people.chance(0.1)) return this.#absent()
    await this.#queue({ kind: 'start', counter })
    if (people.chance(0.1)) {
      await this.#queue({ kind: 'hold', counter, reason: 'thiếu giấy' })
      await this.#patience.pause(200, 2_000)
      await this.#queue({ kind: 'resume', counter, ticketId })
    }
    if (people.chance(0.7)) await this.#dossier(ticketId)
    await this.#end()
  }

  /** Called three times, nobody came. */
  async #absent(): Promise<void> {
    const { counter } = this.#seat
    await this.#queue({ kind: 'recall', counter })
    await this.#queue({ kind: 'recall', counter })
    await this.#queue({ kind: 'no-show', counter })
  }

  async #finish(): Promise<void> {
    const { counter } = this.#seat
    await this.#queue({ kind: 'start', counter })
    await this.#end()
  }

  async #end(): Promise<void> {
    const ended = await this.#queue({ kind: 'finish', counter: this.#seat.counter })
    if (ended.is === 'done' && ended.value) this.#ledger.tell({ kind: 'visit', id: ended.value, at: this.#placeOf('ticket.finished', ended.value), of: '' })
  }

  async #queue(command: QueueCommand, commandId = this.#patience.commandId(), tries = Infinity): Promise<Outcome<string | null>> {
    const ask = () => this.#machine.ask(({ queue }) => queue.execute(commandId, this.#seat.staff, command))
    return answered(await this.#patience.insist(this.#machine.name, command.kind, ask, { tries, ofHub: true }))
  }

  #placeOf(type: EventType, ticketId: string): Place | null {
    const { program } = this.#machine
    return program && placeOf(program.journal, type, ticketId)
  }

  async #dossier(ticketId: string | null): Promise<void> {
    const commandId = this.#patience.commandId()
    const form = this.#form(ticketId, commandId)
    const outcome = await this.#patience.insist(this.#machine.name, 'dossier', () => this.#ask(({ intake }) => intake.accept(commandId, this.#seat, form)), { tries: ticketId ? Infinity : 4 })
    if (outcome.is !== 'done') return
    const { value: dossier, at } = outcome.value
    this.#world.tell(`${this.#machine.name}: dossier ${dossier.code}`)
    this.#ledger.tell({ kind: 'dossier', id: dossier.code, at, of: commandId })
    if (dossier.feeTotal > 0) await this.#money(dossier)
  }

  async #money(dossier: Dossier): Promise<void> {
    // Who has had no answer may forget the first try and begin anew: the second must then be refused, not done.
    const forgetful = this.#world.people.chance(0.3)
    const first = this.#patience.commandId()
    const sum = { code: dossier.code, amount: dossier.feeTotal, given: dossier.feeTotal }
    const pay = () => this.#ask(({ payments }) => payments.cash(forgetful ? this.#patience.commandId() : first, this.#seat.staff, sum))
    const outcome = await this.#patience.insist(this.#machine.name, 'cash', pay)
    if (outcome.is === 'done') this.#ledger.tell({ kind: 'payment', id: outcome.value.value.paymentId, at: outcome.value.at, of: dossier.code })
  }

  /** Asks the station, and notes how far its journal had got with the answer. */
  #ask<T>(work: (program: StationProgram) => T | Promise<T>): Promise<{ value: T; at: Place }> {
    return this.#machine.ask(async (program) => {
      const value = await work(program)
      const { journal } = program
      return { value, at: { origin: journal.origin, seq: journal.head(journal.origin)?.seq ?? 0 } }
    })
  }

  /** The command's id is also the name of a paper, so that in the evening each dossier can be told from which press it came. */
  #form(ticketId: string | null, commandId: string): IntakeForm {
    this.#dossiers += 1
    const idNumber = `0${this.#seat.counter}${String(this.#dossiers % 20).padStart(10, '0')}`
    const person = { fullName: 'Nguyễn Thị Đường', idNumber, oldIdNumber: '', dob: '1990-04-15', sex: 'female' as const, address: '', idIssued: '', phone: '', email: '' }
    const procedure = this.#world.people.pick(procedures)
    const fees = procedure === procedures[0] ? [{ fee: 0, quantity: 2 }] : []
    const papers = [{ name: commandId, original: 1, copy: 0, kind: 'submit' as const }]
    return { ticketId, procedure, channel: 'DIRECT', processing: 0, fees, person, fromCard: [], submitter: 'owner', papers, sets: 1, resultBy: 'counter', dueChange: null }
  }
}
