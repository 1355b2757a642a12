import type { Transport } from '../../transport/transport.ts'
import { createFrameParser, type FrameEvent, type FrameFormat } from './frame.ts'

export type LinkEvent = FrameEvent | { readonly kind: 'lost' }

/** The wire to a terminal: bytes in, frames out. After a break a new transport is made; nothing of the old one is carried over. */
export interface EcrLink {
  /** Opens the transport if there is none; whether it did. Rejects with the `TransportError`. */
  open(signal: AbortSignal): Promise<boolean>
  /** Rejects when the line is broken. */
  write(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

export interface LinkOptions {
  readonly connect: (signal: AbortSignal) => Promise<Transport>
  readonly format: FrameFormat
  /** Silence inside a frame after which the rest won't come. */
  readonly byteMs: number
  readonly onEvent: (event: LinkEvent) => void
}

/** Turns slices of the stream into events; returns the function that stops it. */
function follow(transport: Transport, { format, byteMs, onEvent }: LinkOptions): () => void {
  const parser = createFrameParser(format)
  let timer: NodeJS.Timeout | undefined
  const off = transport.onData((bytes) => {
    clearTimeout(timer)
    const events = parser.push(bytes)
    if (parser.holding()) timer = setTimeout(() => parser.silence().forEach(onEvent), byteMs)
    events.forEach(onEvent)
  })
  return () => {
    clearTimeout(timer)
    off()
  }
}

export function createLink(options: LinkOptions): EcrLink {
  let line: { readonly transport: Transport; readonly stop: () => void } | null = null

  return {
    async open(signal) {
      if (line) return false
      const transport = await options.connect(signal)
      const mine = { transport, stop: follow(transport, options) }
      line = mine
      transport.onClose(() => {
        mine.stop()
        if (line === mine) line = null
        options.onEvent({ kind: 'lost' })
      })
      return true
    },
    write: (bytes) => (line ? line.transport.write(bytes) : Promise.reject(new Error('the line is closed'))),
    async close() {
      await line?.transport.close()
    },
  }
}
