/** A card that lies on a reader: one command APDU (ISO 7816-4, short) out, its answer with the two status bytes back. */
export interface CardChannel {
  /** Throws `ChipError`: `card-lost` when it was lifted, `reader-silent`, `reader-lost`, `reader-refused`. */
  transmit(apdu: Uint8Array): Promise<Uint8Array>
}

/** How long to wait for a card, ms, and a signal that gives it up. */
export interface ConnectOptions {
  readonly waitMs: number
  readonly signal?: AbortSignal
}

/** A contactless reader, whatever it is plugged into. One card and one command at a time. */
export interface ChipReader {
  /** What the reader says of itself, for a technician. */
  readonly name: string
  /** Waits for a card with a chip and switches it on anew; throws `ChipError` `no-card` or `no-chip`. Every call starts the card over. */
  connect(options: ConnectOptions): Promise<CardChannel>
  /** Idempotent, never rejects. */
  close(): Promise<void>
}
