import { ORPCError, safe } from '@orpc/client'
import { setTimeout as sleep } from 'node:timers/promises'
import type { QueueCommand, QueueRefusal } from '#domain/queue-command.ts'
import type { QueueRules } from '#domain/queue/state.ts'
import { standingIn } from '#domain/queue/standing.ts'
import type { QueueSnapshot } from '#domain/ticket.ts'
import type { StationClient } from '#contract/index.ts'
import { connectWebSocket } from '#preload/bridge/websocket.ts'
import type { Connection } from '#preload/bridge/connection.ts'
import { HubUnreachableError, type CodeBlock, type QueueAnswer, type QueuePort, type Standing } from '#usecases/queue-port.ts'

export interface HubLinkOptions {
  /** `http://hub:7470` */
  readonly url: string
  readonly token: string
  readonly rules: QueueRules
  readonly now: () => number
  /** How the hub is reached; over WebSocket when absent. */
  readonly connect?: typeof connectWebSocket
}

const retryMs = [200, 400, 800, 1_500] as const
const callMs = 4_000
/** The hub's next view is out well before this. */
const seenMs = 2_000
/** The hub speaks each second; silent for this long it is lost. */
const silenceMs = 2_500

/** The hub's queue over the LAN: one connection, the newest snapshot, commands that may be sent again. */
export class HubLink implements QueuePort {
  readonly #options: HubLinkOptions
  readonly #listeners = new Set<() => void>()
  readonly #end = new AbortController()
  #connection: Connection | null = null
  #snapshot: QueueSnapshot | null = null
  #heardAt = 0
  /** The same by a clock that nobody sets back. */
  #heardTick = 0
  #lostSince: number | null

  constructor(options: HubLinkOptions) {
    this.#options = options
    this.#lostSince = options.now()
    void this.#run()
  }

  readonly snapshot = (): QueueSnapshot | null => this.#snapshot
  readonly heardAt = (): number => this.#heardAt
  readonly lostSince = (): number | null => this.#lostSince

  readonly standing = (ticketId: string): Standing | null =>
    this.#snapshot ? standingIn(this.#snapshot, this.#options.rules, ticketId) : null

  readonly execute = async (commandId: string, _actor: string, command: QueueCommand): Promise<QueueAnswer> => {
    try {
      return { ok: true, done: await this.#call((client, signal) => client.link.command({ commandId, command }, { signal })) }
    } catch (error) {
      if (!(error instanceof ORPCError) || error.code !== 'REFUSED') throw error
      return { ok: false, reason: (error.data as { readonly reason: QueueRefusal }).reason }
    }
  }

  readonly leaseCodes = (commandId: string, day: string): Promise<CodeBlock> =>
    this.#call((client, signal) => client.link.leaseCodes({ commandId, day }, { signal }))

  readonly seen = (ticketId: string): Promise<void> =>
    this.#until(() => this.#snapshot?.tickets.some((ticket) => ticket.id === ticketId) ?? false, AbortSignal.timeout(seenMs))

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly close = (): void => {
    this.#end.abort()
    this.#connection?.close()
    this.#listeners.clear()
  }

  /**
   * Calls the hub, and once more with the same command id when the connection breaks before the answer, which is safe because the hub
   * does an id once. Rejects with the hub's own error, or with HubUnreachableError when no answer came in time.
   */
  async #call<T>(work: (client: StationClient, signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = AbortSignal.timeout(callMs)
    for (let connection = this.#connection; connection && !late.aborted; connection = this.#connection) {
      const answer = await safe(work(connection.client, late))
      if (answer.isSuccess) return answer.data
      if (answer.error instanceof ORPCError) throw answer.error
      const broken = connection
      await this.#until(() => this.#connection !== null && this.#connection !== broken, late)
    }
    throw new HubUnreachableError(this.#lostSince ?? this.#options.now())
  }

  /** Resolves when `holds`, looked at with every change, or when `late` ends the waiting. */
  #until(holds: () => boolean, late: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds() && !late.aborted) return
        stop()
        late.removeEventListener('abort', look)
        resolve()
      }
      const stop = this.onChange(look)
      late.addEventListener('abort', look)
      look()
    })
  }

  async #run(): Promise<void> {
    for (let tries = 0; !this.#end.signal.aborted; tries += 1) {
      try {
        const connection = await (this.#options.connect ?? connectWebSocket)(this.#options.url.replace(/^http/, 'ws').replace(/\/$/, '') + '/ws', this.#options.token)
        // Closed while the hub was being reached: nobody else knows of this connection.
        if (this.#end.signal.aborted) return connection.close()
        this.#connection = connection
        tries = 0
        await this.#listen(connection)
      } catch (error) {
        // Every way in which the link ends is the same to us: it is lost, and tried again.
        if (!(error instanceof Error)) throw error
      }
      this.#connection?.close()
      this.#connection = null
      this.#lose()
      await sleep(retryMs[Math.min(tries, retryMs.length - 1)], null, { signal: this.#end.signal }).catch(() => null)
    }
  }

  async #listen(connection: Connection): Promise<void> {
    const watch = new AbortController()
    const guard = setInterval(() => {
      if (performance.now() - this.#heardTick > silenceMs) connection.close()
    }, 500)
    this.#heardTick = performance.now()
    void connection.closed.then(() => watch.abort())
    try {
      for await (const snapshot of await connection.client.link.queue(undefined, { signal: watch.signal })) this.#hear(snapshot)
    } finally {
      clearInterval(guard)
    }
  }

  #hear(snapshot: QueueSnapshot): void {
    const news = snapshot.revision !== this.#snapshot?.revision || snapshot.day !== this.#snapshot.day || this.#lostSince !== null
    this.#snapshot = snapshot
    this.#heardAt = this.#options.now()
    this.#heardTick = performance.now()
    this.#lostSince = null
    if (news) this.#tell()
  }

  #lose(): void {
    if (this.#lostSince !== null || this.#end.signal.aborted) return
    this.#lostSince = this.#options.now()
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
