import { readConfig, writeConfig, type LinkedMachine, type StationConfig } from '#main/config.ts'
import type { Journal } from '#journal/journal.ts'
import { sameToken } from '#lan/tokens.ts'

/** The machines that may link to this hub: in the configuration file, and in force at once. */
export class Pairings {
  readonly #config: StationConfig
  readonly #file: string
  readonly #journal: Journal
  #machines: readonly LinkedMachine[]
  readonly #watching = new Map<string, Set<() => void>>()
  readonly #listeners = new Set<() => void>()

  constructor(config: StationConfig, file: string, journal: Journal) {
    this.#config = config
    this.#file = file
    this.#journal = journal
    this.#machines = config.stations
  }

  list(): readonly LinkedMachine[] {
    return this.#machines
  }

  find(token: string): LinkedMachine | undefined {
    return this.#machines.find((one) => sameToken(one.token, token))
  }

  /** Lets a machine in; one of the same id from before is out. */
  add(actor: string, machine: LinkedMachine): void {
    this.#write([...this.#machines.filter((one) => one.id !== machine.id), machine])
    this.#journal.append(actor, [{ type: 'station.paired', subject: machine.id, data: { station: machine.id, kind: machine.kind ?? 'station', counters: machine.counters } }])
    this.#cutOff(machine.id)
  }

  /** Takes a machine's token back: its open connections end. */
  revoke(actor: string, id: string): void {
    this.#write(this.#machines.filter((one) => one.id !== id))
    this.#journal.append(actor, [{ type: 'station.revoked', subject: id, data: { station: id } }])
    this.#cutOff(id)
  }

  /** Calls back when this machine's token is taken back; the answer ends that. */
  onRevoked(id: string, end: () => void): () => void {
    const watching = this.#watching.get(id) ?? new Set()
    this.#watching.set(id, watching.add(end))
    return () => watching.delete(end)
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  #write(machines: readonly LinkedMachine[]): void {
    // The set-up page may have changed the file since the start.
    const config = readConfig(this.#file) ?? this.#config
    writeConfig(this.#file, { ...config, stations: [...machines] })
    this.#machines = machines
    for (const listener of this.#listeners) listener()
  }

  #cutOff(id: string): void {
    for (const end of this.#watching.get(id) ?? []) end()
  }
}
