import { readConfig, writeConfig, type StationConfig } from '#main/config.ts'
import { askTerm } from '#lan/ask-term.ts'
import type { MachineAddress } from '#lan/pinned.ts'
import { keepOffice, keptOffice } from './office-book.ts'

interface Parts {
  readonly config: StationConfig
  readonly configFile: string
  readonly officeFile: string
}

/** How often a station without a hub looks whether a spare has taken over, ms. */
const lookMs = 1_000

/** Where the hub is: as configured, until a spare of it says that it has taken over. */
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

  /** While the hub is lost, asks its spares whether one of them is the hub of a newer generation. The answer ends it. */
  watch(lost: () => boolean, term: () => number): () => void {
    let asking = false
    const timer = setInterval(() => {
      if (asking || !lost()) return
      asking = true
      void this.#search(term()).finally(() => (asking = false))
    }, lookMs)
    timer.unref()
    return () => clearInterval(timer)
  }

  async #search(term: number): Promise<void> {
    for (const spare of keptOffice(this.#parts.officeFile)?.spares ?? []) {
      const word = await askTerm(spare)
      if (!word?.hub || word.term < term || spare.url === this.#hub.url) continue
      this.#hub = { ...spare, token: this.#hub.token }
      writeConfig(this.#parts.configFile, { ...(readConfig(this.#parts.configFile) ?? this.#parts.config), hub: this.#hub })
      for (const listener of this.#listeners) listener()
      return
    }
  }
}
