import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chargedIn } from '#native/sim/zvt/ledger.ts'
import { startZvtSim, type ZvtSim } from '#native/sim/zvt/start.ts'
import { TerminalError, type CardTerminal, type ChargeIntent, type ChargeResult, type TerminalSlip } from '../port.ts'
import { openZvt } from './driver.ts'
import { findZvtProfile } from './profile.ts'

/** The driver and the simulator, which share no code, over a real pty (socat) and over TCP. */

let dir = ''
let sim: ZvtSim | null = null
let terminal: CardTerminal | null = null
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zvt-'))
})
afterEach(async () => {
  await terminal?.close()
  await sim?.stop()
  rmSync(dir, { recursive: true, force: true })
})

const generic = findZvtProfile('generic')
if (!generic) throw new Error('no generic profile')
const quick = { ...generic, timers: { gapMs: 100, ackMs: 400, answerMs: 800, completionMs: 4_000, pollMs: 50 } }
const bankFile = (): string => join(dir, 'bank.jsonl')
const charged = (): readonly number[] => chargedIn(bankFile()).map(({ minor }) => minor)

type Wire = 'pty' | 'tcp'

async function start(wire: Wire, fault: string | null = null, exponent: 0 | 2 = 0): Promise<CardTerminal> {
  const at = wire === 'pty' ? `pty:${join(dir, 'tty')}` : 'tcp://127.0.0.1:0'
  sim = await startZvtSim({ at, bankFile: bankFile(), fault, citizenMs: 20, timers: { gapMs: 100, ackMs: 400, answerMs: 800 } })
  return (terminal = openZvt(sim.address, { profile: quick, exponent }))
}

let references = 0
const intent = (amount: number, lastReceipt: string | null = null): ChargeIntent => ({ reference: `T${(references += 1)}`, amount, at: Date.now(), lastReceipt })

function recorder() {
  const recorded: ChargeResult[] = []
  const slips: TerminalSlip[] = []
  const progress: string[] = []
  const options = { record: (result: ChargeResult) => void recorded.push(result), onSlip: (slip: TerminalSlip) => void slips.push(slip), onProgress: (key: string) => void progress.push(key) }
  return { recorded, slips, progress, options }
}

