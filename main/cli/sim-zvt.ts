import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { faultNames, parseFaults } from '#native/sim/zvt/fault.ts'
import { startZvtSim } from '#native/sim/zvt/start.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'
import { simPlaceFault } from './sim-place.ts'
import { terminalMessages } from './terminal-messages.ts'

interface SimOptions {
  readonly at: string
  readonly bank?: string
  readonly fault?: string
  readonly citizen: string
}

const helpOfFaults = `
Hỏng hóc (--fault, cách nhau bằng dấu phẩy):
  cut-in=BYTES, cut-out=BYTES  đứt dây một lần, sau chừng ấy byte đi vào hoặc đi ra
  power-loss=BYTES             mất điện một lần, nửa giây sau có lại
  nak=FRAMES                   từ chối chừng ấy khung (chỉ trên dây nối tiếp)
  drop-ack=COUNT               nuốt chừng ấy ACK (chỉ trên dây nối tiếp)
  garbage                      rác trước mỗi khung (chỉ trên dây nối tiếp)
  duplicate                    gửi mỗi điều hai lần
  late=MS                      ngân hàng trả lời muộn
  declined                     ngân hàng từ chối
  amount-mismatch              thu thêm 1.000 so với số được yêu cầu
  no-answer                    không nói gì`

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
  const place = simPlaceFault(options.at, globals.lang)
  if (place !== null) misuse(command, place)
  if (!isFault(options.fault) || !/^\d+$/.test(options.citizen)) misuse(command, terminalMessages(globals.lang).badFault(faultNames.join(' ')))
  const bankFile = options.bank ?? join(tmpdir(), `motcua-sim-zvt-${options.at.replaceAll(/[^\w.-]+/g, '_')}.jsonl`)
  const settings = { at: options.at, bankFile, fault: options.fault ?? null, citizenMs: Number(options.citizen) }
  const sim = await startZvtSim(settings).catch((error: unknown) => refuse(error instanceof Error ? error.message : String(error)))
  answer({ ...globals, json: true }, { ready: true, address: sim.address, bank: bankFile }, '')
  await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve()))
  await sim.stop()
}

/** Adds `sim zvt`; `sim` is made here when no other simulator made it before. */
export function registerSimZvt(program: Command): void {
  const sim = program.commands.find((command) => command.name() === 'sim') ?? program.command('sim').description('thiết bị giả lập')
  sim
    .command('zvt')
    .description('máy cà thẻ ZVT giả lập, với một ngân hàng nhớ được những gì đã thu thật')
    .requiredOption('--at <where>', 'pty:PATH hoặc tcp://HOST:PORT')
    .option('--bank <file>', 'tệp của ngân hàng; không có thì nằm trong thư mục tạm')
    .option('--citizen <ms>', 'người trả mất bao lâu để đưa thẻ', '300')
    .option('--fault <names>', 'hỏng hóc, xem dưới đây')
    .addHelpText('after', helpOfFaults)
    .action(run)
}
