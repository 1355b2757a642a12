/** What is wrong with the simulated terminal. Numbers are bytes, frames or milliseconds; null: that doesn't happen. */
export interface Faults {
  /** The line breaks, once, after so many bytes that came in or went out. */
  readonly cutIn: number | null
  readonly cutOut: number | null
  /** So many frames that came in are answered with NAK. */
  readonly nak: number
  /** Noise before each frame that goes out. */
  readonly garbage: boolean
  /** The answer of the bank comes after so long. */
  readonly late: number | null
  /** The power fails, once, after so many bytes of both directions; it is back after half a second. */
  readonly powerLoss: number | null
  readonly declined: boolean
  /** Charges 1,000 minor units more than asked. */
  readonly amountMismatch: boolean
  /** Each frame goes out twice. */
  readonly duplicate: boolean
  /** So many ACKs are not sent. */
  readonly dropAck: number
  /** Takes everything and says nothing. */
  readonly noAnswer: boolean
}

const numbered = ['cut-in', 'cut-out', 'nak', 'late', 'power-loss', 'drop-ack'] as const
const plain = ['garbage', 'declined', 'amount-mismatch', 'duplicate', 'no-answer'] as const

/** Names that `--fault` takes. */
export const faultNames: readonly string[] = ['cut-in=BYTES', 'cut-out=BYTES', 'nak=FRAMES', 'late=MS', 'power-loss=BYTES', 'drop-ack=COUNT', ...plain]

/** Reads `late=2000,duplicate`; throws `RangeError` for what isn't one. */
export function parseFaults(text: string | null): Faults {
  const given = new Map((text ?? '').split(',').filter(Boolean).map((part): [string, string | undefined] => [part.split('=')[0] ?? '', part.split('=')[1]]))
  for (const [name, value] of given) {
    const known = value === undefined ? plain.some((one) => one === name) : numbered.some((one) => one === name) && /^\d+$/.test(value)
    if (!known) throw new RangeError(`unknown fault: ${name}`)
  }
  const number = (name: (typeof numbered)[number]): number | null => (given.has(name) ? Number(given.get(name)) : null)
  const is = (name: (typeof plain)[number]): boolean => given.has(name)
  return {
    cutIn: number('cut-in'), cutOut: number('cut-out'), nak: number('nak') ?? 0, garbage: is('garbage'), late: number('late'), powerLoss: number('power-loss'),
    declined: is('declined'), amountMismatch: is('amount-mismatch'), duplicate: is('duplicate'), dropAck: number('drop-ack') ?? 0, noAnswer: is('no-answer'),
  }
}
