import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { issueInput } from '#contract/kiosk.ts'
import { row, type Row } from './figure.ts'
import { openDesk } from './office.ts'
import { inScratch } from './scratch.ts'

const slice = 100
const seconds = 6
/** What SQLite writes at least: one page. */
const page = Buffer.alloc(4_096, 1)

/** P1: durable commands a second ÷ raw extensions of a file with fsync a second, in alternating slices of one process. */
export function command(): Promise<readonly Row[]> {
  return inScratch((dir) => {
    const { desk, close } = openDesk(dir)
    const raw = openSync(join(dir, 'raw'), 'a')
    const services = ['A', 'B', 'C', 'D']
    const issue = (n: number) => {
      const input = issueInput.parse({ commandId: randomUUID(), service: services[n % services.length], procedure: null, priority: null, papers: [], print: false })
      const answer = desk.run(input.commandId, 'kiosk', { kind: 'issue', ...input, title: '', station: 'bench' })
      if (!answer.ok) throw new Error(answer.reason)
    }
    const extend = () => {
      writeSync(raw, page)
      fsyncSync(raw)
    }
    try {
      for (let n = 0; n < 500; n += 1) issue(n)
      let [commands, syncs, rounds] = [0, 0, 0]
      for (const end = performance.now() + seconds * 1_000; performance.now() < end; rounds += 1) {
        commands += timed(() => times(slice, issue))
        syncs += timed(() => times(slice, extend))
      }
      return [row('P1', `durable command ÷ raw extend+fsync (${perSecond(rounds, commands)}/s ÷ ${perSecond(rounds, syncs)}/s)`, syncs / commands, '×', { atLeast: 0.8 })]
    } finally {
      closeSync(raw)
      close()
    }
  })
}

const perSecond = (rounds: number, ms: number) => Math.round((rounds * slice * 1_000) / ms)

function times(count: number, work: (n: number) => void): void {
  for (let n = 0; n < count; n += 1) work(n)
}

function timed(work: () => void): number {
  const from = performance.now()
  work()
  return performance.now() - from
}
