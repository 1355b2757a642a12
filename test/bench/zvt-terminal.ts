import { join } from 'node:path'
import { TerminalSim } from '#native/sim/zvt/terminal.ts'
import { decodeApdu } from '#native/terminal/zvt/apdu.ts'
import { openZvt } from '#native/terminal/zvt/driver.ts'
import { encodeFrame, FrameReceiver } from '#native/terminal/zvt/frame.ts'
import { findZvtProfile } from '#native/terminal/zvt/profile.ts'
import { parseStatusInfo } from '#native/terminal/zvt/status-info.ts'
import { memoryPair } from '#native/transport/memory.ts'
import type { Transport } from '#native/transport/transport.ts'
import { quantile, row, type Row } from './figure.ts'
import { inScratch } from './scratch.ts'

const frames = 200_000
const fuzzed = 1_000_000
const sales = 300
/** 9600 baud 8N2: eleven bits a byte. */
const bytesPerMs = 9_600 / 11 / 1_000

/** A status information of 58 bytes: a captured one (test/fixtures/vectors/zvt.json, `ecrterm-packet-status-information`). */
const status = Buffer.from('040f372700040000000040004909780c0938480d042522f1f15966666666d200212201001700018701750b613995194029600999140e05128a02', 'hex')

/** Frames a second, received in slices as a serial port delivers them, and read. */
function parsed(): number {
  const stream = Buffer.concat(Array.from({ length: 200 }, () => encodeFrame(status)))
  const receiver = new FrameReceiver()
  let found = 0
  const from = performance.now()
  while (found < frames) {
    for (let at = 0; at < stream.length; at += 64) {
      for (const event of receiver.push(stream.subarray(at, at + 64))) {
        const apdu = event.kind === 'frame' ? decodeApdu(event.apdu) : null
        if (apdu && parseStatusInfo(apdu.data).minor === 4_000) found++
      }
    }
  }
  return (found * 1_000) / (performance.now() - from)
}

/** Good frames that were lost right behind garbage, of a million (R7: ten million over all devices). */
function lostBehindGarbage(): number {
  const apdu = Uint8Array.of(0x80, 0, 0)
  const good = encodeFrame(apdu)
  let [seed, lost] = [20_261_122, 0]
  const next = (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) >>> 8
  for (let n = 0; n < fuzzed; n++) {
    const garbage = Array.from({ length: next() % 24 }, () => (next() % 2 === 0 ? [0x10, 0x02, 0x03, 0x06, 0x15, 0x00][next() % 6] ?? 0 : next() & 0xff))
    const events = new FrameReceiver().push([...garbage, ...good])
    if (!events.some((event) => event.kind === 'frame' && Buffer.compare(event.apdu, apdu) === 0)) lost++
  }
  return lost
}

/** Bytes of a sale, and how long it takes where the line takes no time: what is left is the till's and the simulator's own. */
async function sold(dir: string): Promise<{ readonly ms: readonly number[]; readonly bytes: number }> {
  const profile = findZvtProfile('generic')
  if (!profile) throw new Error('no generic profile')
  const { a, b } = memoryPair('bench')
  const sim = new TerminalSim({ bankFile: join(dir, 'bank.jsonl'), framed: true, citizenMs: 0 })
  let bytes = 0
  const plug = sim.plug((out) => {
    bytes += out.length
    void b.write(out)
  })
  b.onData((into) => {
    bytes += into.length
    plug.take(into)
  })
  const connect = (): Promise<Transport> => Promise.resolve(a)
  const terminal = openZvt('serial:/dev/memory', { profile, exponent: 0, connect })
  const ms: number[] = []
  await terminal.status()
  bytes = 0
  for (let n = 0; n < sales; n++) {
    const from = performance.now()
    const { outcome } = await terminal.charge({ reference: `R${n}`, amount: 15_000, at: Date.now(), lastReceipt: null }, { record: () => undefined })
    if (outcome !== 'approved') throw new Error(`a sale ended ${outcome}`)
    ms.push(performance.now() - from)
  }
  await terminal.close()
  sim.die()
  return { ms, bytes: bytes / sales }
}

/** ZVT: parser speed, what it loses behind garbage (R7), and what the driver adds to the line's own time. */
export async function zvtTerminal(): Promise<readonly Row[]> {
  const { ms, bytes } = await inScratch(sold)
  const line = bytes / bytesPerMs
  return [
    row('R7.zvt-lost', `good ZVT frames lost behind garbage, of ${fuzzed}`, lostBehindGarbage(), 'frames', { atMost: 0 }),
    row('R7.zvt-speed', 'ZVT status informations received and read', parsed(), '/s', { atLeast: 50_000 }),
    row('R6.zvt-line', `a sale with two slips at 9600 8N2: ${Math.round(bytes)} bytes`, line, 'ms', { atMost: 1_500 }),
    row('R6.zvt-overhead', 'driver and simulator together, share of that line time, p50', quantile(ms, 0.5) / line, '×', { atMost: 0.05 }),
  ]
}
