import type { Command } from 'commander'
import { findProfile } from '#native/printer/profile.ts'
import { faultNames, parseFaults } from '#native/sim/printer/fault.ts'
import { startPrinterSim } from '#native/sim/printer/start.ts'
import { answer, globalsOf } from './answer.ts'
import { printerMessages } from './printer-messages.ts'
import { simPlaceFault } from './sim-place.ts'

interface SimOptions {
  readonly at: string
  readonly out?: string
  readonly fault?: string
  readonly profile: string
}

function isFault(text: string | undefined): boolean {
  try {
    parseFaults(text ?? null)
    return true
  } catch {
    return false
  }
}

async function run(options: SimOptions, command: Command): Promise<void> {
  const globals = globalsOf(command)
  const messages = printerMessages(globals.lang)
  const profile = findProfile(options.profile)
  const place = simPlaceFault(options.at, globals.lang)
  if (!profile || !isFault(options.fault) || place !== null) {
    const why = place ?? (profile ? messages.badFault(faultNames.join(' ')) : messages.badProfile(options.profile))
    process.stderr.write(`${why}\n`)
    process.exitCode = 2
    return
  }
  const paper = { widthDots: profile.dots, dpi: profile.dpi, outDir: options.out ?? null, fault: options.fault ?? null }
  const sim = await startPrinterSim({ at: options.at, ...paper }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
    return null
  })
  if (!sim) return
  answer({ ...globals, json: true }, { ready: true, address: sim.address }, '')
  await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve()))
  await sim.stop()
}

/** Adds `sim printer`; `sim` is made here when no other simulator made it before. */
export function registerSimPrinter(program: Command): void {
  const sim = program.commands.find((command) => command.name() === 'sim') ?? program.command('sim').description('thiết bị giả lập')
  sim
    .command('printer')
    .description('máy in giả lập: vẽ từng phiếu ra .png, giữ byte trong .bin')
    .requiredOption('--at <where>', 'pty:PATH hoặc tcp://HOST:PORT')
    .option('--out <dir>', 'thư mục ghi phiếu')
    .option('--profile <id>', 'khổ giấy của kiểu máy này', 'epson-tm-t82')
    .option('--fault <names>', `hỏng hóc, cách nhau bằng dấu phẩy: ${faultNames.join(' ')}`)
    .action(run)
}
