import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { faultIn } from './examine.ts'

/** A system call on one of the station's files that fails: which, how, and at which call (`3` once, `3+` from then on). */
export interface DiskError {
  readonly file: 'journal.db-wal' | 'journal.db' | 'vault.db-wal'
  readonly call: 'pwrite64' | 'fsync,fdatasync'
  readonly error: 'EIO' | 'ENOSPC'
  readonly when: string
}

export interface DiskErrorReport {
  /** Acknowledged commands; commits that did not come back. */
  readonly acknowledged: number
  readonly unknown: number
  /** Calls that really failed. */
  readonly injected: number
  /** What is wrong on the disk afterwards; null when all acknowledged is there, once. */
  readonly fault: string | null
}

const writer = join(import.meta.dirname, 'writer.ts')

/** Runs the writer on a folder in use while its disk fails, then opens the folder on a healthy disk. */
export function withDiskError(folder: string, { file, call, error, when }: DiskError): DiskErrorReport {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  spawnSync(process.execPath, [writer, folder, '0'])
  const inject = `inject=${call}:error=${error}:when=${when}`
  const log = `${folder}.strace`
  const run = spawnSync('strace', ['-f', '-s', '0', '-o', log, '-P', join(folder, file), '-e', `trace=${call}`, '-e', inject, process.execPath, writer, folder, '40'], { encoding: 'utf8' })
  const lines = run.stdout.split('\n')
  const acks = lines.flatMap((line) => /^ack (\d+)/.exec(line)?.[1] ?? []).map(Number)
  const fault = run.status === 0 ? (faultIn(folder, Math.max(0, ...acks), true) ?? doneTwice(folder, lines)) : `the writer ended: ${run.stderr.slice(-400)}`
  const injected = readFileSync(log, 'latin1').split('(INJECTED)').length - 1
  rmSync(log)
  return { acknowledged: acks.length, unknown: lines.filter((line) => line === 'unknown').length, injected, fault }
}

/** A command asked for again until it was acknowledged must be there once. */
function doneTwice(folder: string, lines: readonly string[]): string | null {
  const asked = lines.filter((line) => /^ack \d+ issue$/.test(line)).length
  const db = new Database(join(folder, 'journal.db'), { readonly: true })
  const stored = Number(db.prepare("SELECT count(*) FROM events WHERE type = 'ticket.issued'").pluck().get())
  db.close()
  // The last one may be stored although its answer never came.
  return stored === asked || (lines.includes('gave up') && stored <= asked + 1) ? null : `${asked} tickets acknowledged, ${stored} stored`
}
