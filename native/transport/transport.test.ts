import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'
import { memoryPair } from './memory.ts'
import { openTransport } from './open.ts'
import { replayed } from './replay.ts'
import { traced, type TraceEntry } from './trace.ts'
import { TransportError, type Transport } from './transport.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function until(condition: () => boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms
  while (!condition()) {
    if (Date.now() > end) throw new Error('condition not met in time')
    await sleep(5)
  }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof TransportError ? error.code : `no TransportError but ${String(error)}`
}

let dir = ''
const open: Transport[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'transport-'))
})
afterEach(async () => {
  for (const transport of open.splice(0)) await transport.close()
  rmSync(dir, { recursive: true, force: true })
})

describe('addresses', () => {
  it('reads the three kinds', () => {
    expect(parseAddress('serial:/dev/ttyUSB0?baud=115200&parity=even&stop=2')).toEqual({
      scheme: 'serial', path: '/dev/ttyUSB0', baud: 115200, parity: 'even', stop: 2, bits: 8, flow: 'none',
    })
    expect(parseAddress('serial:COM3')).toMatchObject({ path: 'COM3', baud: 9600 })
    expect(parseAddress('tcp://192.168.1.50:9100')).toEqual({ scheme: 'tcp', host: '192.168.1.50', port: 9100 })
    expect(parseAddress('tcp://[::1]:9100')).toEqual({ scheme: 'tcp', host: '::1', port: 9100 })
    expect(parseAddress('file:/tmp/out.bin')).toEqual({ scheme: 'file', path: '/tmp/out.bin' })
  })

  it.each(['', 'usb:1', 'tcp://host', 'tcp://host:99999', 'serial:', 'serial:/dev/x?baud=fast', 'serial:/dev/x?boud=9600', 'serial:/dev/x?stop=3', 'file:'])(
    'refuses %j', (address) => {
      expect(() => parseAddress(address)).toThrow(TransportError)
    },
  )
})

