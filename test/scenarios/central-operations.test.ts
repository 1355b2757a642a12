import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, postgresMissing, startCluster, type Cluster } from './sync-support/postgres.ts'
import { dayOf } from './sync-support/office.ts'
import { batch, send, until } from './sync-support/wire.ts'

const missing = postgresMissing()
const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/operations.md'), 'utf8')
const run = promisify(execFile)

/** The lines of the page's shell blocks, in order. */
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n'))

let cluster: Cluster
let folder = ''
let server: ChildProcess | null = null
const known: Record<string, string> = {}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-operations-'))
  if (missing) return
  cluster = await startCluster()
  const admin = await cluster.database()
  const at = (name: string) => admin.replace(/^postgresql:\/\/postgres@/, 'postgresql://motcua@').replace(/[^/]+$/, name)
  Object.assign(known, { ADMIN_URL: admin, DATABASE_URL: at('motcua'), NEW_DATABASE_URL: at('motcua2') })
})
afterAll(async () => {
  if (server?.exitCode === null) {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  if (!missing) cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The page's port and folder are a real server's: a test has its own. */
const here = (line: string, port: string): string => line.replaceAll('7420', port).replaceAll('/var/backups/motcua', join(folder, 'backups'))

async function shell(line: string): Promise<string> {
  const script = `motcua() { "${process.execPath}" "${join(root, 'bin/motcua.js')}" "$@"; }; ${line}`
  return (await run('bash', ['-euc', script], { env: { ...process.env, ...known }, cwd: folder })).stdout
}

const lastWord = (text: string): string => text.trim().split(/\s+/).at(-1) ?? ''

test('the commands of docs/operations.md for central do what the page says, in its order', async ({ skip }) => {
  if (missing) return skip(missing)
  const port = String(await freePort())
  const ran: string[] = []
  for (const command of commands) {
    const line = here(command, port)
    if (line.startsWith('motcua central --port')) {
      server = spawn('bash', ['-euc', `exec "${process.execPath}" "${join(root, 'bin/motcua.js')}" ${line.replace(/^motcua /, '')}`], { env: { ...process.env, ...known }, stdio: 'ignore' })
      await until(async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.status === 200)
    } else {
      const out = await shell(line)
      if (line.includes('admin-key')) known['ADMIN_KEY'] = lastWord(out)
      if (line.includes('central enrol')) {
        known['OFFICE_KEY'] = lastWord(out)
        expect((await send(`http://127.0.0.1:${port}`, lastWord(out), batch(dayOf('hub.aa', 40).events))).status).toBe(200)
      }
      if (line.includes('central backup')) {
        known['BACKUP'] = join(folder, 'backups', readdirSync(join(folder, 'backups')).find((name) => name.endsWith('.backup')) ?? '')
        expect(out).toContain('320 sự kiện')
      }
      if (line.includes('central restore')) expect(out).toMatch(/320 sự kiện của 1 bộ phận.*Chuỗi băm và các bảng đều đúng/)
      if (line.includes('FROM report.tickets')) expect(out).toMatch(/H15\.50\.05\.13 \| 2026-11-23 \|\s+40/)
    }
    ran.push(command)
  }
  expect(ran.filter((line) => line.startsWith('motcua central')).map((line) => line.split(' ')[2])).toEqual(['admin-key', '--port', 'enrol', 'backup', 'restore', 'restore'])
})

test('the queries of docs/central-tables.md run', async ({ skip }) => {
  if (missing) return skip(missing)
  const [, queries = ''] = /^```sql\n([\s\S]*?)^```/m.exec(readFileSync(join(root, 'docs/central-tables.md'), 'utf8')) ?? []
  const { stdout } = await run('psql', ['-v', 'ON_ERROR_STOP=1', '-c', queries, known['NEW_DATABASE_URL'] ?? ''])
  expect(stdout).toMatch(/ho-tich/)
  expect(stdout).toMatch(/cash[\s\S]*vietqr/)
})

test('other commands that the page names are there, and so are the pages that it links', async () => {
  const named = new Set([...page.matchAll(/`motcua ([a-z-]+ ?[a-z-]*)/g)].map(([, words = '']) => words.trim()))
  expect(named.size).toBeGreaterThan(5)
  for (const words of named) expect((await run(process.execPath, [join(root, 'bin/motcua.js'), ...words.split(' '), '--help'])).stdout).toContain(words.split(' ')[0])
  const links = [...page.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, path = '']) => join(dirname(join(root, 'docs/operations.md')), path))
  expect(links.filter((path) => !existsSync(path))).toEqual([])
})
