import type { Fault } from './case.ts'
import type { Direction } from './wire.ts'

/** A repeatable source of numbers: mulberry32. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const directions: readonly Direction[] = ['to-terminal', 'to-till']

/** The line cut after every single byte, in each direction. */
export function everyCut(sent: Readonly<Record<Direction, number>>): readonly Fault[] {
  return directions.flatMap((direction) => Array.from({ length: sent[direction] + 1 }, (_, cutAfter): Fault => ({ line: { [direction]: { cutAfter } } })))
}

/** Anything that can go wrong with a sale of about this many bytes; on a noisy line also noise and loss. */
export function anyFault(below: (n: number) => number, sent: Readonly<Record<Direction, number>>, noisy: boolean): Fault {
  const direction = directions[below(2)] ?? 'to-till'
  const at = below(sent[direction] + 1)
  const both = below(sent['to-terminal'] + sent['to-till'] + 1)
  const line = (fault: object): Fault => ({ line: { [direction]: fault } })
  const kinds: readonly (() => Fault)[] = [
    () => line({ cutAfter: at }),
    () => ({ tillDiesAtBytes: both }),
    () => ({ terminalDiesAtBytes: both }),
    () => ({ tillDiesAtLine: { atLine: below(5), written: (['nothing', 'half', 'all'] as const)[below(3)] ?? 'half' } }),
    () => ({ terminalDiesAtBytes: both, tillDiesAtLine: { atLine: below(5), written: 'all' } }),
    ...(noisy ? [() => line({ garbleAt: at }), () => line({ drop: { at, count: 1 + below(40) } })] : []),
    ...(noisy ? [() => ({ ...line({ garbleAt: at }), tillDiesAtBytes: both })] : []),
  ]
  return kinds[below(kinds.length)]?.() ?? {}
}
