/** A short command of ISO 7816-4; `le` is 1–256, left out when no data is awaited. */
export interface Command {
  /** Default 00. */
  readonly cla?: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data?: Uint8Array
  readonly le?: number
}

/** What a card answered: its data and the status word (9000 is good). */
export interface Answer {
  readonly data: Uint8Array
  readonly sw: number
}

export const ok = 0x9000

/** Whatever commands can be sent over: a bare card or one behind secure messaging. */
export interface CardSession {
  send(command: Command): Promise<Answer>
}

export function encodeCommand({ cla = 0, ins, p1, p2, data, le }: Command): Uint8Array {
  const body = data === undefined ? [] : [data.length, ...data]
  return Uint8Array.of(cla, ins, p1, p2, ...body, ...(le === undefined ? [] : [le & 0xff]))
}

/** Splits the status word off; an answer too short for one counts as 0000. */
export function decodeAnswer(bytes: Uint8Array): Answer {
  const [high = 0, low = 0] = bytes.subarray(-2)
  return { data: bytes.slice(0, -2), sw: high * 0x100 + low }
}

/** Status word as people write it. */
export const swText = (sw: number): string => sw.toString(16).toUpperCase().padStart(4, '0')
