import type { Command } from 'commander'
import { parseLocal } from '#domain/local-time.ts'
import { buildScreens, screensAreStale } from './checkout.ts'

interface Options {
  readonly out: string
  readonly citizens: string
  readonly clock?: string
}

/** `motcua demo`: an office's day, end to end; exit 1 when an invariant fails. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('một ngày của bộ phận một cửa, từ đầu đến cuối, trên thiết bị giả lập')
    .option('--out <folder>', 'nơi để summary.json, ảnh màn hình và phiếu', 'out/demo')
    .option('--citizens <n>', 'số người dân sau người đầu tiên', '60')
    .option('--clock <time>', 'giờ bắt đầu của ngày mẫu, ví dụ 2026-11-23T09:00')
    .action(async (options: Options) => {
      const { json } = program.opts<{ json?: boolean }>()
      if (screensAreStale()) await buildScreens()
      const { runDemo } = await import('#main/demo/demo.ts')
      const summary = await runDemo({
        out: options.out,
        citizens: Number(options.citizens),
        clock: options.clock === undefined ? null : parseLocal(options.clock),
        say: (line) => process.stderr.write(`${line}\n`),
      })
      process.stdout.write(json ? `${JSON.stringify(summary)}\n` : humanSummary(summary.ok, summary.seconds, options.out, summary.problems))
      process.exitCode = summary.ok ? 0 : 1
    })
}

function humanSummary(ok: boolean, seconds: number, out: string, problems: readonly string[]): string {
  if (ok) return `Một ngày trọn vẹn trong ${seconds} giây: không số nào trùng, không việc nào mất. Xem ${out}/summary.json\n`
  return `Có điều không giữ được:\n${problems.map((problem) => `  ${problem}\n`).join('')}`
}
