import { Option, type Command } from 'commander'
import { dialects } from '#native/sim/ecr/dialect.ts'
import { faultNames, parseFaults } from '#native/sim/ecr/fault.ts'
import { startEcrSim } from '#native/sim/ecr/start.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'
import { simPlaceFault } from './sim-place.ts'

interface SimOptions {
  readonly at: string
  readonly bank: string
  readonly dialect: string
  readonly fault: string
  readonly think: string
}

const texts = {
  vi: { fault: (names: string) => `--fault nhận: ${names}`, think: '--think là số mili giây, từ 0.', bank: (path: string) => `Chưa dùng được tệp ngân hàng "${path}". Mời xem đường dẫn và quyền ghi.` },
  en: { fault: (names: string) => `--fault takes: ${names}`, think: '--think is a number of milliseconds, from 0.', bank: (path: string) => `The bank file "${path}" can't be used. Check path and permissions.` },
} as const

const faultText = `Hỏng hóc, cách nhau bằng dấu phẩy; số lần, số byte hay mili giây, sau đó máy chạy bình thường:
  cut-in=BYTES, cut-out=BYTES  đứt dây sau số byte nhận được, gửi đi
  power-loss=BYTES             mất điện sau số byte của cả hai chiều, 1,5 giây sau có lại
  nak=FRAMES                   từ chối (NAK) những lệnh đầu
  drop-ack=COUNT               nhận lệnh nhưng không xác nhận
  bad-lrc=COUNT                những câu trả lời đầu sai LRC
  late=MS                      ngân hàng trả lời chậm
  declined                     ngân hàng từ chối
  amount-mismatch              trừ và báo nhiều hơn 1.000
  other-reference              trả lời với mã giao dịch khác
  duplicate, garbage           trả lời hai lần; nhiễu trước câu trả lời
  no-answer, no-inquiry        không trả lời gì; không có chức năng tra giao dịch`

function isFault(text: string): boolean {
  try {
    parseFaults(text)
    return true
  } catch {
    return false
  }
}

/** `motcua sim ecr`; `sim` is made here when no other simulator made it before. */
export function registerSimEcr(program: Command): void {
  const sim = program.commands.find((one) => one.name() === 'sim') ?? program.command('sim').description('thiết bị giả lập')
  sim
    .command('ecr')
    .description('máy POS ngân hàng giả lập, giao thức ECR; những gì đã trừ tiền nằm trong tệp ngân hàng')
    .requiredOption('--at <where>', 'pty:PATH hoặc tcp://HOST:PORT')
    .option('--bank <file>', 'tệp của ngân hàng, mỗi dòng một giao dịch', 'ecr-bank.jsonl')
    .addOption(new Option('--dialect <name>', 'cách nói của ngân hàng').choices(Object.keys(dialects)).default('generic'))
    .option('--think <ms>', 'khách đưa thẻ và ngân hàng trả lời trong bao lâu', '300')
    .option('--fault <names>', 'hỏng hóc, xem dưới', '')
    .addHelpText('after', `\n${faultText}`)
    .action(async (options: SimOptions, command: Command) => {
      const globals = globalsOf(command)
      const text = texts[globals.lang]
      const place = simPlaceFault(options.at, globals.lang)
      if (place !== null) misuse(command, place)
      if (!isFault(options.fault)) misuse(command, text.fault(faultNames.join(' ')))
      if (!/^\d+$/.test(options.think)) misuse(command, text.think)
      const { at, bank, dialect, fault, think } = options
      const running = await startEcrSim({ at, bankFile: bank, fault, thinkMs: Number(think), ...(dialects[dialect] ? { dialect: dialects[dialect] } : {}) }).catch((error: unknown) => {
        const isFile = error instanceof SyntaxError || (error instanceof Error && 'path' in error && error.path === bank)
        return refuse(isFile ? text.bank(bank) : String(error instanceof Error ? error.message : error))
      })
      answer({ ...globals, json: true }, { ready: true, address: running.address }, '')
      await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve()))
      await running.stop()
    })
}
