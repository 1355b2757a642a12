import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeWeeks, type OfficeWeeks } from './office-weeks.ts'

/** P4: an office that was offline for weeks. */
export const backlog = 350_000

let made: OfficeWeeks | null = null

/** The backlog, written once a run: the figures of this folder are all about the same events. Gone when the process ends. */
export function weeks(): OfficeWeeks {
  if (made) return made
  const dir = mkdtempSync(join(tmpdir(), 'motcua-bench-weeks-'))
  const written = writeWeeks(dir, backlog)
  process.once('exit', () => {
    written.close()
    rmSync(dir, { recursive: true, force: true })
  })
  made = written
  return made
}
