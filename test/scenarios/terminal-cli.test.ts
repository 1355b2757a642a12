import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { standing } from '#native/sim/ecr/bank.ts'
import { chargedIn } from '#native/sim/zvt/ledger.ts'
import { killAll, motcua, startMotcua, type Running } from './cli-support/motcua.ts'

/** `motcua terminal …` against `motcua sim zvt`: real processes, a real pty or socket, real files, kill -9. */

interface Ready {
  readonly address: string
  readonly bank: string
}
interface Outcome {
  readonly outcome: string
  readonly amount: number
  readonly reference: string
  readonly receipt: string | null
  readonly trace: string | null
  readonly reason: string | null
}

/** Several processes a test, on machines that do much else. */
vi.setConfig({ testTimeout: 120_000 })
const bin = fileURLToPath(new URL('../../bin/motcua.js', import.meta.url))

let dir = ''
let sim: Running<Ready> | null = null
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'terminal-cli-'))
})
afterEach(async () => {
  await sim?.end('SIGTERM')
  sim = null
  rmSync(dir, { recursive: true, force: true })
})
afterAll(killAll)

const at = (name: string): string => join(dir, name)
const charged = (): number => chargedIn(at('bank')).length

async function startSim(wire: 'pty' | 'tcp', ...more: readonly string[]): Promise<string> {
  const place = wire === 'pty' ? `pty:${at('tty')}` : 'tcp://127.0.0.1:0'
  sim = await startMotcua<Ready>(['sim', 'zvt', '--at', place, '--bank', at('bank'), '--citizen', '20', ...more])
  return sim.ready.address
}

async function terminal(words: string, to: string, ...more: readonly string[]) {
  const { code, out, err } = await motcua(['terminal', ...words.split(' '), '--protocol', 'zvt', '--to', to, '--json', ...more], 60_000)
  return { code, err, lines: out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Outcome) }
}
const pay = (to: string, reference: string, amount = '50000') => terminal(`pay --amount ${amount} --reference ${reference} --journal ${at('journal')}`, to)
const recover = (to: string, ...more: readonly string[]) => terminal(`recover --journal ${at('journal')}`, to, ...more)

describe.each(['pty', 'tcp'] as const)('over %s', (wire) => {
  it('pays once a reference; the second time the file answers and nothing is sent', async () => {
    const to = await startSim(wire)
    const first = await pay(to, 'HD-1')
    expect(first).toMatchObject({ code: 0, err: '', lines: [{ outcome: 'approved', amount: 50_000, reference: 'HD-1', receipt: '0001', trace: '000001', reason: null }] })
    await sim?.end('SIGTERM')
    expect(await pay(to, 'HD-1')).toEqual(first)
    expect(charged()).toBe(1)
    const other = await pay(to, 'HD-1', '60000')
    expect([other.code, other.lines]).toEqual([2, []])
    expect(other.err).toContain('50.000 đ')
  })

  it('a cut line is unknown, blocks the next sale, is resolved by asking, and the next sale goes through', async () => {
    const to = await startSim(wire, '--fault', 'cut-out=170')
    const broken = await pay(to, 'HD-1')
    expect(broken).toMatchObject({ code: 3, lines: [{ outcome: 'unknown', amount: 50_000, reference: 'HD-1', reason: 'line-broken' }] })
    expect(broken.err).toContain('motcua terminal recover')
    expect(await pay(to, 'HD-1')).toMatchObject({ code: 3, lines: [{ outcome: 'unknown' }] })
    const blocked = await pay(wire === 'pty' ? `${to}?baud=115200` : to, 'HD-2')
    expect(blocked).toMatchObject({ code: 1, lines: [{ outcome: 'declined', reason: 'unresolved' }] })
    expect(blocked.err).toContain('motcua terminal recover')
    const recovered = await recover(to)
    expect(recovered.code).toBe(0)
    expect(recovered.lines).toMatchObject([{ outcome: charged() === 1 ? 'approved' : 'declined', reference: 'HD-1' }])
    expect(await recover(to)).toMatchObject({ code: 0, lines: [] })
    const before = charged()
    expect(await pay(to, 'HD-2')).toMatchObject({ code: 0, lines: [{ outcome: 'approved' }] })
    expect(charged()).toBe(before + 1)
  })
})

