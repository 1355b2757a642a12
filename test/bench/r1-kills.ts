import { killLoop } from '../durability/kill-loop.ts'
import { amount } from './amount.ts'
import { row, type Row } from './figure.ts'
import { inScratch } from './scratch.ts'

/** R1: kill -9 of hub, station and central while they work; `MOTCUA_BENCH_AMOUNT` kills, 10,000 unless told. */
export function killed(): Promise<readonly Row[]> {
  return inScratch(async (dir) => {
    const { kills, acknowledged, faults } = await killLoop(dir, amount(10_000), Date.now() % 1_000_000)
    for (const fault of faults) process.stderr.write(`${fault}\n`)
    const struck = Object.entries(kills).map(([who, n]) => `${who} ${n}`).join(', ')
    const what = `${acknowledged.tickets.toLocaleString('en')} tickets and ${acknowledged.dossiers.toLocaleString('en')} dossiers acknowledged over kill -9 (${struck}): lost, doubled or unsound`
    return [row('R1', what, faults.length, 'faults', { atMost: 0 })]
  })
}