describe('tcp', () => {
  let server: Server
  let accepted: Socket[] = []
  let address = ''
  beforeEach(async () => {
    accepted = []
    server = createServer((socket) => accepted.push(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const where = server.address()
    address = `tcp://127.0.0.1:${typeof where === 'object' && where ? where.port : 0}`
  })
  afterEach(() => void server.close())

  it('carries bytes both ways and keeps what came before the first listener', async () => {
    const transport = await openTransport(address)
    open.push(transport)
    await until(() => accepted.length === 1)
    accepted[0]?.write('early')
    await sleep(30)
    let got = ''
    transport.onData((chunk) => (got += Buffer.from(chunk).toString()))
    await until(() => got === 'early')
    let heard = ''
    accepted[0]?.on('data', (chunk) => (heard += chunk.toString()))
    await transport.write(bytes('xin chào'))
    await until(() => heard === 'xin chào')
  })

  it('tells once that the other side is gone and refuses to write', async () => {
    const transport = await openTransport(address)
    let closes = 0
    transport.onClose(() => closes++)
    await until(() => accepted.length === 1)
    accepted[0]?.resetAndDestroy()
    await until(() => closes === 1)
    expect(await codeOf(transport.write(bytes('x')))).toBe('closed')
    await transport.close()
    expect(closes).toBe(1)
  })

  it('names why it could not open', async () => {
    const port = Number(address.split(':')[2])
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect(await codeOf(openTransport(`tcp://127.0.0.1:${port}`))).toBe('unreachable')
    expect(await codeOf(openTransport('tcp://127.0.0.1:1', { signal: AbortSignal.abort() }))).toBe('closed')
  })
})

describe('serial, over a pty', () => {
  let socat: ChildProcess | null = null
  afterEach(() => void socat?.kill('SIGKILL'))

  async function pty(): Promise<{ path: string; child: ChildProcess }> {
    const path = join(dir, 'tty')
    const child = spawn('socat', [`PTY,link=${path},rawer,echo=0`, 'STDIO'], { stdio: ['pipe', 'pipe', 'ignore'] })
    socat = child
    await until(() => existsSync(path))
    return { path, child }
  }

  it('carries bytes both ways, untouched', async () => {
    const { path, child } = await pty()
    const transport = await openTransport(`serial:${path}?baud=115200`)
    open.push(transport)
    const all = Uint8Array.from({ length: 256 }, (_, value) => value)
    const heard: number[] = []
    child.stdout?.on('data', (chunk: Buffer) => heard.push(...chunk))
    await transport.write(all)
    await until(() => heard.length === 256)
    expect(heard).toEqual([...all])
    const got: number[] = []
    transport.onData((chunk) => got.push(...chunk))
    child.stdin?.write(all)
    await until(() => got.length === 256)
    expect(got).toEqual([...all])
  })

  it('a second program on the port is told that it is busy, a missing one that it is not there', async () => {
    const { path } = await pty()
    open.push(await openTransport(`serial:${path}`))
    expect(await codeOf(openTransport(`serial:${path}`))).toBe('busy')
    expect(await codeOf(openTransport(`serial:${join(dir, 'none')}`))).toBe('not-found')
  })

  it('nothing written after the cable dropped is kept for the next opening', async () => {
    const { path, child } = await pty()
    const transport = await openTransport(`serial:${path}`)
    let closes = 0
    transport.onClose(() => closes++)
    child.kill('SIGKILL')
    await until(() => child.signalCode !== null)
    // an idle port may notice the loss only with the first write, which then fails
    expect(await codeOf(transport.write(bytes('a sale')))).toBe('closed')
    expect(await codeOf(transport.write(bytes('again')))).toBe('closed')
    await until(() => closes === 1)
    await transport.close()
    await transport.close()
    expect(closes).toBe(1)
  })
})

describe('file, memory, trace', () => {
  it('appends in order', async () => {
    const path = join(dir, 'out.bin')
    const transport = await openTransport(`file:${path}`)
    await Promise.all([transport.write(bytes('một ')), transport.write(bytes('hai'))])
    await transport.close()
    expect(readFileSync(path, 'utf8')).toBe('một hai')
    expect(await codeOf(transport.write(bytes('x')))).toBe('closed')
    expect(await codeOf(openTransport(`file:${join(dir, 'no', 'such')}`))).toBe('not-found')
  })

  it('a pair carries and breaks', async () => {
    const pair = memoryPair()
    const seen: TraceEntry[] = []
    const a = traced(pair.a, (entry) => seen.push(entry))
    let got = ''
    pair.b.onData((chunk) => (got += Buffer.from(chunk).toString()))
    await a.write(bytes('ping'))
    await until(() => got === 'ping')
    pair.cut()
    expect(await codeOf(a.write(bytes('x')))).toBe('closed')
    expect(seen.map((entry) => entry.direction)).toEqual(['out', 'closed', 'out'])
  })

  const heard = (...parts: readonly [TraceEntry['direction'], string][]): readonly TraceEntry[] => parts.map(([direction, text], at) => ({ at, direction, bytes: bytes(text) }))

  it('a trace played back answers each question as the device did, whatever the slices, and closes where it did', async () => {
    const { transport, mismatch } = replayed(heard(['in', 'READY'], ['out', 'AB'], ['out', 'C'], ['in', 'one'], ['in', 'two'], ['out', 'D'], ['closed', '']))
    const got: string[] = []
    let closed = false
    transport.onData((chunk) => got.push(Buffer.from(chunk).toString()))
    transport.onClose(() => (closed = true))
    await transport.write(bytes('A'))
    await until(() => got.length === 1)
    await transport.write(bytes('BC'))
    await until(() => got.length === 3)
    expect(got).toEqual(['READY', 'one', 'two'])
    await transport.write(bytes('D'))
    await until(() => closed)
    expect(mismatch()).toBeNull()
  })

  it('says where other bytes were written than in the trace, and answers no more', async () => {
    const { transport, mismatch } = replayed(heard(['out', 'ABC'], ['in', 'yes']))
    let got = ''
    transport.onData((chunk) => (got += Buffer.from(chunk).toString()))
    await transport.write(bytes('AXC'))
    await sleep(5)
    expect(mismatch()).toEqual({ at: 1, wanted: 0x42, got: 0x58 })
    expect(got).toBe('')
  })
})
