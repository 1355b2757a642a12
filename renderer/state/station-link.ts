import type { StationClient } from '#contract/index.ts'
import { connect } from '#preload/bridge/connect.ts'
import { Unauthorised, type Connection, type Greeting } from '#preload/bridge/connection.ts'
import { backoff } from './backoff.ts'

export type LinkState =
  | { readonly kind: 'connecting'; readonly lostSince: number | null; readonly welcome: Greeting | null }
  | { readonly kind: 'ready'; readonly client: StationClient; readonly welcome: Greeting }
  | { readonly kind: 'unauthorised' }

type Opener = () => Promise<Connection>

/** Keeps one connection to the station alive for as long as the screen is open; React reads it through `subscribe` and `state`. */
export class StationLink {
  #state: LinkState = { kind: 'connecting', lostSince: null, welcome: null }
  #listeners = new Set<() => void>()
  #open: Opener
  #stopped = false
  #connection: Connection | null = null

  constructor(open: Opener) {
    this.#open = open
  }

  get state(): LinkState {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Runs until `stop`; an unknown token ends it. */
  async run(): Promise<void> {
    let attempt = 0
    while (!this.#stopped) {
      try {
        const connection = await this.#open()
        attempt = 0
        await this.#use(connection)
      } catch (error) {
        if (error instanceof Unauthorised) return this.#set({ kind: 'unauthorised' })
      }
      if (!this.#stopped) await new Promise((resolve) => setTimeout(resolve, backoff(attempt++)))
    }
  }

  stop(): void {
    this.#stopped = true
    this.#connection?.close()
  }

  /** The client once connected, or null when that takes longer than `ms`. */
  ready(ms: number): Promise<StationClient | null> {
    return new Promise((resolve) => {
      const done = (client: StationClient | null) => {
        clearTimeout(timer)
        leave()
        resolve(client)
      }
      const look = () => {
        if (this.#state.kind === 'ready') done(this.#state.client)
      }
      const leave = this.subscribe(look)
      const timer = setTimeout(() => done(null), ms)
      look()
    })
  }

  async #use(connection: Connection): Promise<void> {
    if (this.#stopped) return connection.close()
    this.#connection = connection
    this.#set({ kind: 'ready', client: connection.client, welcome: connection.welcome })
    await connection.closed
    this.#connection = null
    this.#set({ kind: 'connecting', lostSince: Date.now(), welcome: connection.welcome })
  }

  #set(state: LinkState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

/** A link to the station that served this page. */
export function stationLink(token: string): StationLink {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return new StationLink(() => connect({ url: `${scheme}://${location.host}/ws`, token }))
}
