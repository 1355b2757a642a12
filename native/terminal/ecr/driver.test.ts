import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { standing } from '#native/sim/ecr/bank.ts'
import { writeAnswer } from '#native/sim/ecr/codec.ts'
import { dialects } from '#native/sim/ecr/dialect.ts'
import { startEcrSim, type EcrSim } from '#native/sim/ecr/start.ts'
import type { CardTerminal, ChargeIntent, ChargeResult } from '../port.ts'
import { openEcr, type EcrOptions } from './driver.ts'
import { findEcrProfile, type EcrProfile } from './profile.ts'

const undo: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

const times = { ackMs: 150, tries: 2, responseMs: 700, inquiryMs: 300, settlementMs: 700, byteMs: 60, resendMs: 250, pollMs: 100 }
const fast = (id: string, other: Partial<EcrProfile> = {}): EcrProfile => ({ ...(findEcrProfile(id) ?? expect.fail(id)), times, ...other })

interface Counter {
  readonly sim: EcrSim
  readonly terminal: CardTerminal
  readonly charged: () => readonly { readonly units: number; readonly reference: string }[]
  readonly recorded: ChargeResult[]
  readonly orphans: ChargeResult[]
}

/** A terminal on a real wire with its till; `again` is another start of the till at the same terminal. */
async function counter(kind: 'tcp' | 'pty', fault = '', options: Partial<EcrOptions> & { readonly dialect?: string } = {}): Promise<Counter> {
  const folder = mkdtempSync(join(tmpdir(), 'ecr-'))
  undo.push(() => rmSync(folder, { recursive: true }))
  const bankFile = join(folder, 'bank.jsonl')
  const id = options.dialect ?? 'generic'
  const dialect = { ...(dialects[id] ?? expect.fail(id)), lastCode: '92' }
  const sim = await startEcrSim({ at: kind === 'tcp' ? 'tcp://127.0.0.1:0' : `pty:${join(folder, 'tty')}`, bankFile, dialect, fault, thinkMs: 10, ackMs: 150, bootMs: 400 })
  undo.push(() => sim.stop())
  const orphans: ChargeResult[] = []
  const terminal = openEcr(sim.address, { profile: fast(id), onOrphan: (orphan) => orphans.push(orphan), ...options })
  undo.push(() => terminal.close())
  return { sim, terminal, recorded: [], orphans, charged: () => standing(bankFile) }
}

const intent = (reference: string, amount = 15_000, lastReceipt: string | null = null): ChargeIntent => ({ reference, amount, at: Date.now(), lastReceipt })
const pay = ({ terminal, recorded }: Counter, reference: string, amount?: number) => terminal.charge(intent(reference, amount), { record: (result) => recorded.push(result) })
const recover = ({ terminal, recorded }: Counter, reference: string, amount?: number) => terminal.recover(intent(reference, amount), { record: (result) => recorded.push(result) })

