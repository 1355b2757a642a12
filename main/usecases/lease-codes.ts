import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import type { CodeBlock } from './queue-port.ts'

const blockSize = 50

interface LeaseParts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly now: () => number
}

/** Gives a station the next block of dossier numbers of a day: after the last leased, so no number is given twice. */
export function leaseCodeBlock({ journal, commands, now }: LeaseParts, commandId: string, day: string, station: string): CodeBlock {
  const before = commands.answerOf(commandId) as CodeBlock | undefined
  if (before) return before
  const last = journal.db.prepare('SELECT max(last) FROM v_code_leases WHERE day = ?').pluck().get(day)
  const from = (typeof last === 'number' ? last : 0) + 1
  const block: CodeBlock = { day, from, to: from + blockSize - 1 }
  journal.append('system', [{ type: 'codes.leased', subject: `codes:${day}`, data: { station, ...block } }], () => commands.keep(commandId, now(), block))
  return block
}
