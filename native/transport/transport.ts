/** What every device driver of ours talks through: a stream of bytes in both directions that can break at any moment. */

import type { SerialPortInfo } from './serial-ports.ts'

/**
 * Why a transport could not be opened or broke. `bad-address` is a mistake in the configuration, `ambiguous` an address by USB identity that fits two ports;
 * all others are the world.
 */
export type TransportErrorCode = 'unreachable' | 'busy' | 'no-permission' | 'not-found' | 'ambiguous' | 'closed' | 'bad-address' | 'timeout'

/** The only error that transports throw: a code for programs, the address for people, the cause for the log. */
export class TransportError extends Error {
  readonly code: TransportErrorCode
  readonly address: string

  constructor(code: TransportErrorCode, address: string, options?: { readonly detail?: string; readonly cause?: unknown }) {
    super(`${code}: ${address}${options?.detail ? ` (${options.detail})` : ''}`, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'TransportError'
    this.code = code
    this.address = address
  }
}

/**
 * An open connection. It opens once and closes once: after a break, open a new one with `openTransport`; nothing written to a closed one is ever kept
 * for later. `onData` delivers any slice of the stream, several frames glued or a single byte.
 */
export interface Transport {
  readonly address: string
  /** Serial lines only: the speed, and changing it while the line stays open (contactless readers switch up after greeting). */
  readonly line?: { readonly baud: number; setBaud(baud: number): Promise<void> }
  /** Resolves when the bytes have left this process (serial: when the line is drained). Rejects with `TransportError` `closed`. */
  write(bytes: Uint8Array): Promise<void>
  /** Returns the function that unsubscribes. Bytes that arrive with no subscriber are kept for the first one (64 kB at most). */
  onData(callback: (bytes: Uint8Array) => void): () => void
  /** Called once; the error is null when `close()` was called or the other side ended in good order. Called at once if it is closed already. */
  onClose(callback: (error: TransportError | null) => void): () => void
  /** Sends what is pending where that is possible, then closes. Idempotent, never rejects, ends within a second or so. */
  close(): Promise<void>
}

/** How long opening may take (default 3,000 ms), a signal that gives it up, and what is plugged in (by default asked of the system). */
export interface OpenOptions {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  readonly ports?: () => Promise<readonly SerialPortInfo[]>
}
