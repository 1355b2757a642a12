import { ORPCError, safe } from '@orpc/client'
import { setTimeout as sleep } from 'node:timers/promises'
import type { QueueCommand, QueueRefusal } from '#domain/queue-command.ts'
import type { StationClient } from '#contract/index.ts'
import { pinnedSocket, type MachineAddress } from './pinned.ts'
import { connectWebSocket } from '#preload/bridge/websocket.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import type { HubListener, HubPort, StationHello } from '#usecases/hub-port.ts'
import type { NumberLease } from '#usecases/lease-numbers.ts'
import { HubUnreachableError, type CodeBlock, type QueueAnswer } from '#usecases/queue-port.ts'
import type { SeenTicket } from '#usecases/witness.ts'

export interface HubLinkOptions {
  /** Where the hub is: asked anew for each try. */
  readonly address: () => MachineAddress
  readonly token: string
  readonly now: () => number
  /** How an address is reached; over WebSocket when absent. */
  readonly connect?: typeof connectWebSocket
  /** Told what the hub says of the office (`link.office`), at the first word of a hub and when it changes. */
  readonly office?: (heard: unknown) => void
}

const retryMs = [200, 400, 800, 1_500] as const
const callMs = 3_000
/** The hub speaks each second; silent for this long it is lost. With the look below, a station goes on alone within 2 s. */
const silenceMs = 1_700
const lookMs = 200

/** The way to the hub over the LAN: one connection, made again when it breaks; commands that may be sent again. */
export class HubLink implements HubPort {
  readonly #options: HubLinkOptions
  readonly #end = new AbortController()
  readonly #waiting = new Set<() => void>()
  #connection: Connection | null = null
  /** When the hub last spoke, by a clock that nobody sets back. */
  #heardTick = 0
  #lostSince: number

  constructor(options: HubLinkOptions) {
    this.#options = options
    this.#lostSince = options.now()
  }

  readonly open = (listener: HubListener): void => void this.#run(listener)

  readonly command = async (commandId: string, actor: string, command: QueueCommand): Promise<QueueAnswer> => {
    try {
      return { ok: true, done: await this.#call((client) => client.link.command({ commandId, actor, command })) }
    } catch (error) {
      if (!(error instanceof ORPCError) || error.code !== 'REFUSED') throw error
      const { reason, details } = error.data as { readonly reason: QueueRefusal; readonly details: Readonly<Record<string, string>> }
      return { ok: false, reason, details }
    }
  }

  readonly leaseCodes = (commandId: string, day: string): Promise<CodeBlock> =>
    this.#call((client) => client.link.leaseCodes({ commandId, day }))

  readonly leaseNumbers = (commandId: string, day: string): Promise<NumberLease> =>
    this.#call((client) => client.link.leaseNumbers({ commandId, day }))

  readonly witness = (tickets: readonly SeenTicket[]): Promise<unknown> => this.#call((client) => client.link.witness({ tickets: [...tickets] }))

  readonly renew = (): void => this.#connection?.close()

  readonly close = (): void => {
    this.#end.abort()
    this.#connection?.close()
  }

  /**
   * Calls the hub, and once more with the same command id when the connection breaks before the answer, which is safe because the hub
   * does an id once. Rejects with the hub's own error, or with HubUnreachableError when no answer came in time.
   */
  async #call<T>(work: (client: StationClient) => Promise<T>): Promise<T> {
    const late = AbortSignal.timeout(callMs)
    let sent = false
    for (let connection = this.#connection; connection && !late.aborted; connection = this.#connection) {
      sent = true
      // Not given up by a signal: saying so over a socket that is going would throw where nobody listens.
      const answer = await safe(Promise.race([work(connection.client), expired(late)]))
      if (answer.isSuccess) return answer.data
      if (answer.error instanceof ORPCError) throw answer.error
      const broken = connection
      await this.#until(() => this.#connection !== null && this.#connection !== broken, late)
    }
    throw new HubUnreachableError(this.#lostSince, sent)
  }

  /** Resolves when `holds`, looked at with every new connection, or when `late` ends the waiting. */
  #until(holds: () => boolean, late: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds() && !late.aborted) return
        this.#waiting.delete(look)
        late.removeEventListener('abort', look)
        resolve()
      }
      this.#waiting.add(look)
      late.addEventListener('abort', look)
      look()
    })
  }

  async #run(listener: HubListener): Promise<void> {
    for (let tries = 0; !this.#end.signal.aborted; tries += 1) {
      try {
        const connection = await this.#reach()
        // Closed while the hub was being reached: nobody else knows of this connection.
        if (this.#end.signal.aborted) return connection.close()
        this.#connection = connection
        for (const look of this.#waiting) look()
        await this.#listen(connection, listener, () => (tries = 0))
      } catch (error) {
        // Every way in which the link ends is the same to us: it is lost, and tried again.
        if (!(error instanceof Error)) throw error
      }
      this.#connection?.close()
      this.#connection = null
      if (this.#end.signal.aborted) return
      this.#lostSince = this.#options.now()
      listener.lost()
      await sleep(retryMs[Math.min(tries, retryMs.length - 1)], null, { signal: this.#end.signal }).catch(() => null)
    }
  }

  #reach(): Promise<Connection> {
    const { address, connect = connectWebSocket, token } = this.#options
    const { url, cert } = address()
    return connect(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/ws`, token, pinnedSocket(cert))
  }

  async #listen(connection: Connection, listener: HubListener, spoke: () => void): Promise<void> {
    const guard = setInterval(() => {
      if (performance.now() - this.#heardTick > silenceMs) connection.close()
    }, lookMs)
    this.#heardTick = performance.now()
    const hello = listener.hello()
    let recalls: Promise<void> | null = null
    let office = ''
    try {
      for await (const news of await connection.client.link.queue({ ...hello, counters: [...hello.counters] })) {
        this.#heardTick = performance.now()
        spoke()
        listener.news(news)
        if (news.office !== office) await this.#askOffice(connection)
        office = news.office
        if (news.snapshot) recalls ??= this.#giveBack(connection, listener, hello)
      }
    } finally {
      clearInterval(guard)
      // With the socket both streams end; giving them up one by one would be sent into the void.
      connection.close()
      await recalls
    }
  }

  async #askOffice({ client }: Connection): Promise<void> {
    this.#options.office?.(await client.link.office())
  }

  /** Answers what the hub wants back; ends with the connection. */
  async #giveBack({ client, close }: Connection, listener: HubListener, { origin, counters }: StationHello): Promise<void> {
    try {
      for await (const wanted of await client.link.recalls({ origin, counters: [...counters] })) {
        const leases = listener.recall(wanted)
        if (leases.length) await client.link.giveBack({ leases: [...leases] })
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      // Without it the hub would hold this station for silent: better a new connection.
      close()
    }
  }
}

/** Rejects when `late` is over. */
function expired(late: AbortSignal): Promise<never> {
  return new Promise((_, reject) => late.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true }))
}
