import { Option, type Command } from 'commander'
import { chipFaults, parseChipFaults, type ChipFault } from '#native/sim/chip-reader/fault.ts'
import { signatureKinds, type SignatureKind } from '#native/sim/chip-reader/issuer.ts'
import { simReaders, startChipReaderSim, type SimReader } from '#native/sim/chip-reader/start.ts'
import { simCards } from '#native/sim/scanner/cards.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'
import { readerChipMessages } from './reader-chip-messages.ts'
import { simPlaceFault } from './sim-place.ts'

interface SimOptions {
  readonly at: string
  readonly reader: SimReader
  readonly card: string
  readonly csca?: string
  readonly access: 'pace' | 'bac'
  readonly signature: SignatureKind
  readonly fault?: string
}

function faultsOf(text: string | undefined): ReadonlySet<ChipFault> | null {
  try {
    return parseChipFaults(text ?? '')
  } catch {
    return null
  }
}

async function run(options: SimOptions, command: Command): Promise<void> {
  const globals = globalsOf(command)
  const messages = readerChipMessages(globals.lang)
  const place = simPlaceFault(options.at, globals.lang)
  if (place !== null) misuse(command, place)
  const faults = faultsOf(options.fault) ?? misuse(command, messages.badFault(chipFaults.join(' ')))
  const person = Number(options.card)
  if (simCards[person - 1] === undefined) misuse(command, messages.badPerson(simCards.length))
  const { at, reader, signature, access } = options
  const sim = await startChipReaderSim({ at, reader, person, signature, faults, pace: access === 'pace', cscaFolder: options.csca ?? null }).catch((error: unknown) =>
    refuse(error instanceof Error ? error.message : String(error)),
  )
  answer({ ...globals, json: true }, { ready: true, address: sim.address, mrz: sim.mrz, can: sim.can }, '')
  await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve()))
  await sim.stop()
}

/** Adds `sim chip-reader`; the person on the card is invented, so what opens it may be printed. */
export function registerSimChipReader(program: Command): void {
  const sim = program.commands.find((command) => command.name() === 'sim') ?? program.command('sim').description('thiết bị giả lập')
  sim
    .command('chip-reader')
    .description('đầu đọc chíp giả lập, trên đó có một thẻ căn cước giả lập')
    .requiredOption('--at <where>', 'pty:PATH hoặc tcp://HOST:PORT')
    .addOption(new Option('--reader <kind>', 'loại đầu đọc').choices(Object.keys(simReaders)).default('acr122s'))
    .option('--card <n>', `thẻ mẫu 1–${simCards.length}`, '1')
    .option('--csca <dir>', 'ghi chứng thư CSCA giả lập vào thư mục này, để dùng với reader chip --csca')
    .addOption(new Option('--access <kind>', 'bac: thẻ chỉ có BAC').choices(['pace', 'bac']).default('pace'))
    .addOption(new Option('--signature <kind>', 'cách ký').choices([...signatureKinds]).default('ecdsa'))
    .option('--fault <names>', `hỏng hóc, cách nhau bằng dấu phẩy: ${chipFaults.join(' ')}`)
    .action(run)
}
