import type { NewEvent, NumberBlock } from '#domain/event.ts'
import type { QueueRules } from '#domain/queue/state.ts'
import { meta, setMeta } from '#journal/database.ts'
import type { Journal } from '#journal/journal.ts'
import { HubTerm } from './hub-term.ts'
import { lastCode } from './lease-codes.ts'
import { earlierHub, firstLeased, lastNumber, freePrefixes, prefixesOf } from './lease-numbers.ts'
import { beginAsHub } from './replay-day.ts'

/** How far the old hub may have been ahead of our copy when it died; what it may have given is not given again. */
const spared = { tickets: 100, codes: 1_000 }
/** Numbers go on at a round hundred, so that everybody sees where the new hub began. */
const round = 100

/** What a spare becomes by `promote`. */
export interface Promotion {
  readonly term: number
  /** How far the copy of each origin went. */
  readonly heads: Readonly<Record<string, number>>
}

/**
 * Makes this machine the hub, out of its copies of the office's journals: a new generation, so that the old hub is refused by everybody who hears of
 * it, and numbers that begin well after the last one known. `days`: today and those for which numbers were leased ahead.
 */
export function promote(journal: Journal, rules: QueueRules, days: readonly string[]): Promotion {
  return begin(journal, rules, days, false)
}

function begin(journal: Journal, rules: QueueRules, days: readonly string[], isOld: boolean): Promotion {
  const term = new HubTerm(journal).begin()
  beginAsHub(journal)
  const heads = Object.fromEntries(journal.origins().map((origin) => [origin, journal.head(origin)?.seq ?? 0]))
  const [today = ''] = days
  const events = days.flatMap((day) => [...passOverNumbers(journal, rules, { day, isToday: day === today, before: term - 1, isOld }), passOverCodes(journal, day)])
  journal.append('system', [...events, { type: 'hub.promoted', subject: `hub:${term}`, data: { term, heads } }], () => setMeta(journal.db, resumedKey, journal.epoch()))
  return { term, heads }
}

const resumedKey = 'hub-resumed'

/**
 * A hub that was put back from a backup (`motcua station new-epoch`) takes over from what it was: a new generation, and of today's numbers those that no
 * hub before it gives, as nobody here knows how many were given since. Answers null, and does nothing, where that was not or is done already.
 */
export function resumeAfterRestore(journal: Journal, rules: QueueRules, days: readonly string[]): Promotion | null {
  if (!journal.isRenewed() || meta(journal.db, resumedKey, () => '') === journal.epoch()) return null
  return begin(journal, rules, days, true)
}

interface Day {
  readonly day: string
  readonly isToday: boolean
  /** The term of the hub that may have given numbers of it. */
  readonly before: number
  /** Nobody knows how many. */
  readonly isOld: boolean
}

function passOverNumbers(journal: Journal, rules: QueueRules, { day, isToday, before, isOld }: Day): NewEvent[] {
  const services = prefixesOf(rules)
  const blocks = services.flatMap((prefix): NumberBlock[] => {
    const leased = lastNumber(journal, day, prefix)
    const given = lastNumber(journal, day, prefix, firstLeased)
    const ahead = { prefix, from: Math.max(firstLeased, leased + 1), to: Math.max(firstLeased, leased) + earlierHub.numbers }
    const spare = isOld ? firstLeased - 1 + earlierHub.numbers * before : Math.ceil((given + spared.tickets) / round) * round
    return isToday ? [{ prefix, from: given + 1, to: Math.max(given, spare) }, ahead] : [ahead]
  })
  const letters = freePrefixes(journal, day, services, before).slice(0, earlierHub.letters).map((prefix) => ({ prefix, from: 1, to: 999 }))
  return [{ type: 'numbers.leased', subject: `numbers:${day}`, data: { station: null, day, own: null, blocks: [...blocks, ...letters] } }]
}

function passOverCodes(journal: Journal, day: string): NewEvent {
  const last = lastCode(journal, day)
  return { type: 'codes.leased', subject: `codes:${day}`, data: { station: '', day, from: last + 1, to: last + spared.codes } }
}
