import type { NumberBlock } from '#domain/event.ts'
import type { QueueRules } from '#domain/queue/state.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import { HubTerm } from './hub-term.ts'

/** Ticket numbers that a station gives while it is cut off. */
export interface NumberLease {
  readonly day: string
  /** A prefix that no service and no other station has: its block is for when those of the services are used up. */
  readonly own: string | null
  readonly blocks: readonly NumberBlock[]
}

interface Parts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly rules: QueueRules
  readonly now: () => number
}

const blockSize = 20
/** Above what a hub gives itself on an ordinary day, so that numbers in the hall follow each other. */
export const firstLeased = 801
const ownBlock = { from: 1, to: 999 }
/** So much of each day is left to each hub before this one: what it leased of other days than `promote` passes over may be unknown here. */
export const earlierHub = { numbers: 200, letters: 2 }
/** K as in ki-ốt first, then what is not mistaken for K by ear. */
const ownLetters = 'KMPQVXHTNLRSGDEUYCBA'

const lastOf = `SELECT max(last) FROM (
  SELECT last FROM v_number_leases WHERE day = :day AND prefix = :prefix AND last < :below
  UNION ALL SELECT CAST(substr(number, :digits) AS INTEGER) AS last FROM v_tickets WHERE day = :day AND number GLOB :prefix || '[0-9]*' AND last < :below)`

/** The last number of a prefix (and below `below`) that was given on a day, to a citizen or in a block; 0 when none. */
export function lastNumber(journal: Journal, day: string, prefix: string, below = 1_000_000): number {
  return Number(journal.db.prepare(lastOf).pluck().get({ day, prefix, below, digits: prefix.length + 1 }) ?? 0)
}

/** Gives a station the next block of each service's numbers and, the first time, a prefix of its own. No number is in two blocks. */
export function leaseNumberBlocks({ journal, commands, rules, now }: Parts, commandId: string, day: string, station: string): NumberLease {
  const before = commands.answerOf(commandId) as NumberLease | undefined
  if (before) return before
  const prefixes = prefixesOf(rules)
  const term = new HubTerm(journal).own
  const first = firstLeased + earlierHub.numbers * (term - 1)
  const blocks = prefixes.map((prefix) => {
    const from = Math.max(first, lastNumber(journal, day, prefix) + 1)
    return { prefix, from, to: from + blockSize - 1 }
  })
  const own = ownPrefix(journal, day, station, prefixes, term)
  const lease: NumberLease = { day, own: own.prefix, blocks: own.fresh ? [...blocks, { prefix: own.fresh, ...ownBlock }] : blocks }
  journal.append('system', [{ type: 'numbers.leased', subject: `numbers:${day}`, data: { station, ...lease } }], () => commands.keep(commandId, now(), lease))
  return lease
}

export const prefixesOf = (rules: QueueRules): readonly string[] => [...new Set(rules.services.map((service) => service.prefix))]

/** Letters that on this day are no service's and nobody's own, in the order in which a hub of a term gives them. */
export function freePrefixes(journal: Journal, day: string, services: readonly string[], term: number): readonly string[] {
  const skipped = (earlierHub.letters * (term - 1)) % ownLetters.length
  const taken = journal.db.prepare<[string], string>('SELECT DISTINCT prefix FROM v_number_leases WHERE day = ?').pluck().all(day)
  return [...ownLetters.slice(skipped), ...ownLetters.slice(0, skipped)].filter((letter) => !services.includes(letter) && !taken.includes(letter))
}

/** `fresh` when the station gets it with this lease, null when it has it or no letter is left. */
function ownPrefix(journal: Journal, day: string, station: string, services: readonly string[], term: number): { readonly prefix: string | null; readonly fresh: string | null } {
  const held = journal.db.prepare<[string, string], string>('SELECT prefix FROM v_number_leases WHERE day = ? AND holder = ?').pluck().all(day, station)
  const mine = held.find((prefix) => !services.includes(prefix))
  if (mine !== undefined) return { prefix: mine, fresh: null }
  const fresh = freePrefixes(journal, day, services, term)[0] ?? null
  return { prefix: fresh, fresh }
}