describe.each(['tcp', 'pty'] as const)('over %s', (kind) => {
  it('sells, by card and by QR, voids, refunds, and closes the day', async () => {
    const till = await counter(kind)
    const steps: string[] = []
    const record = (result: ChargeResult): unknown => till.recorded.push(result)
    const sold = await till.terminal.charge(intent('HD-1'), { record, onProgress: (key) => steps.push(key) })
    expect(sold).toMatchObject({ outcome: 'approved', reference: 'HD-1', amount: 15_000, reason: null })
    expect(sold.details).toEqual({ receipt: '000001', trace: '000001', approval: 'A07919', card: 'NAPAS', maskedPan: '970436******1234', terminalId: '70000001' })
    expect([till.recorded, steps]).toEqual([[sold], ['insert-card']])
    const byQr = await till.terminal.chargeQr?.(intent('HD-2', 20_000), { record, onProgress: (key) => steps.push(key) })
    expect(byQr).toMatchObject({ outcome: 'approved', details: { card: 'VIETQR', maskedPan: null } })
    expect(steps.at(-1)).toBe('scan-qr')
    expect(await till.terminal.refund(intent('HD-3', 5_000), { record })).toMatchObject({ outcome: 'approved', amount: 5_000 })
    expect(await till.terminal.void('1', { record })).toMatchObject({ outcome: 'approved', details: { receipt: '000001' } })
    expect(await till.terminal.void('000001', { record })).toMatchObject({ outcome: 'declined', reason: { key: 'receipt-not-found', code: 'ED' } })
    expect(await till.terminal.endOfDay()).toBeNull()
    expect(await till.terminal.status()).toMatchObject({ ready: true })
    expect(till.charged().map(({ units }) => units)).toEqual([20_000, 5_000])
  })
  it.each(['nak=1', 'drop-ack=1', 'bad-lrc=2', 'garbage', 'duplicate', 'late=200', 'garbage,bad-lrc=1,duplicate,drop-ack=1'])('%s: still charged once, also the next ones', async (fault) => {
    // On a busy machine the answer itself may be late: that would be another fault.
    const patient = { ...fast('generic'), times: { ...times, responseMs: 10_000, tries: 8 } }
    const till = await counter(kind, fault, { profile: patient })
    for (const reference of ['A', 'B', 'C']) expect(await pay(till, reference)).toMatchObject({ outcome: 'approved', reference })
    expect(till.charged().map(({ reference }) => reference)).toEqual(['A', 'B', 'C'])
    expect(till.recorded).toHaveLength(3)
  })
  it.each(['cut-out=1', 'cut-out=9', 'cut-in=30', 'power-loss=64', 'power-loss=230'])('%s: unknown, then found or found absent, never charged twice', async (fault) => {
    const till = await counter(kind, fault)
    const first = await pay(till, 'A')
    const outcome = first.outcome === 'unknown' ? (await recoverOnce(till, 'A')).outcome : first.outcome
    expect(till.charged()).toHaveLength(outcome === 'approved' ? 1 : 0)
    if (fault.startsWith('power-loss')) await delay(500)
    expect(await pay(till, 'B')).toMatchObject({ outcome: 'approved' })
    expect(till.charged()).toHaveLength(outcome === 'approved' ? 2 : 1)
  })
})

/** Recovers as soon as the terminal is back. */
async function recoverOnce(till: Counter, reference: string): Promise<ChargeResult> {
  for (let tries = 0; tries < 400; tries++) {
    const result = await recover(till, reference).catch(() => null)
    if (result && result.outcome !== 'unknown') return result
    await delay(50)
  }
  return expect.fail('still unknown')
}

describe('answers that are not ours', () => {
  it('a refusal is a refusal', async () => {
    const till = await counter('tcp', 'declined')
    expect(await pay(till, 'A')).toMatchObject({ outcome: 'declined', amount: 15_000, reason: { key: 'declined-other', code: 'ND' } })
    expect(await pay(till, 'B')).toMatchObject({ outcome: 'declined' })
    expect(till.recorded).toHaveLength(2)
  })
  it('another reference is an orphan and books nothing', async () => {
    const till = await counter('tcp', 'other-reference')
    expect(await pay(till, 'A')).toMatchObject({ outcome: 'unknown', reason: { key: 'no-answer' } })
    expect(till.orphans).toMatchObject([{ outcome: 'approved', reference: 'KHAC-0001', amount: 15_000 }])
    expect(till.recorded).toEqual([])
  })
  it('another amount is unknown, with the receipt to void it by, and stays so', async () => {
    const till = await counter('tcp', 'amount-mismatch')
    const result = await pay(till, 'A')
    expect(result).toMatchObject({ outcome: 'unknown', amount: 15_000, reason: { key: 'amount-mismatch', code: '16000' }, details: { receipt: '000001' } })
    expect(till.orphans).toMatchObject([{ reference: 'A', amount: 16_000 }])
    expect(await recover(till, 'A')).toMatchObject({ outcome: 'unknown', reason: { key: 'amount-mismatch' } })
    expect(till.recorded).toEqual([])
    expect(await till.terminal.void('000001', { record: () => undefined })).toMatchObject({ outcome: 'approved' })
    expect(till.charged()).toEqual([])
  })
  it('a late answer after all time was up is found by recovery', async () => {
    const till = await counter('tcp', 'late=1200')
    expect(await pay(till, 'A')).toMatchObject({ outcome: 'unknown', reason: { key: 'no-answer' } })
    const patient = { ...intent('A'), at: Date.now() }
    expect(await till.terminal.recover(patient, { record: (result) => till.recorded.push(result) })).toMatchObject({ outcome: 'approved', details: { receipt: '000001' } })
    expect(till.charged()).toHaveLength(1)
    expect(till.recorded).toHaveLength(1)
  })
  it('what could not be stored is not acknowledged, and the terminal tells it again', async () => {
    const till = await counter('tcp')
    const full = () => {
      throw new Error('disk full')
    }
    expect(await till.terminal.charge(intent('A'), { record: full })).toMatchObject({ outcome: 'unknown', reason: { key: 'not-stored' } })
    expect(await recover(till, 'A')).toMatchObject({ outcome: 'approved' })
    expect(till.charged()).toHaveLength(1)
  })
})

