import { localDay } from '#domain/local-time.ts'
import type { Journal } from '#journal/journal.ts'
import type { CodeBlocks } from '#usecases/code-blocks.ts'
import { HubTerm } from '#usecases/hub-term.ts'
import type { CodeBlock } from '#usecases/queue-port.ts'
import { currentProcess, type SimProcess } from '../world/process.ts'
import type { Plant } from './plant.ts'

/** Blocks that hand out what `next` says. */
const handingOut = (codes: CodeBlocks, next: (day: string) => number): CodeBlocks =>
  ({ ready: (day: string) => codes.ready(day), left: (day: string) => codes.left(day), keepSupplied: (days: () => readonly string[]) => codes.keepSupplied(days), next }) as unknown as CodeBlocks

/** Highest number of a day's dossiers that this journal knows. */
function highest(journal: Journal, day: string): number {
  const date = day.slice(2).replaceAll('-', '')
  const codes = journal.db.prepare<[string], string>('SELECT code FROM v_dossiers WHERE code LIKE ?').pluck().all(`%-${date}-%`)
  return codes.reduce((most, code) => Math.max(most, Number(code.slice(code.lastIndexOf('-') + 1))), 0)
}

export const numbers: Readonly<Record<string, () => Plant>> = {
  'max-plus-one-codes': () => ({
    codes: (codes, journal) => handingOut({ ...codes, ready: () => Promise.resolve(), left: () => 1, keepSupplied: () => () => undefined } as unknown as CodeBlocks, (day) => highest(journal, day) + 1),
  }),
  'max-plus-one-tickets': () => ({
    ticketAlone: (journal, last) => {
      const id = crypto.randomUUID()
      const [number, day] = [`A${String(Number(last.slice(1)) + 1).padStart(3, '0')}`, localDay(Date.now())]
      return { type: 'ticket.issued', subject: id, data: { number, day, service: 'A', procedure: null, title: id, priority: null, papers: [], promised: null, key: `${journal.origin}-${id}`, station: 'kiosk' } }
    },
  }),
  'lease-given-twice': () => {
    const given = new Map<string, CodeBlock>()
    return {
      lease: async (give, _station, day) => {
        const block = given.get(day) ?? (await give())
        if (given.has(day)) given.delete(day)
        else given.set(day, block)
        return block
      },
    }
  },
  'leases-counted-in-memory': () => {
    const counts = new WeakMap<SimProcess, Map<string, number>>()
    return {
      lease: (_give, _station, day) => {
        const process = currentProcess()
        const mine = (process && counts.get(process)) ?? new Map<string, number>()
        if (process) counts.set(process, mine)
        const from = (mine.get(day) ?? 0) + 1
        mine.set(day, from + 19)
        return Promise.resolve({ day, from, to: from + 19 })
      },
    }
  },
  'restored-hub-counts-on': () => ({ resume: (journal) => (journal.isRenewed() ? { term: new HubTerm(journal).begin(), heads: {} } : null) }),
  'lease-reused-after-restart': () => ({
    codes: (codes, journal) => {
      const used = new Map<string, number>()
      return handingOut(codes, (day) => {
        const first = journal.db.prepare<[string, string], number>('SELECT min(first) FROM v_code_blocks WHERE origin = ? AND day = ?').pluck().get(journal.origin, day) ?? 1
        const next = (used.get(day) ?? first - 1) + 1
        used.set(day, next)
        return next
      })
    },
  }),
}
