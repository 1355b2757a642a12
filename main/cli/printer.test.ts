import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPrinterSim, type PrinterSim } from '#native/sim/printer/start.ts'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function motcua(args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: 'pipe' })
    const ran = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.err += text))
    child.on('close', (code) => resolve({ code, ...ran }))
    child.stdin.on('error', () => undefined).end(input)
  })
}

let dir = ''
let sim: PrinterSim
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'printer-cli-'))
  sim = await startPrinterSim({ at: 'tcp://127.0.0.1:0', outDir: dir })
})
afterAll(async () => {
  await sim.stop()
  rmSync(dir, { recursive: true, force: true })
})

describe('motcua printer', () => {
  it('lists profiles whose ids begin with the vendor', async () => {
    const { code, out } = await motcua(['printer', 'list-profiles', '--json'])
    const rows = JSON.parse(out) as readonly { readonly id: string; readonly vendor: string; readonly codePages: readonly number[] }[]
    expect(code).toBe(0)
    expect(rows.length).toBeGreaterThanOrEqual(5)
    for (const row of rows) expect(row.id.startsWith(row.vendor.toLowerCase())).toBe(true)
  })

  it('prints stdin in order, wrapped at blanks, and proves it', async () => {
    const long = Array.from({ length: 20 }, () => 'đường').join(' ')
    const { code, out } = await motcua(['printer', 'text', '--to', sim.address, '--profile', 'epson-tm-t82', '--cut', '--json'], `Một\r\n\nHai\n${long}\n`)
    const [slip] = await sim.waitForSlips(1)
    expect(JSON.parse(out)).toMatchObject({ outcome: 'printed', reason: 'process-id', bytes: expect.any(Number) as number })
    expect(code).toBe(0)
    expect(slip?.lines.slice(0, 3)).toEqual(['Một', '', 'Hai'])
    expect(slip?.lines.slice(3).join(' ')).toBe(long)
  })

  it('says what is wrong: 1 failed, 2 usage', async () => {
    sim.setFault('paper-out')
    const refused = await motcua(['printer', 'text', '--to', sim.address, '--profile', 'generic-58', '--wait', '0.2', '--json'], 'x')
    expect([refused.code, JSON.parse(refused.out)]).toEqual([1, { outcome: 'failed', bytes: 0, reason: 'paper-out' }])
    expect(refused.err).toContain('hết giấy')
    const status = await motcua(['printer', 'status', '--to', sim.address, '--json'])
    expect(JSON.parse(status.out)).toEqual({ paper: 'out', cover: 'closed', online: false, error: 'paper-out' })
    sim.setFault(null)
    for (const args of [['--to', 'usb:1', '--profile', 'generic-58'], ['--to', sim.address, '--profile', 'nope'], ['--to', sim.address, '--profile', 'generic-58', '--wait', 'x']]) {
      expect((await motcua(['printer', 'text', ...args], 'x')).code).toBe(2)
    }
  })

  it('the test slip goes to a file and as a picture', async () => {
    const [bin, png] = [join(dir, 'test.bin'), join(dir, 'test.png')]
    const { code, out } = await motcua(['printer', 'test', '--to', `file:${bin}`, '--profile', 'epson-tm-t88', '--png', png, '--json'])
    expect([code, JSON.parse(out)]).toEqual([0, { outcome: 'sent', bytes: readFileSync(bin).length, reason: 'no-back-channel' }])
    expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG')
  })
})
