import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { motcua } from './cli-support/motcua.ts'

/** The command line as a technician and a script meet it: real processes, exit codes, stdout and stderr. */

const folder = mkdtempSync(join(tmpdir(), 'motcua-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const commands = [
  '', 'start', 'station', 'central', 'demo', 'verify', 'doctor', 'due', 'form', 'printer', 'printer list-profiles', 'printer probe', 'printer status',
  'printer text', 'printer test', 'reader', 'reader listen', 'terminal', 'terminal pay', 'terminal recover', 'sim', 'sim printer', 'sim scanner', 'sim zvt',
]

describe('usage', () => {
  it.each(commands)('motcua %s --help', async (words) => {
    const { code, out, err } = await motcua([...words.split(' ').filter(Boolean), '--help'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Cách dùng: motcua/)
  })

  it.each(['nonsense', 'reader nonsense', 'sim nonsense', 'verify --bogus', 'due', 'station --port 99999', 'form nonsense --sample --out x.pdf'])('wrong usage is exit 2 and said on stderr: %s', async (words) => {
    const { code, out, err } = await motcua(words.split(' '))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toBe('')
    expect(err).not.toMatch(/\n\s+at /)
  })

  it.each(['queue simulate'])('%s is of a later release: exit 2 and a sentence', async (line) => {
    const words = line.split(' ')
    const vi = await motcua(words)
    expect({ code: vi.code, out: vi.out }).toEqual({ code: 2, out: '' })
    expect(vi.err).toBe(`Lệnh "${words[0]}" chưa có trong bản này. Các lệnh đang có: motcua --help\n`)
    expect((await motcua(['--lang', 'en', ...words])).err).toBe(`The command "${words[0]}" is not in this version yet. Those there are: motcua --help\n`)
  })
})

describe('due', () => {
  const due = async (...args: readonly string[]) => {
    const { code, out } = await motcua(['due', '--json', ...args])
    expect(code).toBe(0)
    return JSON.parse(out) as { readonly start: string; readonly due: string; readonly skipped: readonly { readonly date: string; readonly why: string }[] }
  }
  // Worked out by hand from the calendar of domain.md, not from what the command answered.
  it.each([
    [['--received', '2026-11-20T09:00', '--days', '1'], '2026-11-23T09:00:00+07:00', ['2026-11-21', '2026-11-22']],
    [['--received', '2026-11-23T09:10', '--days', '3'], '2026-11-27T09:10:00+07:00', ['2026-11-24']],
    [['--received', '2026-08-28T10:00+07:00', '--days', '2'], '2026-09-04T10:00:00+07:00', ['2026-08-29', '2026-08-30', '2026-08-31', '2026-09-01', '2026-09-02']],
    [['--received', '2026-11-20T15:01', '--same-day'], '2026-11-23T17:00:00+07:00', ['2026-11-21', '2026-11-22']],
    [['--received', '2026-11-20T14:59', '--same-day'], '2026-11-20T17:00:00+07:00', []],
    [['--received', '2026-11-23T02:30:00Z', '--hours', '4'], '2026-11-23T15:30:00+07:00', []],
  ] as const)('%s', async (args, expected, days) => {
    const answer = await due(...args)
    expect(answer.due).toBe(expected)
    expect(answer.skipped.map(({ date }) => date)).toEqual(days)
    expect(answer.start).toMatch(/\+07:00$/)
  })

  it('a holiday is named', async () => {
    expect((await due('--received', '2026-11-23T09:10', '--days', '3')).skipped).toEqual([{ date: '2026-11-24', why: 'Ngày Văn hóa Việt Nam' }])
  })

  it.each([[['--received', 'hôm nay', '--days', '1']], [['--received', '2026-11-23T09:00', '--procedure', '9.999999']], [['--received', '2026-13-40T09:00', '--days', '1']]])('%s is refused', async (args) => {
    const { code, out, err } = await motcua(['due', '--json', ...args])
    expect([1, 2]).toContain(code)
    expect(out).toBe('')
    expect(err).toMatch(/\p{L}/u)
    expect(err).not.toMatch(/\n\s+at /)
  })
})

describe('verify', () => {
  it('a folder without a journal is exit 1, and stays without anything', async () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    for (const dir of [empty, join(folder, 'never')]) {
      const { code, out, err } = await motcua(['verify', '--json', '--data', dir])
      expect(code).toBe(1)
      expect(JSON.parse(out)).toEqual({ ok: false, events: 0, heads: {}, problems: ['no-journal'] })
      expect(err).toContain('không có sổ nhật ký nào ở đây')
    }
    expect(existsSync(join(folder, 'never'))).toBe(false)
  })
})

describe('a station that can not start', () => {
  const station = (...args: readonly string[]) => motcua(['station', '--headless', '--json', '--port', '0', ...args])

  it.each(['file', 'file/below', '/proc/motcua'])('the data folder %s can not be written: said in Vietnamese, exit 1', async (name) => {
    writeFileSync(join(folder, 'file'), '')
    const data = name.startsWith('/') ? name : join(folder, name)
    const { code, out, err } = await station('--data', data)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(`Chưa ghi được vào thư mục dữ liệu ${data}: `)
    expect(err).toContain('Mời chọn thư mục khác bằng --data')
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('a wrong field of station.json is named, exit 1', async () => {
    const data = join(folder, 'broken')
    mkdirSync(data)
    writeFileSync(join(data, 'station.json'), JSON.stringify({ station: { id: 'Quầy Một', name: 'Quầy 1' }, roles: ['counter'], listen: { host: '127.0.0.1', port: 'many', publicHost: null } }))
    const { code, out, err } = await station('--data', data)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('Cấu hình của máy này chưa đúng')
    for (const field of ['station.id', 'office', 'services', 'counters', 'listen.port']) expect(err).toContain(`→ at ${field}\n`)
  })

  it('a station.json that is no JSON is named, exit 1', async () => {
    const data = join(folder, 'no-json')
    mkdirSync(data)
    writeFileSync(join(data, 'station.json'), '{"station":')
    const { code, err } = await station('--data', data)
    expect(code).toBe(1)
    expect(err).toContain(join(data, 'station.json'))
  })

  it('a configuration that is not there is named, exit 1', async () => {
    const { code, err } = await station('--data', join(folder, 'other'), '--config', join(folder, 'none.json'))
    expect(code).toBe(1)
    expect(err).toContain(`Không có tệp cấu hình ${join(folder, 'none.json')}.`)
  })

  it('a taken port is said with what to do, exit 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const { code, out, err } = await motcua(['station', '--headless', '--json', '--data', join(folder, 'port'), '--port', String(port)])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(`Cổng ${port} đang có chương trình khác dùng.`)
    other.close()
  })
})

describe('a central that can not start', () => {
  it('an unreachable database is an exit 1 in time, with a message', async () => {
    const { code, out, err, ms } = await motcua(['central', '--json', '--port', '0', '--database-url', 'postgresql://nobody@127.0.0.1:1/none'], 30_000)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/\p{L}/u)
    expect(ms).toBeLessThan(20_000)
  })
})
