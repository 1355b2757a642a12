import { readConfig, writeConfig, type StationConfig } from '#main/config.ts'
import { askTerm } from '#lan/ask-term.ts'
import type { FoundHub } from '#lan/discovery.ts'
import type { MachineAddress } from '#lan/pinned.ts'
import { keepOffice, keptOffice } from './office-book.ts'

interface Parts {
  readonly config: StationConfig
  readonly configFile: string
  readonly officeFile: string
  /** Hubs that announce themselves on the network; anybody can. */
  readonly find: () => Promise<readonly FoundHub[]>
}

/** How often a station without a hub looks whether a spare has taken over, and whether a machine that it knows is at another address now (DHCP), ms. */
const lookMs = 1_000
const findMs = 3_000
/** So many announcements are looked at. */
const mostFound = 20

/** Where the hub is: as configured, until a spare of it says that it has taken over, or one of the two is found elsewhere. */
export class HubPlace {
  readonly #parts: Parts
  readonly #listeners = new Set<() => void>()
  #hub: NonNullable<StationConfig['hub']>

  constructor(parts: Parts) {
    this.#parts = parts
    this.#hub = parts.config.hub ?? { url: '', token: '' }
  }

  readonly address = (): MachineAddress => this.#hub

  /** The configuration with the hub as it is now. */
  config(): StationConfig {
    return this.#parts.config.hub === null ? this.#parts.config : { ...this.#parts.config, hub: this.#hub }
  }

  /** What the hub said of the office. */
  readonly keep = (heard: unknown): void => void keepOffice(this.#parts.officeFile, heard)

  /** Called when the hub is another machine. */
  onMove(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** While the hub is lost, asks its spares whether one of them is the hub of a newer generation, and the network where they all are. The answer ends it. */
  watch(lost: () => boolean, term: () => number): () => void {
    const stops = [every(lookMs, lost, () => this.#askSpares(term())), every(findMs, lost, () => this.#lookAround(term()))]
    return () => stops.forEach((stop) => stop())
  }

  #spares(): readonly MachineAddress[] {
    return keptOffice(this.#parts.officeFile)?.spares ?? []
  }

  async #askSpares(term: number): Promise<void> {
    for (const spare of this.#spares()) if (await this.#isHub(spare, term)) return this.#move(spare)
  }

  /** Who announces himself is believed by his certificate only. */
  async #lookAround(term: number): Promise<void> {
    const known = [this.#hub, ...this.#spares()].flatMap(({ cert }) => (cert === undefined ? [] : [cert]))
    if (!known.length) return
    const found = (await this.#parts.find()).slice(0, mostFound)
    const places = found.flatMap(({ url }) => known.map((cert) => ({ url, cert })))
    const hubs = await Promise.all(places.map(async (place) => ((await this.#isHub(place, term)) ? [place] : [])))
    const [hub] = hubs.flat()
    if (hub) this.#move(hub)
  }

  async #isHub(place: MachineAddress, term: number): Promise<boolean> {
    if (place.url === this.#hub.url) return false
    const word = await askTerm(place)
    return word?.hub === true && word.term >= term
  }

  #move(place: MachineAddress): void {
    this.#hub = { ...place, token: this.#hub.token }
    for (const listener of this.#listeners) listener()
    writeConfig(this.#parts.configFile, { ...(readConfig(this.#parts.configFile) ?? this.#parts.config), hub: this.#hub })
  }
}

/** Does `work` each `ms` while it is `due`, one at a time; the answer ends that. */
function every(ms: number, due: () => boolean, work: () => Promise<void>): () => void {
  let busy = false
  const timer = setInterval(() => {
    if (busy || !due()) return
    busy = true
    // A full disk doesn't keep us from the hub: after the next start it is looked for again.
    void work().catch(() => null).finally(() => (busy = false))
  }, ms)
  timer.unref()
  return () => clearInterval(timer)
}
