import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { findBrowser, hasDisplay } from '#shell/find-browser.ts'
import { root, screensFolder } from './checkout.ts'
import { electronBinary, electronVersion } from './electron-binary.ts'

/** One line of `doctor`. What a station can do without is `ok` and says so in `detail`; `ok: false` needs a person. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

const oldestNode = 24
const oldestSqlite = '3.51.3'
/** A year of a busy commune with its scans is below this. */
const leastFreeGb = 2

/** Whether a dotted version is at least another one, number by number. */
export function atLeast(version: string, least: string): boolean {
  const have = version.split('.').map(Number)
  for (const [index, wanted] of least.split('.').map(Number).entries()) {
    const number = have[index] ?? 0
    if (number !== wanted) return number > wanted
  }
  return true
}

/** The program's own footing: Node, SQLite, the built screens. */
export function checkRuntime(): Check[] {
  const db = new Database(':memory:')
  const sqlite = String(db.prepare('SELECT sqlite_version()').pluck().get())
  db.close()
  const built = existsSync(join(screensFolder, 'kiosk.html'))
  return [
    { name: 'machine', ok: true, detail: `${process.platform} ${release()} ${process.arch}, ${cpus().length} CPU, ${(totalmem() / 1e9).toFixed(1)} GB RAM` },
    { name: 'node', ok: atLeast(process.versions.node, `${oldestNode}.0.0`), detail: `${process.versions.node}, cần ${oldestNode} trở lên` },
    { name: 'sqlite', ok: atLeast(sqlite, oldestSqlite), detail: `${sqlite}, cần ${oldestSqlite} trở lên` },
    { name: 'screens', ok: true, detail: built ? 'đã dựng' : 'chưa dựng, npm start sẽ dựng' },
  ]
}

/** Whether the data folder takes a file and the disk confirms it, how long that takes (median of 20, µs), and what is free. */
export function checkData(data: string): Check[] {
  const { bavail, bsize } = statfsSync(data)
  const freeGb = (bavail * bsize) / 1e9
  return [
    { name: 'data', ...writeAndSync(join(data, `doctor-${process.pid}.tmp`), data) },
    { name: 'disk', ok: freeGb >= leastFreeGb, detail: `còn trống ${freeGb.toFixed(1)} GB, cần ${leastFreeGb} GB` },
  ]
}

function writeAndSync(file: string, data: string): { readonly ok: boolean; readonly detail: string } {
  try {
    const handle = openSync(file, 'wx', 0o600)
    const times = Array.from({ length: 20 }, () => {
      const from = process.hrtime.bigint()
      writeSync(handle, 'x'.repeat(4096))
      fsyncSync(handle)
      return Number(process.hrtime.bigint() - from) / 1000
    })
    closeSync(handle)
    rmSync(file)
    const median = times.toSorted((a, b) => a - b)[10] ?? 0
    const cached = median < 100 ? '; nhanh hơn một ổ SSD thường, mời xem bộ đệm ghi của ổ có pin không' : ''
    return { ok: true, detail: `${data}: ghi và fsync ${median.toFixed(0)} µs${cached}` }
  } catch (error) {
    return { ok: false, detail: `${data}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** What could show the screens. Without any of it the station still serves addresses. */
export function checkWindows(): Check[] {
  const electron = electronBinary()
  const browser = findBrowser()
  const display = hasDisplay()
  const version = browser === undefined || process.platform === 'win32' ? undefined : run(browser, ['--version'])
  const packaged = process.versions['electron']
  return [
    { name: 'display', ok: true, detail: display ? 'có' : 'không có; npm start in địa chỉ để mở từ máy khác' },
    { name: 'electron', ok: true, detail: packaged ?? electron ?? (existsSync(join(root, 'node_modules/electron')) ? `chưa tải bản ${electronVersion()}` : 'không có') },
    {
      name: 'browser',
      ok: browser !== undefined || electron !== undefined || packaged !== undefined || !display,
      detail: browser === undefined ? 'chưa thấy Chromium, Chrome hay Edge' : (version ?? browser),
    },
    { name: 'fonts', ok: true, detail: 'phông chữ nằm trong chương trình, không dùng phông của máy' },
  ]
}

/** The board's voice, and the tools that some devices and tests use. */
export function checkTools(): Check[] {
  const pack = [join(screensFolder, 'voice/pack.json'), join(root, 'renderer/public/voice/pack.json')].find((file) => existsSync(file))
  const espeak = run('espeak-ng', ['--version'])
  const voice = pack === undefined ? undefined : `gói giọng ${(JSON.parse(readFileSync(pack, 'utf8')) as { name?: string }).name ?? ''}`
  return [
    { name: 'voice', ok: pack !== undefined || espeak !== undefined, detail: voice ?? espeak ?? 'không có gói giọng, bảng chỉ có chuông' },
    ...(process.platform === 'linux' ? [optional('socat', ['-V'], 'chỉ bộ kiểm thử dùng')] : []),
    { name: 'clock', ok: new Date().getFullYear() >= 2026, detail: `${new Date().toISOString()}; độ lệch chưa đo được khi không có mạng, số và thứ tự không dựa vào đồng hồ` },
  ]
}

function optional(program: string, args: readonly string[], use: string): Check {
  const answer = run(program, args)
  return { name: program, ok: true, detail: answer === undefined ? `không có, không bắt buộc (${use})` : `có (${use})` }
}

/** First line that a program prints; undefined when it isn't there. */
function run(program: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 5_000 })
  return status === 0 ? (stdout.split('\n')[0] ?? '').trim() : undefined
}
