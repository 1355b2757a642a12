import type { Transport } from './transport.ts'

/** One thing seen on the wire; `at` is milliseconds since the trace began. Bytes may hold personal data: keep traces in memory, never in a log. */
export interface TraceEntry {
  readonly at: number
  readonly direction: 'out' | 'in' | 'closed'
  readonly bytes: Uint8Array
}

/** Passes everything through and tells `record` about it, for captures of field problems and for tests. */
export function traced(transport: Transport, record: (entry: TraceEntry) => void): Transport {
  const began = performance.now()
  const note = (direction: TraceEntry['direction'], bytes: Uint8Array): void => record({ at: performance.now() - began, direction, bytes })
  transport.onClose(() => note('closed', new Uint8Array()))
  return {
    address: transport.address,
    write(bytes) {
      note('out', bytes)
      return transport.write(bytes)
    },
    onData: (callback) =>
      transport.onData((bytes) => {
        note('in', bytes)
        callback(bytes)
      }),
    onClose: (callback) => transport.onClose(callback),
    close: () => transport.close(),
  }
}
