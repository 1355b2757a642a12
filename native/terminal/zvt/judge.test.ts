import { expect, it } from 'vitest'
import type { ChargeIntent } from '../port.ts'
import { judge } from './judge.ts'
import type { StatusInfo } from './status-info.ts'

const at = Date.UTC(2026, 10, 23, 3, 0)
const intent = (lastReceipt: string | null, when = at): ChargeIntent => ({ reference: 'R', amount: 50_000, at: when, lastReceipt })

/** The terminal's clock is Vietnam's: 10:00 is 03:00 UTC. */
function last(receipt: string | null, minor = 50_000, resultCode = 0, time = '100100', date = '1123'): StatusInfo {
  const details = { receipt, trace: null, approval: null, card: null, maskedPan: null, terminalId: null }
  return { resultCode, minor, details, date, time, fields: { fields: [], rest: new Uint8Array() } }
}

it.each<[string, ChargeIntent, StatusInfo | null, string, string | undefined]>([
  ['a new receipt of the asked amount', intent('0007'), last('0008'), 'approved', undefined],
  ['the number began anew', intent('9999'), last('0001'), 'approved', undefined],
  ['the receipt of before', intent('0007'), last('0007'), 'declined', 'not-charged'],
  ['a new receipt that was declined', intent('0007'), last('0008', 50_000, 5), 'declined', 'declined-by-host'],
  ['a new receipt of another amount', intent('0007'), last('0008', 49_000), 'unknown', 'amount-mismatch'],
  ['a new receipt that undoes another', intent('0007'), { ...last('0008'), fields: { fields: [{ tag: 0x37, value: Uint8Array.of(0, 0, 7) }], rest: new Uint8Array() } }, 'unknown', 'other-transaction'],
  ['a terminal without any transaction, before and after', intent(null), null, 'declined', 'not-charged'],
  ['a terminal that has forgotten what it had', intent('0007'), null, 'unknown', 'other-transaction'],
  ['the first of its life, a minute later', intent(null), last('0001'), 'approved', undefined],
  ['the first of its life, on a clock that keeps UTC', intent(null), last('0001', 50_000, 0, '030100'), 'approved', undefined],
  ['the first of its life, and no time told', intent(null), { ...last('0001'), time: null }, 'approved', undefined],
  ['nothing known before, and a payment of the same amount two days ago', intent(null), last('0008', 50_000, 0, '100100', '1121'), 'unknown', 'other-transaction'],
  ['without a receipt number', intent('0007'), last(null), 'unknown', 'other-transaction'],
  ['over midnight of New Year', intent(null, Date.UTC(2026, 11, 31, 16, 59)), last('0001', 50_000, 0, '000100', '0101'), 'approved', undefined],
])('%s', (_name, wanted, said, outcome, reason) => {
  const result = judge(wanted, 50_000, said)
  expect([result.outcome, result.reason?.key]).toEqual([outcome, reason])
})
