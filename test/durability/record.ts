import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What a process did to the files of one folder, and what it said meanwhile, in order. */
export type Step =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'size'; readonly file: string; readonly size: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'gone'; readonly file: string }
  | { readonly kind: 'said'; readonly line: string }

const writer = join(import.meta.dirname, 'writer.ts')

/** Why system calls can't be recorded on this machine; null when they can. */
export function straceMissing(): string | null {
  const tried = spawnSync('strace', ['-o', '/dev/null', 'true'])
  if (tried.error) return 'strace is not installed (apt-get install strace)'
  return tried.status === 0 ? null : 'strace may not trace processes here'
}

/** Runs the writer in `folder` under strace and answers its steps on that folder. */
export function recordWriter(folder: string, count: number, mode: 'full' | 'normal'): readonly Step[] {
  const log = `${folder}.strace`
  const calls = 'pwrite64,write,fsync,fdatasync,ftruncate,unlink'
  const run = spawnSync('strace', ['-f', '-y', '-xx', '-s', '1000000', '-e', `trace=${calls}`, '-e', 'signal=none', '-o', log, process.execPath, writer, folder, String(count), mode], {
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`the recorded writer failed: ${run.stderr}`)
  const steps = readFileSync(log, 'latin1').split('\n').flatMap((line) => stepOf(line, folder) ?? [])
  rmSync(log)
  return steps
}

/** `pid call(fd<path>, "bytes", …)`, every text as \x pairs. */
function stepOf(line: string, folder: string): Step | null {
  const call = /^\d+\s+(\w+)\((?:(\d+)<([^>]*)>)?(.*)$/.exec(line)
  if (!call) return null
  const [, name = '', fd = '', path = '', rest = ''] = call
  if (name === 'write' && fd === '1') return { kind: 'said', line: bytesIn(rest).toString().trim() }
  const file = inFolder(name === 'unlink' ? bytesIn(rest).toString() : unhex(path).toString(), folder)
  // The index of the write-ahead log lives in shared memory and is rebuilt after a crash.
  if (file === null || file.endsWith('-shm')) return null
  if (name === 'pwrite64') return { kind: 'write', file, at: Number(/, (\d+)(?:\)| <)/.exec(rest.slice(rest.lastIndexOf('"')).replace(/^", \d+/, ''))?.[1]), bytes: bytesIn(rest) }
  if (name === 'fsync' || name === 'fdatasync') return { kind: 'sync', file }
  if (name === 'ftruncate') return { kind: 'size', file, size: Number(/^, (\d+)/.exec(rest)?.[1]) }
  return name === 'unlink' ? { kind: 'gone', file } : null
}

function inFolder(path: string, folder: string): string | null {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null
}

const bytesIn = (rest: string): Buffer => unhex(/"((?:\\x[0-9a-f]{2})*)"/.exec(rest)?.[1] ?? '')
const unhex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex')
