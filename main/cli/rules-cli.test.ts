import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'

const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)
/** The root program as main/cli.ts builds it, with only the commands of this test. */
const harness = `
import { Command, CommanderError } from ${JSON.stringify(import.meta.resolve('commander'))}
import { registerDue } from ${here('./due.ts')}
import { registerReader } from ${here('./reader.ts')}
import { registerSimScanner } from ${here('./sim-scanner.ts')}
import { registerForm } from ${here('./form.ts')}
const program = new Command('motcua').option('--json').option('--lang <lang>', '', 'vi').exitOverride()
registerDue(program); registerReader(program); registerSimScanner(program)
registerForm(program, { findDossier: async () => null })
await program.parseAsync(process.argv.slice(1), { from: 'user' }).catch((error) => {
  if (!(error instanceof CommanderError)) console.error(error.message)
  process.exitCode = error instanceof CommanderError ? 2 : 1
})
`
const args = (line: readonly string[]) => ['--input-type=module', '-e', harness, '--', ...line]
const run = (...line: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args(line), { encoding: 'utf8', timeout: 120_000, env: { ...process.env, TZ: 'America/New_York' } })
  return { status, stdout, stderr, json: stdout.startsWith('{') ? (JSON.parse(stdout) as unknown) : null }
}

const children: ChildProcess[] = []
afterEach(() => children.splice(0).forEach((child) => child.kill()))
const start = (...line: string[]) => {
  const child = spawn(process.execPath, args(line), { stdio: ['pipe', 'pipe', 'pipe'] })
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { child, line: async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>, code: new Promise((resolve) => child.once('exit', resolve)) }
}

const files = mkdtempSync(join(tmpdir(), 'rules-cli-'))

describe('due', () => {
  it('answers in Vietnam time whatever TZ says', () => {
    expect(run('due', '--received', '2026-11-23T09:10', '--days', '3', '--json').json).toEqual({
      start: '2026-11-23T09:10:00+07:00',
      due: '2026-11-27T09:10:00+07:00',
      skipped: [{ date: '2026-11-24', why: 'Ngày Văn hóa Việt Nam' }],
    })
    expect(run('--json', 'due', '--received', '2026-11-23T08:30:00Z', '--hours', '4').json).toMatchObject({ due: '2026-11-25T10:00:00+07:00' })
    expect(run('due', '--json', '--received', '2026-08-03T09:00', '--calendar-days', '30').json).toMatchObject({ due: '2026-09-03T09:00:00+07:00' })
    expect(run('due', '--json', '--received', '2026-11-20T15:01', '--same-day').json).toMatchObject({ due: '2026-11-23T17:00:00+07:00' })
    expect(run('due', '--json', '--received', '2026-11-23T09:34', '--procedure', '2.002516').json).toMatchObject({ due: '2026-11-27T09:34:00+07:00' })
  })
  it('takes another calendar', () => {
    const file = join(files, 'calendar.json')
    writeFileSync(file, JSON.stringify({ sessions: [{ from: '08:00', to: '12:00' }], closed: [{ date: '2026-11-25', name: 'Nghỉ bão' }] }))
    expect(run('due', '--json', '--received', '2026-11-24T13:00', '--days', '1', '--calendar', file).json).toEqual({
      start: '2026-11-26T08:00:00+07:00',
      due: '2026-11-27T08:00:00+07:00',
      skipped: [],
    })
    expect(run('due', '--received', '2026-11-24T13:00', '--days', '1', '--calendar', join(files, 'none.json'))).toMatchObject({ status: 1, stdout: '' })
  })
  it.each([
    [2, ['--received', 'hôm nay', '--days', '3']],
    [2, ['--days', '3']],
    [2, ['--received', '2026-11-23T09:10']],
    [2, ['--received', '2026-11-23T09:10', '--days', '3', '--same-day']],
    [2, ['--received', '2026-11-23T09:10', '--days', '1.5']],
    [2, ['--received', '2026-11-23T09:10', '--days', '-1']],
    [1, ['--received', '2026-11-23T09:10', '--procedure', '9.999999']],
  ])('exits %d for %j, saying why', (status, line) => {
    const done = run('due', ...line)
    expect(done).toMatchObject({ status, stdout: '' })
    expect(done.stderr).not.toBe('')
  })
})

