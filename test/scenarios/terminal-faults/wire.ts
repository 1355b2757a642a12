import { memoryPair } from '#native/transport/memory.ts'
import { TransportError, type Transport } from '#native/transport/transport.ts'

export type Direction = 'to-terminal' | 'to-till'

/** What happens to the bytes of one direction; positions count from the first byte after plugging in. */
export interface LineFault {
  readonly cutAfter?: number
  /** One byte arrives with all bits turned. */
  readonly garbleAt?: number
  /** `count` bytes vanish. */
  readonly drop?: { readonly at: number; readonly count: number }
}

export interface Wire {
  readonly till: Transport
  readonly terminal: Transport
  cut(): void
  /** Bytes that went out in each direction so far. */
  readonly sent: Readonly<Record<Direction, number>>
}

/** A wire in memory with faults; `onByte` hears the count of bytes of both directions after each write. */
export function faultyWire(faults: Partial<Record<Direction, LineFault>>, onBytes: (total: number) => void = () => undefined): Wire {
  const pair = memoryPair('faulty')
  const sent = { 'to-terminal': 0, 'to-till': 0 }
  const side = (inner: Transport, direction: Direction): Transport => ({
    ...inner,
    async write(bytes) {
      const fault = faults[direction] ?? {}
      const from = sent[direction]
      const room = Math.min(bytes.length, (fault.cutAfter ?? Infinity) - from)
      sent[direction] += room
      await inner.write(suffer(bytes.subarray(0, room), from, fault))
      onBytes(sent['to-terminal'] + sent['to-till'])
      if (room === bytes.length) return
      pair.cut()
      throw new TransportError('closed', inner.address)
    },
  })
  return { till: side(pair.a, 'to-terminal'), terminal: side(pair.b, 'to-till'), cut: () => pair.cut(), sent }
}

function suffer(bytes: Uint8Array, from: number, { garbleAt, drop }: LineFault): Uint8Array {
  const lost = (at: number): boolean => drop !== undefined && at >= drop.at && at < drop.at + drop.count
  return Uint8Array.from([...bytes].flatMap((byte, i) => (lost(from + i) ? [] : [from + i === garbleAt ? byte ^ 0xff : byte])))
}