describe('terminals that say little', () => {
  it('no reference, no amount (Maybank): the same receipt is no second payment', async () => {
    const till = await counter('tcp', 'duplicate', { dialect: 'maybank' })
    const first = await pay(till, 'A')
    expect(first).toMatchObject({ outcome: 'approved', amount: 15_000, details: { receipt: '000001' } })
    expect(await till.terminal.charge(intent('B', 9_000, first.details.receipt), { record: () => undefined })).toMatchObject({ outcome: 'approved', details: { receipt: '000002' } })
    expect(till.charged()).toHaveLength(2)
  })
  it('no reference: an answer that the last till never acknowledged is not taken for the next sale', async () => {
    const till = await counter('tcp', '', { dialect: 'maybank' })
    const killed = () => {
      throw new Error('killed')
    }
    expect(await till.terminal.charge(intent('A'), { record: killed })).toMatchObject({ outcome: 'unknown' })
    await till.terminal.close()
    const next = openEcr(till.sim.address, { profile: fast('maybank'), onOrphan: (orphan) => till.orphans.push(orphan) })
    undo.push(() => next.close())
    expect(await next.charge(intent('B', 9_000), { record: () => undefined })).toMatchObject({ outcome: 'approved', details: { receipt: '000002' } })
    expect(till.orphans).toMatchObject([{ outcome: 'approved', details: { receipt: '000001' } }])
  })
  it('no recovery at all: the unknown stays for a person', async () => {
    const till = await counter('tcp', 'power-loss=60', { dialect: 'maybank' })
    expect(await pay(till, 'A')).toMatchObject({ outcome: 'unknown' })
    await delay(500)
    expect(await recover(till, 'A')).toMatchObject({ outcome: 'unknown', reason: { key: 'no-answer' } })
    expect(till.charged()).toHaveLength(1)
  })
  it.each(['cimb', 'ghl', 'thai', 'credibanco'])('%s sells and voids', async (dialect) => {
    const till = await counter('tcp', '', { dialect })
    const sold = await pay(till, 'A')
    expect(sold).toMatchObject({ outcome: 'approved', amount: 15_000 })
    expect(till.charged()).toMatchObject([{ units: dialect === 'thai' ? 1_500_000 : 15_000 }])
    expect(await till.terminal.void(sold.details.receipt ?? '', { record: () => undefined })).toMatchObject({ outcome: 'approved' })
    expect(till.charged()).toEqual([])
  })
  it('the last transaction, where the bank has it', async () => {
    const generic = fast('generic')
    const till = await counter('tcp', '', { profile: { ...generic, codes: { ...generic.codes, last: '92' } } })
    expect(await till.terminal.last()).toBeNull()
    await pay(till, 'A')
    expect(await till.terminal.last()).toMatchObject({ outcome: 'approved', reference: 'A', details: { receipt: '000001' } })
  })
  it('recovery by the last transaction: newer and of our amount is ours, unchanged is not paid', async () => {
    const cimb = fast('cimb', { recovery: ['last'] })
    const profile = { ...cimb, codes: { ...cimb.codes, last: '92' } }
    const till = await counter('tcp', '', { profile, dialect: 'cimb' })
    await pay(till, 'A')
    const record = (result: ChargeResult): unknown => till.recorded.push(result)
    const old = { at: Date.now() - 10_000, lastReceipt: '000001' }
    expect(await till.terminal.recover({ reference: 'B', amount: 15_000, ...old }, { record })).toMatchObject({ outcome: 'declined', reason: { key: 'not-charged' } })
    expect(await till.terminal.recover({ reference: 'C', amount: 15_000, ...old, lastReceipt: '000000' }, { record })).toMatchObject({ outcome: 'approved' })
    expect(await till.terminal.recover({ reference: 'D', amount: 9, ...old, lastReceipt: '000000' }, { record })).toMatchObject({ outcome: 'unknown' })
    expect(await till.terminal.recover({ reference: 'E', amount: 15_000, ...old, lastReceipt: null }, { record })).toMatchObject({ outcome: 'unknown' })
  })
  it('an inquiry that the app does not know proves nothing', async () => {
    const till = await counter('tcp', 'no-inquiry,cut-out=1')
    expect(await pay(till, 'A')).toMatchObject({ outcome: 'unknown' })
    expect((await till.terminal.recover({ ...intent('A'), at: 0 }, { record: () => expect.fail('recorded') })).outcome).toBe('unknown')
  })
})

