import { dialects } from '#native/sim/ecr/dialect.ts'
import { writeAnswer } from '#native/sim/ecr/codec.ts'
import { openEcr } from '#native/terminal/ecr/driver.ts'
import { createFrameParser, encodeFrame } from '#native/terminal/ecr/frame.ts'
import { decodeMessage } from '#native/terminal/ecr/message.ts'
import { findEcrProfile, type EcrProfile } from '#native/terminal/ecr/profile.ts'
import { memoryPair } from '#native/transport/memory.ts'
import type { Transport } from '#native/transport/transport.ts'
import { quantile, row, type Row } from './figure.ts'

const frames = 200_000
const fuzzed = 1_000_000
const sales = 2_000

function generic(): EcrProfile {
  const profile = findEcrProfile('generic')
  if (!profile) throw new Error('no generic profile')
  return profile
}

/** What a terminal answers to a sale: ACK, then an approval of 15.000 đ for the reference. */
function approval(reference: string): Uint8Array {
  const dialect = dialects['generic']
  if (!dialect) throw new Error('no generic dialect')
  const values = new Map([['02', 'APPROVAL'.padEnd(40)], ['01', '123456'], ['65', reference.slice(-6)], ['30', '970436******1234'], ['40', '000000015000'], ['66', reference.padEnd(20)]])
  return Buffer.concat([Buffer.of(0x06), writeAnswer({ code: '20', status: '00', values }, dialect)])
}

/** Frames a second, parsed and read as messages, in slices as a serial port delivers them. */
function parsed(): number {
  const { frame, message } = generic()
  const stream = Buffer.concat(Array.from({ length: 200 }, () => approval('R-000001')))
  const parser = createFrameParser(frame)
  let found = 0
  const from = performance.now()
  while (found < frames) {
    for (let at = 0; at < stream.length; at += 64) {
      for (const event of parser.push(stream.subarray(at, at + 64))) if (event.kind === 'frame' && decodeMessage(event.data, message)) found++
    }
  }
  return (found * 1000) / (performance.now() - from)
}

/**
 * Good frames that were lost right behind garbage, of a million (R7: ten million over all devices). Garbage that happens to make one larger frame of
 * itself and the good one, with the right checksum, is a frame by the format: it has no header, gets no ACK, and the good one comes again.
 */
function lostBehindGarbage(): number {
  const { frame } = generic()
  const good = encodeFrame(Buffer.from('60000000001120000'), frame)
  let [seed, lost] = [20_261_122, 0]
  const next = (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) >>> 8
  for (let n = 0; n < fuzzed; n++) {
    const garbage = Uint8Array.from({ length: next() % 24 }, () => (next() % 4 === 0 ? [0x02, 0x03, 0x06, 0x15, 0x00, 0x19][next() % 6] ?? 0 : next()))
    const parser = createFrameParser(frame)
    const events = [...parser.push(Uint8Array.of(...garbage, ...good)), ...parser.silence()]
    if (!events.some((event) => event.kind === 'frame' && event.data.length >= good.length - 5)) lost++
  }
  return lost
}

/** Milliseconds from the call to its result, for each of many sales. */
async function times(sell: (reference: string) => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = []
  for (let n = 0; n < sales; n++) {
    const from = performance.now()
    await sell(`R-${String(n).padStart(6, '0')}`)
    taken.push(performance.now() - from)
  }
  return taken
}

/** A terminal that answers at once, so that what remains is the till's own time. */
function answering(): Transport {
  const { a, b } = memoryPair('bench')
  let asked = ''
  b.onData((bytes) => {
    if (bytes.length < 5) return
    asked = /R-\d{6}/.exec(Buffer.from(bytes).toString('latin1'))?.[0] ?? asked
    void b.write(approval(asked))
  })
  return a
}

async function withDriver(): Promise<readonly number[]> {
  const wire = answering()
  const terminal = openEcr('tcp://memory:1', { profile: generic(), connect: () => Promise.resolve(wire) })
  const taken = await times(async (reference) => {
    const { outcome } = await terminal.charge({ reference, amount: 15_000, at: 0, lastReceipt: null }, { record: () => undefined })
    if (outcome !== 'approved') throw new Error(`a sale ended ${outcome}`)
  })
  await terminal.close()
  return taken
}

/** The same bytes to and fro without the driver. */
async function bare(): Promise<readonly number[]> {
  const wire = answering()
  let heard: () => void = () => undefined
  wire.onData(() => heard())
  return times(async (reference) => {
    const answer = new Promise<void>((resolve) => (heard = resolve))
    await wire.write(encodeFrame(Buffer.from(`60000000001020000${reference}`), generic().frame))
    await answer
    await wire.write(Uint8Array.of(0x06))
  })
}

/** The banks' ECR dialect: parser speed, what it loses behind garbage (R7), and what the driver adds to the line's own time. */
export async function ecrTerminal(): Promise<readonly Row[]> {
  await withDriver()
  const [driver, line] = [quantile(await withDriver(), 0.5), quantile(await bare(), 0.5)]
  return [
    row('R7.ecr-lost', `good ECR frames lost behind garbage, of ${fuzzed}`, lostBehindGarbage(), 'frames', { atMost: 0 }),
    row('R7.ecr-speed', 'ECR responses parsed and read', parsed(), '/s', { atLeast: 50_000 }),
    row('R6.ecr-overhead', "what the driver adds to a sale's own bytes, p50", driver - line, 'ms', { atMost: 1 }),
  ]
}