/** Kills `terminal pay` with -9 some ms after its nth line is in the journal: 1 the intent, 2 asked, 3 said, 4 ended. */
async function payKilled(to: string, reference: string, line: number, afterMs: number): Promise<void> {
  const linesNow = (): number => (existsSync(at('journal')) ? readFileSync(at('journal'), 'utf8').split('\n').length - 1 : 0)
  const before = linesNow()
  const words = ['terminal', 'pay', '--protocol', 'zvt', '--to', to, '--amount', '50000', '--reference', reference, '--journal', at('journal')]
  const child = spawn(process.execPath, [bin, ...words], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  while (linesNow() < before + line && child.exitCode === null) await sleep(1)
  await sleep(afterMs)
  child.kill('SIGKILL')
  await ended
}

type Kill = readonly [line: number, afterMs: number]
const kills: readonly Kill[] = [[1, 0], [1, 5], [2, 0], [2, 10], [2, 30], [2, 50], [3, 0], [3, 5], [3, 20], [4, 0]]
// on a serial line the terminal hears of no death and waits its 5 s: fewer
it.each([['tcp', kills], ['pty', kills.filter((_, n) => n % 3 === 0)]] as const)('killed with -9 at any moment, over %s: journal and bank tell the same afterwards', async (wire, moments) => {
  const to = await startSim(wire)
  let unknown = 0
  for (const [n, [line, afterMs]] of moments.entries()) {
    await payKilled(to, `K-${n}`, line, afterMs)
    const recovered = await recover(to)
    expect(recovered.code, recovered.err).toBe(0)
    unknown += recovered.lines.length
  }
  const outcomes = moments.map((_, n) => lineOf(`K-${n}`))
  expect(outcomes.filter((outcome) => outcome === 'approved').length).toBe(charged())
  expect(outcomes).not.toContain('open')
  expect(unknown).toBeGreaterThan(0)
})

function lineOf(reference: string): string {
  const lines = existsSync(at('journal')) ? readFileSync(at('journal'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as { kind: string; reference: string; result?: Outcome }) : []
  const mine = lines.filter((line) => line.reference === reference)
  return mine.length === 0 ? 'never begun' : (mine.findLast(({ kind }) => kind === 'ended')?.result?.outcome ?? 'open')
}

it('the simulator killed with -9 remembers what it charged', async () => {
  const to = await startSim('pty')
  expect((await pay(to, 'HD-1')).code).toBe(0)
  await sim?.end('SIGKILL')
  const again = await startSim('pty')
  expect((await terminal('last', again)).lines).toMatchObject([{ outcome: 'approved', amount: 50_000, receipt: '0001' }])
  expect((await terminal('void --receipt 1', again)).code).toBe(0)
  expect(charged()).toBe(0)
})

it('void, refund, last, status and end of day, reconciled with the file', async () => {
  const to = await startSim('tcp')
  const file = ['--journal', at('journal')]
  expect((await terminal('last', to)).lines).toMatchObject([{ outcome: null, reason: 'no-transaction' }])
  expect(await terminal('status', to)).toMatchObject({ code: 0, lines: [{ ready: true, state: 'ready', code: '00', firmware: 'SIM 1.0' }] })
  for (const reference of ['A', 'B', 'C']) expect((await pay(to, reference)).code).toBe(0)
  expect(await terminal('void --receipt 2', to, ...file)).toMatchObject({ code: 0, lines: [{ outcome: 'approved', amount: 50_000 }] })
  expect(await terminal('end-of-day', to, ...file)).toMatchObject({ code: 0, lines: [{ closed: true, count: 2, amount: 100_000, journal: { count: 2, amount: 100_000 }, differences: [] }] })
  expect((await pay(to, 'D')).code).toBe(0)
  expect((await terminal(`pay --amount 20000 --reference X --journal ${at('another')}`, to)).code).toBe(0)
  expect((await terminal(`refund --amount 10000 --reference Y --journal ${at('another')}`, to)).code).toBe(0)
  const differs = await terminal('end-of-day', to, ...file)
  expect(differs).toMatchObject({ code: 1, lines: [{ count: 2, journal: { count: 1, amount: 50_000 }, differences: [{ what: 'count', terminal: 2, journal: 1 }, { what: 'amount', terminal: 70_000, journal: 50_000 }] }] })
})

it('two clerks press at once: one sale', async () => {
  const to = await startSim('tcp', '--citizen', '300')
  const [one, two] = await Promise.all([pay(to, 'HD-1'), pay(to, 'HD-1')])
  expect([one?.code, two?.code]).toEqual([0, 0])
  expect(one?.lines).toEqual(two?.lines)
  expect(charged()).toBe(1)
})

describe('by the QR code of a bank terminal', () => {
  const startBank = async (...more: readonly string[]): Promise<string> => {
    sim = await startMotcua<Ready>(['sim', 'ecr', '--at', 'tcp://127.0.0.1:0', '--bank', at('bank'), ...more])
    return sim.ready.address
  }
  const words = (to: string, reference: string) => ['terminal', 'pay', '--protocol', 'ecr', '--to', to, '--amount', '50000', '--reference', reference, '--journal', at('journal'), '--qr']
  const intentOf = (): object => JSON.parse(readFileSync(at('journal'), 'utf8').split('\n')[0] ?? '') as object

  it('pays, and the file says how; by card the same reference is another sale', async () => {
    const to = await startBank('--think', '20')
    const paid = await motcua([...words(to, 'QR-1'), '--json'])
    expect([paid.code, JSON.parse(paid.out)]).toMatchObject([0, { outcome: 'approved', amount: 50_000, reference: 'QR-1', receipt: '000001' }])
    expect(intentOf()).toMatchObject({ kind: 'intent', op: 'sale', qr: true, reference: 'QR-1' })
    expect(await motcua([...words(to, 'QR-1'), '--json'])).toMatchObject({ code: 0, out: paid.out })
    expect((await motcua(words(to, 'QR-1').slice(0, -1))).code).toBe(2)
    expect(standing(at('bank')).map(({ kind }) => kind)).toEqual(['qr'])
  })

  it('killed with -9 while the citizen scans: found by asking, sold once', async () => {
    const to = await startBank('--think', '1500')
    const child = spawn(process.execPath, [bin, ...words(to, 'QR-1')], { stdio: ['ignore', 'ignore', 'pipe'] })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (text.includes('QR') ? child.kill('SIGKILL') : undefined))
    await ended
    expect(intentOf()).toMatchObject({ qr: true })
    const recovered = await motcua(['terminal', 'recover', '--protocol', 'ecr', '--to', to, '--journal', at('journal'), '--json'], 60_000)
    expect(recovered.code, recovered.err).toBe(0)
    expect(lineOf('QR-1')).toBe('approved')
    expect(standing(at('bank'))).toHaveLength(1)
  })

  it.each([['zvt', []], ['ecr', ['--profile', 'cimb']]] as const)('%s without such a sale: exit 2, before anything is written or sent', async (protocol, more) => {
    const { code, out, err } = await motcua([...words('tcp://127.0.0.1:1', 'QR-1').map((word) => (word === 'ecr' ? protocol : word)), ...more])
    expect([code, out, existsSync(at('journal'))]).toEqual([2, '', false])
    expect(err).toContain('--qr')
  })
})

describe('the journal file', () => {
  it('the intent is in it before the first byte', async () => {
    const seen: string[] = []
    const server = createServer((socket) => {
      socket.once('data', () => {
        seen.push(readFileSync(at('journal'), 'utf8'))
        socket.destroy()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const refused = await pay(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, 'HD-1')
    server.close()
    expect(refused).toMatchObject({ code: 1, lines: [{ outcome: 'declined', reason: 'unreachable' }] })
    expect(seen.map((text) => JSON.parse(text) as object)).toMatchObject([{ kind: 'intent', reference: 'HD-1', amount: 50_000 }])
  })

  it('a terminal that was not there: the same reference may be used again', async () => {
    expect((await pay('tcp://127.0.0.1:1', 'HD-1')).code).toBe(1)
    expect((await pay(await startSim('tcp'), 'HD-1')).code).toBe(0)
  })

  it('a torn last line is cut off; a damaged one is refused and nothing is sent', async () => {
    const to = await startSim('tcp')
    expect((await pay(to, 'HD-1')).code).toBe(0)
    appendFileSync(at('journal'), '{"kind":"intent","op":"sale","refer')
    expect((await pay(to, 'HD-2')).code).toBe(0)
    const lines = readFileSync(at('journal'), 'utf8').trimEnd().split('\n')
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow()
    writeFileSync(at('journal'), [...lines.slice(0, 2), '\u0000\u0000', ...lines.slice(2), ''].join('\n'))
    const refused = await pay(to, 'HD-3')
    expect([refused.code, refused.lines]).toEqual([1, []])
    expect(refused.err).toContain('dòng 3')
    expect(charged()).toBe(2)
  })

  it('a folder that is not there, or no file', async () => {
    const { code, err } = await terminal(`pay --amount 1 --reference A --journal ${at('no/such/file')}`, 'tcp://127.0.0.1:1')
    expect(code).toBe(1)
    expect(err).toContain('Chưa gửi gì tới máy')
  })

  it('what the terminal cannot tell a person decides', async () => {
    const to = await startSim('pty', '--fault', 'cut-out=170')
    expect((await pay(to, 'HD-1')).code).toBe(3)
    expect((await recover(to, '--decided', 'approved')).code).toBe(2)
    expect((await recover(to, '--decided', 'approved', '--reference', 'nope')).code).toBe(2)
    expect(await recover(to, '--decided', 'approved', '--reference', 'HD-1')).toMatchObject({ code: 0, lines: [{ outcome: 'approved', reference: 'HD-1' }] })
    expect((await pay(to, 'HD-1')).code).toBe(0)
  })
})

it.each([
  ['an amount of nothing', 'pay --amount 0 --reference A --journal j', 'tcp://127.0.0.1:1'],
  ['part of a đồng', 'pay --amount 1.5 --reference A --journal j', 'tcp://127.0.0.1:1'],
  ['a reference that is too long', 'pay --amount 1 --reference 123456789012345678901 --journal j', 'tcp://127.0.0.1:1'],
  ['no address', 'status', 'usb:1'],
  ['no receipt number', 'void --receipt abc', 'tcp://127.0.0.1:1'],
  ['a password of letters', 'status --password abc', 'tcp://127.0.0.1:1'],
])('wrong usage is exit 2 and a sentence: %s', async (_name, words, to) => {
  const { code, err, lines } = await terminal(words, to)
  expect([code, lines]).toEqual([2, []])
  expect(err).toMatch(/\S/)
  expect(err).not.toMatch(/\n\s+at /)
})

it('messages in English where asked for, and --help without a terminal', async () => {
  const { code, err } = await motcua(['--lang', 'en', 'terminal', 'status', '--protocol', 'zvt', '--to', 'tcp://127.0.0.1:1'])
  expect([code, err]).toEqual([1, 'The terminal cannot be reached. Check power, cable and address, then try again.\n'])
  expect((await motcua(['sim', 'zvt', '--help'])).out).toContain('power-loss=BYTES')
})