describe('what never starts', () => {
  it('nobody there: an error, and nothing was charged', async () => {
    const terminal = openEcr('tcp://127.0.0.1:9', { profile: fast('generic') })
    await expect(terminal.charge(intent('A'), { record: () => expect.fail('recorded') })).rejects.toMatchObject({ code: 'unreachable' })
  })
  it('a dead terminal behind a live line is tried by echo first, where the bank has one', async () => {
    const till = await counter('tcp', 'no-answer', { dialect: 'cimb' })
    await expect(pay(till, 'A')).rejects.toMatchObject({ code: 'unreachable' })
    const generic = await counter('tcp', 'no-answer')
    expect(await pay(generic, 'A')).toMatchObject({ outcome: 'unknown', reason: { key: 'no-answer' } })
  })
  it('a terminal that refuses every transmission took nothing', async () => {
    const till = await counter('tcp', 'nak=2')
    expect(await pay(till, 'A')).toMatchObject({ outcome: 'declined', reason: { key: 'not-ready' } })
    expect(till.charged()).toEqual([])
  })
  it('one request at a time', async () => {
    const till = await counter('tcp', 'late=300')
    const first = pay(till, 'A')
    await expect(pay(till, 'B')).rejects.toMatchObject({ code: 'busy' })
    expect(await first).toMatchObject({ outcome: 'approved' })
  })
  it('cancelled before it was sent', async () => {
    const till = await counter('tcp')
    expect(await till.terminal.charge(intent('A'), { record: () => undefined, signal: AbortSignal.abort() })).toMatchObject({ outcome: 'declined', reason: { key: 'cancelled' } })
    expect(till.charged()).toEqual([])
  })
  it('no sum, or a reference that does not fit', async () => {
    const till = await counter('tcp')
    for (const amount of [0, -1, 1.5, 10 ** 12]) await expect(pay(till, 'A', amount)).rejects.toThrow(RangeError)
    for (const reference of ['', 'x'.repeat(21), 'mã số']) await expect(pay(till, reference)).rejects.toThrow(RangeError)
  })
  it('cancelled while it runs: the terminal decides, the clerk is told where to press', async () => {
    const till = await counter('tcp', 'late=200')
    const stop = new AbortController()
    const steps: string[] = []
    const result = till.terminal.charge(intent('A'), { record: () => undefined, signal: stop.signal, onProgress: (key) => steps.push(key) })
    await expect.poll(() => steps, { interval: 5 }).toEqual(['insert-card'])
    stop.abort()
    expect(await result).toMatchObject({ outcome: 'approved' })
    expect(steps).toEqual(['insert-card', 'cancel-on-terminal'])
  })
  it('a till that was held up longer than the ACK may take does not send again', async () => {
    let requests = 0
    const server = createServer((socket) =>
      socket.on('data', (bytes) => {
        if (bytes.length < 5) return
        requests++
        socket.write(Buffer.of(0x06))
        // The ACK is on the wire; for a while nobody in this process runs.
        for (const until = performance.now() + 2 * times.ackMs; performance.now() < until; );
        setTimeout(() => socket.write(writeAnswer({ code: '20', status: '00', values: new Map([['65', '000001']]) }, dialects['generic'] ?? expect.fail())), 50)
      }),
    ).listen(0, '127.0.0.1')
    undo.push(() => void server.close())
    await once(server, 'listening')
    const terminal = openEcr(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, { profile: fast('generic') })
    undo.push(() => terminal.close())
    expect(await terminal.charge(intent('A'), { record: () => undefined })).toMatchObject({ outcome: 'approved' })
    expect(requests).toBe(1)
  })
  it('hundredths of a đồng where the bank counts so', async () => {
    const till = await counter('tcp', '', { exponent: 2 })
    expect(await pay(till, 'A')).toMatchObject({ outcome: 'approved', amount: 15_000 })
    expect(till.charged()).toMatchObject([{ units: 1_500_000 }])
  })
})
