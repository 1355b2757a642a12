/**
 * A hub's queue desk in a process of its own, for a disk that is watched or broken from outside: `writer.ts FOLDER COUNT [normal]`.
 * A line on standard output is an acknowledgement: `ack <seq of its last event> <command>`, `unknown` for a commit that did not come back.
 */
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { argv } from 'node:process'
import { CommitUnknownError } from '#journal/journal.ts'
import type { QueueCommand } from '#domain/queue-command.ts'
import { openDesk } from '../bench/office.ts'
import { masterKey } from './master-key.ts'

const [folder = '', count = '0', mode = 'full'] = argv.slice(2)
const { desk, journal } = openDesk(folder, masterKey)
if (mode === 'normal') journal.db.pragma('synchronous = NORMAL')
// Often enough that checkpoints are among what is interrupted.
journal.db.pragma('wal_autocheckpoint = 60')

const counter = 3
const commands: readonly QueueCommand[] = [
  { kind: 'issue', service: 'A', procedure: null, title: 'Khai sinh', priority: null, papers: [], station: 'kiosk' },
  { kind: 'call-next', counter, finishCurrent: true },
  { kind: 'start', counter },
  // Sealed text: its key must be as durable as the event that needs it.
  { kind: 'hold', counter, reason: 'Công dân đi sao giấy tờ' },
]

writeSync(1, `open ${journal.head(journal.origin)?.seq ?? 0}\n`)
for (let n = 0; n < Number(count); n += 1) {
  const command = commands[n % commands.length]
  if (command) writeSync(1, `${attempt(command)}\n`)
}

/** A commit that did not come back is asked for again under the same id, as a screen does; then it is done once. */
function attempt(command: QueueCommand): string {
  const id = randomUUID()
  for (let tries = 0; tries < 20; tries += 1) {
    try {
      const answer = desk.run(id, 'hanh', command)
      return answer.ok ? `ack ${journal.head(journal.origin)?.seq ?? 0} ${command.kind}` : `refused ${answer.reason}`
    } catch (error) {
      if (!isDiskFailure(error)) throw error
      writeSync(1, 'unknown\n')
    }
  }
  return 'gave up'
}

/** The vault's own commits fail with SQLite's code. */
function isDiskFailure(error: unknown): boolean {
  return error instanceof CommitUnknownError || (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_'))
}
