import type { Answer } from './answers.ts'

export type PrinterProblem = 'paper-out' | 'cover-open' | 'cutter' | 'offline' | 'unreachable'

/** The printer as people need to know it. `error` is the first thing to see to. */
export interface PrinterStatus {
  readonly paper: 'ok' | 'near-end' | 'out'
  readonly cover: 'closed' | 'open'
  readonly online: boolean
  readonly error: PrinterProblem | null
}

/** What the printer reported, sensor by sensor. */
export interface Sensors {
  readonly paperOut: boolean
  readonly nearEnd: boolean
  readonly coverOpen: boolean
  readonly offline: boolean
  readonly cutter: boolean
  /** Unrecoverable, overheated or another error that stops it. */
  readonly fault: boolean
}

/** All well: what an idle printer with paper reports. */
export const healthy: Sensors = { paperOut: false, nearEnd: false, coverOpen: false, offline: false, cutter: false, fault: false }

const has = (byte: number, ...bits: readonly number[]): boolean => bits.some((bit) => (byte >> bit) & 1)

/** Pure: what the answer to `10 04 n` changes. Each n knows only its own sensors. */
export function withRealTime(sensors: Sensors, n: number, byte: number): Sensors {
  if (n === 1) return { ...sensors, offline: has(byte, 3) }
  // n = 2 says that paper end stopped it, only n = 4 says that paper is back
  if (n === 2) return { ...sensors, coverOpen: has(byte, 2), paperOut: has(byte, 5) || sensors.paperOut }
  if (n === 3) return { ...sensors, cutter: has(byte, 3), fault: has(byte, 2, 5, 6) }
  return n === 4 ? { ...sensors, nearEnd: has(byte, 2, 3), paperOut: has(byte, 5, 6) } : sensors
}

/** Pure: the whole state as an automatic report (`1D 61`) gives it. */
export function fromAsb([one, two, three]: readonly [number, number, number, number]): Sensors {
  return {
    offline: has(one, 3),
    coverOpen: has(one, 5),
    cutter: has(two, 3),
    fault: has(two, 2, 5, 6),
    nearEnd: has(three, 0, 1),
    paperOut: has(three, 2, 3),
  }
}

/** Pure: what the answer to `1D 72 1` changes. */
export function withPaperAnswer(sensors: Sensors, byte: number): Sensors {
  return { ...sensors, nearEnd: has(byte, 0, 1), paperOut: has(byte, 2, 3) }
}

/** Applies an answer; `asked` is the n of the oldest unanswered `10 04 n`. */
export function withAnswer(sensors: Sensors, answer: Answer, asked: number | undefined): Sensors {
  if (answer.kind === 'asb') return fromAsb(answer.bytes)
  if (answer.kind === 'real-time' && asked !== undefined) return withRealTime(sensors, asked, answer.byte)
  return answer.kind === 'paper' ? withPaperAnswer(sensors, answer.byte) : sensors
}

/** Pure: sensors → what people see. null: nothing is heard of the printer. An open cover comes first: paper can't be judged under it. */
export function statusOf(sensors: Sensors | null): PrinterStatus {
  if (!sensors) return { paper: 'ok', cover: 'closed', online: false, error: 'unreachable' }
  const paper = sensors.paperOut ? 'out' : sensors.nearEnd ? 'near-end' : 'ok'
  const error = sensors.coverOpen ? 'cover-open' : sensors.paperOut ? 'paper-out' : sensors.cutter ? 'cutter' : sensors.offline || sensors.fault ? 'offline' : null
  return { paper, cover: sensors.coverOpen ? 'open' : 'closed', online: error === null, error }
}