describe('reader listen and sim scanner', () => {
  it('reads from the simulator on a pty until enough came', async () => {
    const sim = start('sim', 'scanner', '--at', `pty:${join(files, 'tty')}`, '--json')
    const { ready, address } = await sim.line()
    expect(ready).toBe(true)
    const reader = start('reader', 'listen', '--to', String(address), '--count', '3', '--timeout', '25', '--json')
    await once(reader.child.stderr, 'data') // "Đang nghe máy quét"
    sim.child.stdin?.write('card 1\nH15.50.05.13-261123-0042\nxin chào\n')
    expect(await reader.line()).toMatchObject({ kind: 'cccd', id: '066187003095', oldId: null, sex: 'female', dob: '1987-09-02', warnings: [] })
    expect(await reader.line()).toEqual({ kind: 'dossier', code: 'H15.50.05.13-261123-0042' })
    expect(await reader.line()).toEqual({ kind: 'other', text: 'xin chào' })
    expect(await reader.code).toBe(0)
    sim.child.kill('SIGTERM')
    expect(await sim.code).toBe(0)
  })
  it('keeps what a simulator sent before the reader came, over TCP', async () => {
    const sim = start('sim', 'scanner', '--at', 'tcp://127.0.0.1:0', '--card', '2', '--mrz', '--suffix', 'crlf', '--json')
    const { address } = await sim.line()
    const done = run('reader', 'listen', '--to', String(address), '--count', '1', '--timeout', '10', '--json')
    expect(done).toMatchObject({ status: 0, json: { kind: 'mrz', valid: true, personalNumber: '066194004827' } })
  })
  it('says so when fewer came, or nothing is there', () => {
    expect(run('reader', 'listen', '--to', 'tcp://127.0.0.1:1', '--count', '1', '--timeout', '1', '--json')).toMatchObject({ status: 1, stdout: '' })
    expect(run('reader', 'listen', '--to', 'tcp://127.0.0.1:1')).toMatchObject({ status: 1 })
    expect(run('reader', 'listen', '--to', 'somewhere')).toMatchObject({ status: 2 })
    expect(run('reader', 'listen', '--to', 'tcp://127.0.0.1:1', '--count', 'x')).toMatchObject({ status: 2 })
    const silent = run('reader', 'listen', '--to', 'tcp://127.0.0.1:1', '--timeout', '1')
    expect(silent).toMatchObject({ status: 1, stdout: '' })
    expect(silent.stderr).toContain('Chưa nối được máy quét')
    expect(run('sim', 'scanner', '--at', 'nowhere')).toMatchObject({ status: 2 })
    expect(run('sim', 'scanner', '--at', 'tcp://127.0.0.1:0', '--card', '99')).toMatchObject({ status: 2 })
  })
})

describe('form', () => {
  it('writes the sample receipt', () => {
    const file = join(files, 'receipt.pdf')
    expect(run('form', 'receipt', '--sample', '--out', file, '--json')).toMatchObject({ status: 0, json: { file, pages: 1 } })
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
    expect(run('form', 'receipt', '--sample', '--out', file, '--size', 'A4', '--copies', '2', '--json').json).toEqual({ file, pages: 2 })
  })
  it('writes nothing for an unknown dossier or form', () => {
    const file = join(files, 'none.pdf')
    expect(run('form', 'receipt', '--dossier', 'H15.50.05.13-261123-9999', '--out', file)).toMatchObject({ status: 1, stdout: '' })
    for (const name of ['supplement', 'register', 'nothing']) expect(run('form', name, '--sample', '--out', file).status).toBe(2)
    expect(run('form', 'receipt', '--out', file).status).toBe(2)
    expect(run('form', 'receipt', '--sample').status).toBe(2)
    expect(existsSync(file)).toBe(false)
  })
})
