import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import { HubTerm } from './hub-term.ts'
import type { CodeBlock } from './queue-port.ts'

const blockSize = 50
/** So many numbers of each day are left to each hub before this one: what it leased of other days than `promote` passes over may be unknown here. */
const earlierHubs = 1_000

interface LeaseParts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly now: () => number
}

/** Also the blocks that stations told of: a hub restored from a backup has forgotten what it leased since. */
const lastGiven = `SELECT max(last) FROM (
  SELECT max(last) AS last FROM v_code_leases WHERE day = :day UNION ALL SELECT max(last) FROM v_code_blocks WHERE day = :day)`

/** The last dossier number of a day that is in a block; 0 when none. */
export function lastCode(journal: Journal, day: string): number {
  return Number(journal.db.prepare(lastGiven).pluck().get({ day }) ?? 0)
}

/** Gives a station the next block of dossier numbers of a day: after the last one known, so no number is given twice. */
export function leaseCodeBlock({ journal, commands, now }: LeaseParts, commandId: string, day: string, station: string): CodeBlock {
  const before = commands.answerOf(commandId) as CodeBlock | undefined
  if (before) return before
  const from = Math.max(lastCode(journal, day), earlierHubs * (new HubTerm(journal).own - 1)) + 1
  const block: CodeBlock = { day, from, to: from + blockSize - 1 }
  journal.append('system', [{ type: 'codes.leased', subject: `codes:${day}`, data: { station, ...block } }], () => commands.keep(commandId, now(), block))
  return block
}