describe.each<Wire>(['pty', 'tcp'])('over %s', (wire) => {
  it('a sale: recorded before the bank makes it final; slips and progress come along', async () => {
    const one = await start(wire)
    const { recorded, slips, progress, options } = recorder()
    let bankAtRecord = ''
    const record = (result: ChargeResult): void => {
      bankAtRecord = readFileSync(bankFile(), 'utf8')
      options.record(result)
    }
    const result = await one.charge(intent(50_000), { ...options, record })
    expect(result).toMatchObject({ outcome: 'approved', amount: 50_000, reason: null, details: { receipt: '0001', trace: '000001', approval: 'AP000001', card: 'VISA', terminalId: '52500041' } })
    expect(recorded).toEqual([result])
    expect(bankAtRecord).toContain('authorised')
    expect(bankAtRecord).not.toContain('final')
    expect(charged()).toEqual([50_000])
    expect(slips.map(({ kind, lines }) => [kind, lines[1]?.text])).toEqual([['unknown', '  SO BIEN LAI 1'], ['customer', 'SO BIEN LAI 1']])
    expect(slips[0]?.lines[0]).toEqual({ text: 'MAY CA THE THU', centred: true, wide: true, tall: true })
    expect(progress).toEqual(['insert-card', 'asking-bank'])
  })

  it('several on one connection; last, void once and again, refund, end of day, status', async () => {
    const one = await start(wire)
    const { options } = recorder()
    expect(await one.last()).toBe(null)
    expect((await one.charge(intent(10_000), options)).outcome).toBe('approved')
    expect((await one.charge(intent(20_000), options)).outcome).toBe('approved')
    expect(await one.last()).toMatchObject({ outcome: 'approved', amount: 20_000, details: { receipt: '0002' } })
    expect(await one.void('1', options)).toMatchObject({ outcome: 'approved', amount: 10_000 })
    expect(await one.void('0001', options)).toMatchObject({ outcome: 'approved' })
    expect(charged()).toEqual([20_000])
    expect(await one.void('77', options)).toMatchObject({ outcome: 'declined', reason: { key: 'not-possible', code: '83' } })
    expect(await one.refund(intent(5_000), options)).toMatchObject({ outcome: 'approved', amount: 5_000 })
    expect(await one.status()).toEqual({ ready: true, state: 'ready', code: '00', firmware: 'SIM 1.0' })
    expect(await one.endOfDay()).toEqual({ count: 1, amount: 20_000, byCard: [{ card: 'Visa', count: 1, amount: 20_000 }] })
    expect(await one.endOfDay()).toMatchObject({ count: 0, amount: 0 })
  })

  it('hundredths where the bank wants them', async () => {
    const one = await start(wire, null, 2)
    expect(await one.charge(intent(50_000), recorder().options)).toMatchObject({ outcome: 'approved', amount: 50_000 })
    expect(charged()).toEqual([5_000_000])
    expect(await one.last()).toMatchObject({ amount: 50_000 })
  })

  it('declined by the bank', async () => {
    const { recorded, options } = recorder()
    const result = await (await start(wire, 'declined')).charge(intent(50_000), options)
    expect(result).toMatchObject({ outcome: 'declined', reason: { key: 'declined-by-host', code: '05' } })
    expect(recorded).toEqual([result])
    expect(charged()).toEqual([])
  })

  it('another amount than asked is not taken', async () => {
    const { recorded, options } = recorder()
    const result = await (await start(wire, 'amount-mismatch')).charge(intent(50_000), options)
    expect(result).toMatchObject({ outcome: 'declined', amount: 50_000, reason: { key: 'amount-mismatch', code: '51000' } })
    expect(recorded).toEqual([])
    expect(charged()).toEqual([])
  })

  it('an outcome that cannot be stored is not taken', async () => {
    const one = await start(wire)
    const record = (): void => {
      throw new Error('disk full')
    }
    expect(await one.charge(intent(50_000), { record })).toMatchObject({ outcome: 'declined', reason: { key: 'not-stored' } })
    expect(charged()).toEqual([])
  })

  it('aborted while the citizen looks for the card', async () => {
    const one = await start(wire)
    const stop = new AbortController()
    const result = await one.charge(intent(50_000), { ...recorder().options, signal: stop.signal, onProgress: () => stop.abort() })
    expect(result).toMatchObject({ outcome: 'declined', reason: { key: 'cancelled', code: '6C' } })
    expect(charged()).toEqual([])
  })

  it('one request at a time', async () => {
    const one = await start(wire)
    const first = one.charge(intent(50_000), recorder().options)
    await expect(one.charge(intent(50_000), recorder().options)).rejects.toMatchObject({ name: 'TerminalError', code: 'busy' })
    expect((await first).outcome).toBe('approved')
    expect(charged()).toEqual([50_000])
  })

  it.each(['duplicate', 'late=300', ...(wire === 'pty' ? ['nak=2', 'garbage', 'drop-ack=2', 'nak=1,garbage,duplicate'] : [])])('%s: paid once all the same', async (fault) => {
    const { recorded, options } = recorder()
    expect((await (await start(wire, fault)).charge(intent(50_000), options)).outcome).toBe('approved')
    expect(recorded.length).toBe(1)
    expect(charged()).toEqual([50_000])
  })

  // bytes out: registration about 40, then 04 FF, then the 04 0F of more than 100
  it.each(['cut-out=75', 'cut-out=150', 'cut-in=45', 'power-loss=140'])('%s: unknown, and recovered by asking', async (fault) => {
    const one = await start(wire, fault)
    const wanted = intent(50_000)
    const { recorded, options } = recorder()
    expect(await one.charge(wanted, options)).toMatchObject({ outcome: 'unknown' })
    const recovered = await askUntilThere(one, wanted, options.record)
    expect(recovered.outcome).toBe(charged().length === 1 ? 'approved' : 'declined')
    expect(recorded.at(-1)).toEqual(recovered)
    const next = { ...intent(50_000), lastReceipt: (await one.last())?.details.receipt ?? null }
    expect((await one.charge(next, options)).outcome).toBe('approved')
  })
})

/** Like the app: asks again while the terminal is dark. */
async function askUntilThere(one: CardTerminal, wanted: ChargeIntent, record: (result: ChargeResult) => void): Promise<ChargeResult> {
  for (let tries = 0; ; tries++) {
    try {
      return await one.recover(wanted, { record })
    } catch (error) {
      if (!(error instanceof TerminalError) || tries > 300) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

describe('a terminal that cannot be asked', () => {
  it('says nothing, or is not there: nothing was charged', async () => {
    const mute = await start('pty', 'no-answer')
    await expect(mute.charge(intent(50_000), recorder().options)).rejects.toMatchObject({ code: 'unreachable' })
    await expect(openZvt('tcp://127.0.0.1:1', { profile: quick, exponent: 0 }).status()).rejects.toMatchObject({ code: 'unreachable' })
    await expect(openZvt(`serial:${join(dir, 'nothing')}`, { profile: quick, exponent: 0 }).last()).rejects.toMatchObject({ code: 'unreachable' })
    expect(() => openZvt('usb:1', { profile: quick, exponent: 0 })).toThrow('bad-address')
  })

  it('is found again after it was away', async () => {
    const one = await start('tcp')
    expect((await one.status()).ready).toBe(true)
    const address = sim?.address ?? ''
    await sim?.stop()
    await expect(one.status()).rejects.toMatchObject({ code: 'unreachable' })
    sim = await startZvtSim({ at: address, bankFile: bankFile(), citizenMs: 0 })
    expect((await one.status()).ready).toBe(true)
  })
})
