/** A simulated reader on its line: bytes in, bytes out. `out` may be called later than the bytes that caused it. */
export interface ReaderDevice {
  take(bytes: Buffer): void
}

/** What makes a line bad: called for each frame in either direction, true when this one is damaged; and how late answers come, ms. */
export interface LineHabits {
  readonly damagesQuestion: () => boolean
  readonly damagesAnswer: () => boolean
  readonly delayMs: number
}

export type MakeDevice = (chip: (command: Buffer) => Buffer | null, out: (bytes: Buffer) => void, habits: LineHabits) => ReaderDevice

/** The frame with one bit turned over in its middle when the line is bad. */
export function perhapsDamaged(frame: Buffer, damaged: boolean): Buffer {
  if (!damaged) return frame
  const copy = Buffer.from(frame)
  const middle = copy.length - 4
  copy[middle] = (copy[middle] ?? 0) ^ 0x04
  return copy
}

/** Sends now or later. */
export function later(delayMs: number, send: () => void): void {
  if (delayMs === 0) send()
  else setTimeout(send, delayMs).unref()
}
