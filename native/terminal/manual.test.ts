import { describe, expect, it } from 'vitest'
import { isApprovalCode, openManual, type ManualAnswer } from './manual.ts'
import type { ChargeResult } from './port.ts'

const intent = { reference: 'HD-1', amount: 15_000, at: 0, lastReceipt: null }

/** A clerk who gives these answers one after the other; what was recorded and asked. */
function clerk(...answers: readonly (ManualAnswer | Error)[]) {
  const left = [...answers]
  const recorded: ChargeResult[] = []
  const asked: string[] = []
  const terminal = openManual((about, task) => {
    asked.push(`${task} ${about.amount}`)
    const next = left.shift() ?? 'unsure'
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  })
  return { terminal, recorded, asked, record: (result: ChargeResult) => void recorded.push(result) }
}

describe('manual mode', () => {
  it('the clerk types the approval code', async () => {
    const { terminal, recorded, asked, record } = clerk({ approved: true, approval: ' a1b2c3 ', receipt: '000123' })
    const steps: string[] = []
    const result = await terminal.charge(intent, { record, onProgress: (key) => steps.push(key) })
    expect(result).toMatchObject({ outcome: 'approved', amount: 15_000, reason: null, details: { approval: 'A1B2C3', receipt: '000123' } })
    expect([recorded, asked, steps]).toEqual([[result], ['charge 15000'], ['type-amount']])
  })
  it('refused at the terminal', async () => {
    const { terminal, recorded, record } = clerk({ approved: false })
    expect(await terminal.charge(intent, { record })).toMatchObject({ outcome: 'declined' })
    expect(recorded).toHaveLength(1)
  })
  it.each([['unsure'], [new Error('screen closed')], [{ approved: true, approval: '?' }]] as const)('%s is unknown, and settled by the slip later', async (first) => {
    const { terminal, recorded, asked, record } = clerk(first, 'unsure', { approved: true, approval: '123456' })
    expect(await terminal.charge(intent, { record })).toMatchObject({ outcome: 'unknown' })
    expect(await terminal.recover(intent, { record })).toMatchObject({ outcome: 'unknown' })
    expect(recorded).toEqual([])
    expect(await terminal.recover(intent, { record })).toMatchObject({ outcome: 'approved' })
    expect([recorded.length, asked]).toEqual([1, ['charge 15000', 'recover 15000', 'recover 15000']])
  })
  it('what could not be stored is unknown', async () => {
    const { terminal } = clerk({ approved: true, approval: '123456' })
    const record = () => {
      throw new Error('disk full')
    }
    expect(await terminal.charge(intent, { record })).toMatchObject({ outcome: 'unknown', reason: { key: 'not-stored' } })
  })
  it('one question at a time, and none once cancelled', async () => {
    const { terminal, asked, record } = clerk({ approved: false })
    const first = terminal.charge(intent, { record })
    await expect(terminal.refund(intent, { record })).rejects.toMatchObject({ code: 'busy' })
    await first
    expect(await terminal.charge(intent, { record, signal: AbortSignal.abort() })).toMatchObject({ outcome: 'declined', reason: { key: 'cancelled' } })
    expect(asked).toHaveLength(1)
  })
  it('leaves the rest to the keys of the terminal', async () => {
    const { terminal } = clerk()
    for (const call of [terminal.last(), terminal.endOfDay(), terminal.void('1', { record: () => undefined })]) await expect(call).rejects.toMatchObject({ code: 'unsupported' })
    expect(await terminal.status()).toMatchObject({ ready: true })
  })
  it('knows approval codes', () => {
    expect(['123456', ' A1b2C3 ', 'VI1303', '12', ''].map(isApprovalCode)).toEqual([true, true, true, true, false])
    expect(['1', '12345 6', '1234567890123', 'mã'].some(isApprovalCode)).toBe(false)
  })
})
