import type { Readable, Writable } from 'node:stream'

interface Answer {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}
interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

/**
 * Chromium's DevTools protocol over two inherited pipes (`--remote-debugging-pipe`): JSON messages, each ended by a NUL.
 * Unlike `--remote-debugging-port` nobody but the process that started the browser can speak on it.
 * Protocol: https://chromedevtools.github.io/devtools-protocol/
 */
export class CdpPipe {
  readonly #out: Writable
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Set<(method: string, params: unknown) => void>()
  #rest = ''
  #lastId = 0

  constructor(out: Writable, input: Readable) {
    this.#out = out
    input.setEncoding('utf8')
    input.on('data', (text: string) => this.#receive(text))
    input.on('close', () => this.#end())
    // Writing to a browser that just died: 'close' of the other pipe answers every waiting call.
    out.on('error', () => this.#end())
  }

  /** Rejects with the browser's own words, or when the browser goes away. `sessionId` addresses one page. */
  send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#out.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
    })
  }

  /** Events of the browser. Returns the way to stop listening. */
  subscribe(listener: (method: string, params: unknown) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #receive(text: string): void {
    const parts = (this.#rest + text).split('\0')
    this.#rest = parts.pop() ?? ''
    for (const part of parts) this.#dispatch(JSON.parse(part) as Answer)
  }

  #dispatch({ id, method, params, result, error }: Answer): void {
    if (method !== undefined) for (const listener of this.#listeners) listener(method, params)
    const waiting = id === undefined ? undefined : this.#waiting.get(id)
    if (id === undefined || !waiting) return
    this.#waiting.delete(id)
    if (error) waiting.reject(new Error(error.message))
    else waiting.resolve(result)
  }

  #end(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new Error('the browser is gone'))
    this.#waiting.clear()
  }
}
