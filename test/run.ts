import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from '#shell/find-browser.ts'

/** `npm test`: everything that must hold, in one go. `npm test -- lint unit` runs only those steps. */

interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}
interface Step {
  readonly name: string
  readonly commands: readonly (readonly string[])[]
  readonly env?: Readonly<Record<string, string>>
  /** Reads what the tests of this step counted; steps without tests count only when they fail. */
  readonly tally?: () => Tally
}

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'motcua-test-'))
const unitReport = join(reports, 'unit.json')
const browserReport = join(reports, 'browser.json')
/** Tests start hundreds of processes: what Node compiled for one is there for the next. */
const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node-compile') }
const none: Tally = { passed: 0, failed: 0, skipped: 0 }

const steps: readonly Step[] = [
  { name: 'lint', commands: [['oxlint', '--type-aware', '--deny-warnings']] },
  { name: 'typecheck', commands: ['.', 'renderer', 'preload', 'test'].map((folder) => ['tsc', '--noEmit', '-p', folder]) },
  { name: 'unit', commands: [['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]], tally: readVitest },
  { name: 'build', commands: [['vite', 'build', '--logLevel', 'warn']] },
  { name: 'e2e', commands: [['playwright', 'test']], env: { MOTCUA_PLAYWRIGHT_JSON: browserReport }, tally: readPlaywright },
]

function readVitest(): Tally {
  if (!existsSync(unitReport)) return none
  const report = JSON.parse(readFileSync(unitReport, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    testResults: { status: string; assertionResults: { status: string }[] }[]
  }
  // A file that could not even be loaded has no failed test in it, and is a failure.
  const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped: report.numPendingTests }
}

function readPlaywright(): Tally {
  if (!existsSync(browserReport)) return none
  const { stats } = JSON.parse(readFileSync(browserReport, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}

async function runCommand([program = '', ...args]: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const child = spawn(join(root, 'node_modules/.bin', program), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...compiled, ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

/** The end-to-end tests need a real browser: fetched from Debian for root, asked for otherwise. */
function ensureBrowser(): boolean {
  if (findBrowser()) return true
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stdout.write('Chưa có trình duyệt, đang cài gói chromium của Debian.\n')
    const apt = (...args: string[]) => spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
    if (apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'chromium') && findBrowser()) return true
  }
  process.stderr.write('Bước e2e cần Chromium, Chrome hoặc Edge. Mời cài một trình duyệt (Debian: sudo apt-get install chromium) rồi chạy lại npm test.\n')
  return false
}

async function runStep(step: Step): Promise<Tally> {
  const from = Date.now()
  process.stdout.write(`\n── ${step.name}\n`)
  let ok = step.name !== 'e2e' || ensureBrowser()
  for (const command of ok ? step.commands : []) ok = (await runCommand(command, step.env)) && ok
  const counted = step.tally?.() ?? none
  const tally = ok || counted.failed > 0 ? counted : { ...counted, failed: 1 }
  const tests = step.tally ? `, ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped` : ''
  process.stdout.write(`── ${step.name}: ${ok ? 'ok' : 'FAILED'} in ${((Date.now() - from) / 1000).toFixed(1)} s${tests}\n`)
  return tally
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length) {
  process.stderr.write(`No such step: ${unknown.join(' ')}. Steps: ${steps.map(({ name }) => name).join(' ')}\n`)
  process.exit(2)
}

let passed = 0
let failed = 0
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const tally = await runStep(step)
  passed += tally.passed
  failed += tally.failed
}
rmSync(reports, { recursive: true })
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed ? 1 : 0
