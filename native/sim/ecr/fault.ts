/** What goes wrong with a simulated bank terminal, by the names that the ZVT simulator uses too. Numbers are bytes, frames or milliseconds. */
export interface Faults {
  /** The line breaks, once, after so many bytes that came in or went out; null: never. */
  readonly cutIn: number | null
  readonly cutOut: number | null
  /** The power fails, once, after so many bytes of both directions; null: never. */
  readonly powerLoss: number | null
  /** So many requests are answered with NAK, or taken without ACK; so many answers go out with a wrong LRC. */
  readonly nak: number
  readonly dropAck: number
  readonly badLrc: number
  /** How much later the bank answers. */
  readonly late: number
  readonly declined: boolean
  /** Charges and tells 1,000 units more than asked. */
  readonly amountMismatch: boolean
  /** Answers with the reference of another till. */
  readonly otherReference: boolean
  /** Each answer goes out twice. */
  readonly duplicate: boolean
  /** Noise before each answer. */
  readonly garbage: boolean
  readonly noAnswer: boolean
  /** The app has no inquiry. */
  readonly noInquiry: boolean
}

const numbered = ['cut-in', 'cut-out', 'power-loss', 'nak', 'drop-ack', 'bad-lrc', 'late'] as const
const plain = ['declined', 'amount-mismatch', 'other-reference', 'duplicate', 'garbage', 'no-answer', 'no-inquiry'] as const

/** Names that `--fault` takes. */
export const faultNames: readonly string[] = [
  'cut-in=BYTES', 'cut-out=BYTES', 'power-loss=BYTES', 'nak=FRAMES', 'drop-ack=COUNT', 'bad-lrc=COUNT', 'late=MS', ...plain,
]

/** Reads `late=2000,duplicate`; throws `RangeError` for what isn't one. */
export function parseFaults(text: string): Faults {
  const given = new Map<string, number | null>()
  for (const part of text.split(',').filter(Boolean)) {
    const [name = '', value] = part.split('=')
    const good = value === undefined ? plain.some((one) => one === name) : numbered.some((one) => one === name) && /^\d+$/.test(value)
    if (!good) throw new RangeError(`unknown fault: ${part}`)
    given.set(name, value === undefined ? null : Number(value))
  }
  const number = (name: (typeof numbered)[number]): number | null => given.get(name) ?? null
  const is = (name: (typeof plain)[number]): boolean => given.has(name)
  return {
    cutIn: number('cut-in'), cutOut: number('cut-out'), powerLoss: number('power-loss'),
    nak: number('nak') ?? 0, dropAck: number('drop-ack') ?? 0, badLrc: number('bad-lrc') ?? 0, late: number('late') ?? 0,
    declined: is('declined'), amountMismatch: is('amount-mismatch'), otherReference: is('other-reference'),
    duplicate: is('duplicate'), garbage: is('garbage'), noAnswer: is('no-answer'), noInquiry: is('no-inquiry'),
  }
}
