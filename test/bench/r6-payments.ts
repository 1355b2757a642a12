import { ecrUnderFaults } from '../scenarios/terminal-faults/ecr.ts'
import type { FaultedProtocol } from '../scenarios/terminal-faults/protocol.ts'
import { cutEverywhere, sellUnderFaults } from '../scenarios/terminal-faults/run.ts'
import { zvtUnderFaults } from '../scenarios/terminal-faults/zvt.ts'
import { amount } from './amount.ts'
import { row, type Row } from './figure.ts'

/** Shares of all sales; `MOTCUA_BENCH_AMOUNT` runs fewer. */
const shares: readonly (readonly [protocol: FaultedProtocol, share: number])[] = [[zvtUnderFaults(true), 0.4], [zvtUnderFaults(false), 0.2], [ecrUnderFaults(), 0.4]]

/**
 * R6: card payments with the line cut at every byte and with random faults, either side killed. A broken promise is a payment charged twice, charged and
 * not recorded, recorded and not charged, or left unknown.
 */
export async function payments(): Promise<readonly Row[]> {
  const sales = amount(100_000)
  const rows: Row[] = []
  let sold = 0
  for (const [protocol, share] of shares) {
    const from = performance.now()
    const cut = await cutEverywhere(protocol)
    const random = await sellUnderFaults(protocol, Math.max(0, Math.round(sales * share) - cut.sales), 20_261_122)
    const [done, unknown] = [cut.sales + random.sales, cut.unknown + random.unknown]
    const broken = [...cut.violations, ...random.violations]
    for (const what of broken.slice(0, 20)) process.stderr.write(`${protocol.name}: ${what}\n`)
    sold += done
    const seconds = Math.round((performance.now() - from) / 1_000)
    rows.push(row(`R6.${protocol.name.replaceAll(' ', '-')}`, `promises broken in ${done} sales, ${unknown} of them unknown and recovered (${seconds} s)`, broken.length, 'payments', { atMost: 0 }))
  }
  return [...rows, row('R6.sales', 'sales that suffered a fault', sold, 'sales', { atLeast: 100_000 })]
}
