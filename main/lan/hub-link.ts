import { isDefinedError, safe } from '@orpc/client'
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
}

const retryMs = [200, 400, 800, 1_500] as const
const callMs = 4_000
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
    const result = await this.#call((client) => safe(client.link.command({ commandId, command })))
    if (result.isSuccess) return { ok: true, done: result.data }
    if (isDefinedError(result.error) && result.error.code === 'REFUSED') return { ok: false, reason: result.error.data.reason as QueueRefusal }
    throw new HubUnreachableError(this.#lost())
  }

  readonly leaseCodes = async (commandId: string, day: string): Promise<CodeBlock> => {
    const result = await this.#call((client) => safe(client.link.leaseCodes({ commandId, day })))
    if (result.isSuccess) return result.data
    throw new HubUnreachableError(this.#lost())
  }

  readonly seen = async (ticketId: string): Promise<void> => {
    const until = Date.now() + 2_000
    while (!this.#snapshot?.tickets.some((ticket) => ticket.id === ticketId) && Date.now() < until) {
      await new Promise<void>((resolve) => {
        const stop = this.onChange(done)
        const timer = setTimeout(done, 200)
        function done() {
          clearTimeout(timer)
          stop()
          resolve()
        }
      })
    }
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly close = (): void => {
    this.#end.abort()
    this.#connection?.close()
    this.#listeners.clear()
  }

  async #call<T>(work: (client: StationClient) => Promise<T>): Promise<T> {
    const client = this.#connection?.client
    if (!client) throw new HubUnreachableError(this.#lost())
    return Promise.race([work(client), this.#tooLate()])
  }

  #tooLate(): Promise<never> {
    return new Promise((_, reject) => {
      setTimeout(() => reject(new HubUnreachableError(this.#lost())), callMs).unref()
    })
  }

  async #run(): Promise<void> {
    for (let tries = 0; !this.#end.signal.aborted; tries += 1) {
      try {
        this.#connection = await connectWebSocket(this.#options.url.replace(/^http/, 'ws').replace(/\/$/, '') + '/ws', this.#options.token)
        tries = 0
        await this.#listen(this.#connection)
      } catch (error) {
        // Every way in which the link ends is the same to us: it is lost, and tried again.
        if (!(error instanceof Error)) throw error
      }
      this.#connection?.close()
      this.#connection = null
      this.#lose()
      await pause(retryMs[Math.min(tries, retryMs.length - 1)] ?? 1_500, this.#end.signal)
    }
  }

  async #listen(connection: Connection): Promise<void> {
    const watch = new AbortController()
    const guard = setInterval(() => {
      if (this.#options.now() - this.#heardAt > silenceMs) connection.close()
    }, 500)
    this.#heardAt = this.#options.now()
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
    this.#lostSince = null
    if (news) this.#tell()
  }

  #lose(): void {
    if (this.#lostSince !== null || this.#end.signal.aborted) return
    this.#lostSince = this.#options.now()
    this.#tell()
  }

  #lost(): number {
    return this.#lostSince ?? this.#options.now()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
