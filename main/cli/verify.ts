import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { openDatabase } from '#journal/database.ts'
import { Journal } from '#journal/journal.ts'
import { verifyChains } from '#journal/verify.ts'
import { namedFolder } from '#shell/data-folder.ts'
import { openViews } from '#views/views.ts'
import { viewsThatDiffer } from '#views/verify.ts'

const say = {
  vi: {
    none: (dir: string) => `${dir}: không có sổ nhật ký nào ở đây. Mời xem lại --data.`,
    ok: (events: number) => `Sổ nhật ký nguyên vẹn: ${events} sự kiện, chuỗi băm liền mạch, bảng đọc khớp.`,
    bad: 'Sổ nhật ký không khớp. Giữ nguyên thư mục này và báo người phụ trách:',
  },
  en: {
    none: (dir: string) => `${dir}: no journal here. Check --data.`,
    ok: (events: number) => `The journal is whole: ${events} events, the hash chain unbroken, views equal the fold.`,
    bad: 'The journal does not match. Leave this folder as it is and tell whoever is in charge:',
  },
}

interface Report {
  readonly ok: boolean
  readonly events: number
  readonly heads: Readonly<Record<string, unknown>>
  readonly problems: readonly string[]
}

/** `motcua verify`: hash chain, epochs, views equal the fold. Exit 1 when something is wrong or there is no journal. */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('kiểm tra sổ nhật ký: chuỗi băm, kỷ nguyên, bảng đọc')
    .option('--data <folder>', 'thư mục dữ liệu')
    .action((options: { data?: string }) => {
      const { json, lang } = program.opts<{ json?: boolean; lang?: string }>()
      const words = lang === 'en' ? say.en : say.vi
      const folder = namedFolder(options.data)
      const report = verifyFolder(folder)
      if (!report) {
        process.stderr.write(`${words.none(folder)}\n`)
        if (json) process.stdout.write(`${JSON.stringify({ ok: false, events: 0, heads: {}, problems: ['no-journal'] })}\n`)
        process.exitCode = 1
        return
      }
      if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
      else process.stdout.write(report.ok ? `${words.ok(report.events)}\n` : `${words.bad}\n${report.problems.map((one) => `  ${one}\n`).join('')}`)
      process.exitCode = report.ok ? 0 : 1
    })
}

/** Checks the journals of a data folder, a real station's and a sample's; null when it has neither. */
export function verifyFolder(dir: string): Report | null {
  if (!existsSync(dir)) return null
  const found = [dir, `${dir}/sample`].map((home) => `${home}/journal.db`).filter((file) => existsSync(file))
  if (!found.length) return null
  const reports = found.map(verifyJournal)
  return {
    ok: reports.every((one) => one.ok),
    events: reports.reduce((sum, one) => sum + one.events, 0),
    heads: Object.assign({}, ...reports.map((one) => one.heads)) as Report['heads'],
    problems: reports.flatMap((one) => one.problems),
  }
}

function verifyJournal(file: string): Report {
  const journal = new Journal({ file, station: 'verify', views: openViews, now: Date.now })
  const empty = openDatabase(':memory:')
  try {
    const chains = verifyChains(journal)
    const problems = [...chains.problems, ...viewsThatDiffer(journal.db, empty).map((table) => `views: ${table} differs from the fold`)]
    return { ok: problems.length === 0, events: chains.events, heads: chains.heads, problems }
  } finally {
    empty.close()
    journal.close()
  }
}

