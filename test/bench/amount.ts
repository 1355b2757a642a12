/** How much of a figure that is counted in repetitions: `MOTCUA_BENCH_AMOUNT`, or the whole of it. */
export function amount(whole: number): number {
  const asked = Number(process.env['MOTCUA_BENCH_AMOUNT'] ?? whole)
  if (!Number.isSafeInteger(asked) || asked < 1) throw new Error('MOTCUA_BENCH_AMOUNT is a whole number from 1')
  return asked
}
