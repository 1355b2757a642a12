import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { Option, type Command } from 'commander'
import { simCards } from '#native/sim/scanner/cards.ts'
import { SimPortError } from '#native/sim/scanner/port.ts'
import { scannerFaults, startScannerSim, suffixes, type ScannerFault, type ScannerSim, type SuffixName } from '#native/sim/scanner/scanner-sim.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'
import { simPlaceFault } from './sim-place.ts'

interface SimOptions {
  readonly at: string
  readonly text?: readonly string[]
  readonly card?: string
  readonly mrz?: boolean
  readonly suffix: SuffixName
  readonly fault?: ScannerFault
  readonly chunks: string
  readonly every?: string
}

/** The texts to send by themselves: `--text`, or the card (its QR, or its three lines with `--mrz`). */
function textsOf(command: Command, options: SimOptions): readonly string[] {
  if (options.card === undefined) return options.text ?? []
  const card = simCards[Number(options.card) - 1] ?? misuse(command, `--card 1…${simCards.length}`)
  return [...(options.text ?? []), ...(options.mrz === true ? card.mrz : [card.qr])]
}

/** Sends what is to be sent: once a reader is there, again every so often when asked, and each line of stdin. */
function feed(sim: ScannerSim, texts: readonly string[], options: SimOptions): void {
  let turn: Promise<void> = Promise.resolve()
  const send = (text: string) => {
    turn = turn.then(() => sim.scan(text, { suffix: options.suffix, chunks: Number(options.chunks), fault: options.fault ?? null }))
  }
  if (texts.length > 0) {
    // Opening a port flushes what is already there: give the reader a moment.
    sim.onReader(() => void delay(300).then(() => texts.forEach(send)))
    if (options.every !== undefined) setInterval(() => texts.forEach(send), Number(options.every) * 1000)
  }
  createInterface({ input: process.stdin }).on('line', (line) => {
    const card = /^card (\d+)$/.exec(line)
    send(card === null ? line : (simCards[Number(card[1]) - 1]?.qr ?? line))
  })
}

/** `motcua sim scanner`; `sim` is made here when no other simulator made it before. */
export function registerSimScanner(program: Command): void {
  const sim = program.commands.find((one) => one.name() === 'sim') ?? program.command('sim').description('thiết bị giả lập')
  sim
    .command('scanner')
    .description('máy quét giả lập: gửi từng dòng của stdin; "card 2" gửi mã của thẻ mẫu 2')
    .requiredOption('--at <where>', 'pty:PATH hoặc tcp://HOST:PORT')
    .option('--text <text...>', 'gửi khi có máy đọc')
    .option('--card <n>', `gửi mã QR của thẻ mẫu 1–${simCards.length}`)
    .option('--mrz', 'gửi ba dòng mặt sau thay cho mã QR')
    .option('--every <seconds>', 'gửi lại sau mỗi khoảng này')
    .addOption(new Option('--suffix <name>').choices(Object.keys(suffixes)).default('cr'))
    .addOption(new Option('--fault <name>').choices([...scannerFaults]))
    .option('--chunks <n>', 'chia mỗi dòng thành số mảnh này', '1')
    .action(async (options: SimOptions, command: Command) => {
      const globals = globalsOf(command)
      const texts = textsOf(command, options)
      const fault = simPlaceFault(options.at, globals.lang)
      if (fault !== null) misuse(command, fault)
      const running = await startScannerSim({ at: options.at }).catch((error: unknown) =>
        error instanceof SimPortError ? refuse(error.message) : Promise.reject(error),
      )
      answer({ ...globals, json: true }, { ready: true, address: running.address }, '')
      feed(running, texts, options)
      await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
      process.stdin.destroy()
      await running.stop()
      process.exit(0)
    })
}
