import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'

const cli = join(import.meta.dirname, '..', 'cli.ts')
const run = (...words: string[]) => spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8', timeout: 120_000 })

test.each([['queue', 'simulate'], ['--lang', 'vi', 'queue']])(
  'a command of a later version says so, exit 2: %s %s',
  (...words) => {
    const { status, stdout, stderr } = run(...words, '--json')
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('chưa có trong bản này')
  },
)

test('the value of an option is no command of a later version', () => {
  expect(run('due', 'chip').stderr).not.toContain('trong bản này')
  expect(run('central', '--port', 'backup').stderr).toContain('Cổng là số')
})

test('a wrong command line is refused in Vietnamese, in English when asked', () => {
  expect(run('lung-tung')).toMatchObject({ status: 2, stdout: '', stderr: 'Không có lệnh "lung-tung". Mời xem: motcua --help\n' })
  expect(run('due', '--nope').stderr).toBe('Không có tùy chọn --nope. Mời xem lệnh này với --help.\n')
  expect(run('form', 'receipt', '--sample', '--out', 'x', '--size', 'A6').stderr).toBe('--size <size>: "A6" chưa đúng, mời chọn: A5, A4.\n')
  expect(run('--lang', 'en', 'lung-tung').stderr).toBe("error: unknown command 'lung-tung'\n")
})

test('help is of the command that was asked for, exit 0', () => {
  const { status, stdout } = run('printer', 'text', '--help')
  expect(status).toBe(0)
  expect(stdout).toContain('Cách dùng: motcua printer text')
})

/** The process id of a simulator that runs until it is told to end, once it is ready. */
async function ready(child: ChildProcess & { readonly stdout: NodeJS.ReadableStream }): Promise<void> {
  await once(createInterface({ input: child.stdout }), 'line')
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 600 && isAlive(pid); tries++) await delay(100)
  return !isAlive(pid)
}

const simulator = [cli, 'sim', 'printer', '--at', 'tcp://127.0.0.1:0']

test('a station outlived the bin/motcua.js that was killed, and held the data folder', async () => {
  const wrapper = spawn(process.execPath, ['-e', `
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, ${JSON.stringify(simulator)}, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    console.error(child.pid)
  `], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [pid] = (await Promise.all([once(createInterface({ input: wrapper.stderr }), 'line'), ready(wrapper)]))[0]
  wrapper.kill('SIGKILL')
  expect(await gone(Number(pid))).toBe(true)
})

test('a station outlived the npm that was told to end', { skip: process.platform === 'win32' }, async () => {
  const command = [process.execPath, ...simulator].map((word) => `'${word}'`).join(' ')
  const shell = spawn('sh', ['-c', `${command} & echo $! >&2; wait`], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, npm_lifecycle_event: 'motcua' } })
  const [pid] = (await Promise.all([once(createInterface({ input: shell.stderr }), 'line'), ready(shell)]))[0]
  shell.kill('SIGTERM')
  expect(await gone(Number(pid))).toBe(true)
})
