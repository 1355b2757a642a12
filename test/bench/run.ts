import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Bench, Row } from './figure.ts'

/** A figure a file, loaded only when it is asked for. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  P1: async () => (await import('./p1-command.ts')).command,
  P2: async () => (await import('./p2-print.ts')).print,
  P3: async () => (await import('./p3-board.ts')).board,
  P4: async () => (await import('./sync/p4-backlog.ts')).backlogs,
  P5: async () => (await import('./sync/p5-wire.ts')).wire,
  P6: async () => (await import('./sync/p6-central.ts')).central,
  P9: async () => (await import('./p9-start.ts')).start,
  P10: async () => (await import('./p10-tickets.ts')).tickets,
  C1: async () => (await import('./c1-reconnect.ts')).reconnect,
  ECR: async () => (await import('./ecr-terminal.ts')).ecrTerminal,
  ZVT: async () => (await import('./zvt-terminal.ts')).zvtTerminal,
}

/** Counted in hours or tens of minutes: only when asked for by name. */
const long: Readonly<Record<string, () => Promise<Bench>>> = {
  R1: async () => (await import('./r1-kills.ts')).killed,
  R2: async () => (await import('./r2-power-loss.ts')).powerLosses,
  R7: async () => (await import('./r7-fuzz.ts')).fuzz,
  R6: async () => (await import('./r6-payments.ts')).payments,
}
const all = { ...benches, ...long }

/** Figures that belong together, under one name. */
const groups: Readonly<Record<string, readonly string[]>> = { SYNC: ['P4', 'P5', 'P6'], FUZZ: ['R7'] }

const { values, positionals } = parseArgs({ allowPositionals: true, strict: false, options: { json: { type: 'boolean', default: false } } })
const wanted = positionals.length ? positionals.flatMap((name) => groups[name.toUpperCase()] ?? [name.toUpperCase()]) : Object.keys(benches)
const unknown = [...wanted.filter((name) => !(name in all)), ...Object.keys(values).flatMap((option) => (option === 'json' ? [] : [`--${option}`]))]

function print(row: Row): void {
  if (values.json) process.stdout.write(`${JSON.stringify(row)}\n`)
  else process.stdout.write(`${row.ok ? ' ok ' : 'MISS'}  ${row.id.padEnd(16)}${`${row.value} ${row.unit}`.padStart(16)}  ${row.limit.padEnd(9)} ${row.what}\n`)
}

function explain(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function take(name: string): Promise<boolean> {
  try {
    const bench = await all[name]?.()
    for (const row of (await bench?.()) ?? []) print(row)
    return true
  } catch (error) {
    process.stderr.write(`${name}: ${explain(error)}\n`)
    return false
  }
}

const load = () => loadavg().map((one) => one.toFixed(1)).join(' ')

if (unknown.length) {
  process.stderr.write(`bench: không có phép đo ${unknown.join(', ')}. Mời chọn trong: ${Object.keys(all).join(' ')}\n`)
  process.exitCode = 2
} else {
  process.stderr.write(`load average at the start: ${load()}\n`)
  // One after the other: two at once would measure each other.
  for (const name of wanted) if (!(await take(name))) process.exitCode = 1
  process.stderr.write(`load average at the end: ${load()}\n`)
}
