import { writeFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { formatDateVi, localDay } from '#domain/local-time.ts'
import { keyFromCan, keyFromFields, keyFromMrz, type AccessKey, type KeyProblem } from '#native/reader/chip/access/access-key.ts'
import { loadCsca } from '#native/reader/chip/authenticity/csca.ts'
import type { Verdict } from '#native/reader/chip/authenticity/passive.ts'
import { ChipError } from '#native/reader/chip/chip-error.ts'
import { chipReaderKinds, openChipReader, type ChipReaderKind } from '#native/reader/chip/open-reader.ts'
import { readChip, type ChipProgress, type ChipRead, type ChipRequest } from '#native/reader/chip/read-chip.ts'
import { parseAddress } from '#native/transport/address.ts'
import { TransportError } from '#native/transport/transport.ts'
import { answer, globalsOf, misuse, refuse, type CliGlobals } from './answer.ts'
import { readerChipMessages } from './reader-chip-messages.ts'

interface ChipOptions {
  readonly reader: ChipReaderKind
  readonly to?: string
  readonly mrz?: string
  readonly document?: string
  readonly birth?: string
  readonly expiry?: string
  readonly can?: string
  readonly csca?: string
  readonly photo?: string
  readonly timeout: string
}

type Messages = ReturnType<typeof readerChipMessages>

/** The one way of the three that was given; null when none or several were. */
function keyOf({ mrz, document, birth, expiry, can }: ChipOptions): AccessKey | KeyProblem | null {
  const fields = [document, birth, expiry]
  const ways = [mrz !== undefined, fields.some((one) => one !== undefined), can !== undefined].filter(Boolean).length
  if (ways !== 1) return null
  if (mrz !== undefined) return keyFromMrz(mrz)
  if (can !== undefined) return keyFromCan(can)
  return fields.every((one) => one !== undefined) ? keyFromFields(document ?? '', birth ?? '', expiry ?? '') : null
}

/** A zone that contradicts itself is a refusal like any wrong zone; the rest of what can be wrong here is wrong usage. */
function keyOrEnd(options: ChipOptions, command: Command, messages: Messages): AccessKey {
  const key = keyOf(options) ?? misuse(command, messages.oneKey)
  if (typeof key !== 'string') return key
  return key === 'mrz-check-digit' ? refuse(messages.key[key]) : misuse(command, messages.key[key])
}

function checkAddress({ reader, to }: ChipOptions, command: Command, messages: Messages): void {
  if (reader === 'pcsc') return
  if (to === undefined) misuse(command, messages.noAddress)
  try {
    if (parseAddress(to).scheme === 'file') misuse(command, messages.badAddress(to))
  } catch (error) {
    if (error instanceof TransportError) misuse(command, messages.badAddress(to))
    throw error
  }
}

function trusted(folder: string | undefined, messages: Messages): ChipRequest['csca'] {
  if (folder === undefined) return null
  let found: ReturnType<typeof loadCsca>
  try {
    found = loadCsca(folder)
  } catch {
    return refuse(messages.noFolder(folder))
  }
  if (found.unreadable.length > 0) process.stderr.write(`${messages.notCertificates(found.unreadable.join(', '))}\n`)
  return found.certificates.length > 0 ? found.certificates : refuse(messages.emptyFolder(folder))
}

/** The message of a failed reading, with the status word or address that a technician may be asked for. */
function explain(error: unknown, messages: Messages): string {
  if (error instanceof TransportError) return `${messages.transport[error.code]} (${error.address})`
  if (!(error instanceof ChipError)) throw error
  return `${messages.chip[error.code]}${error.detail === '' ? '' : ` (${error.detail})`}`
}

function teller(messages: Messages): (progress: ChipProgress) => void {
  let told = false
  return ({ kind }) => {
    if (kind === 'again' || (kind === 'waiting' && !told)) process.stderr.write(`${kind === 'again' ? messages.again : messages.lay}\n`)
    told = true
  }
}

async function read(options: ChipOptions, request: Omit<ChipRequest, 'signal' | 'onProgress'>, messages: Messages): Promise<ChipRead> {
  const stopped = new AbortController()
  const stop = (): void => stopped.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const reader = await openChipReader(options.reader, options.to ?? '', { signal: stopped.signal })
    stopped.signal.addEventListener('abort', () => void reader.close(), { once: true })
    try {
      return await readChip(reader, { ...request, signal: stopped.signal, onProgress: teller(messages) })
    } finally {
      await reader.close()
    }
  } catch (error) {
    return refuse(stopped.signal.aborted ? messages.transport.closed : explain(error, messages))
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

const reasonCode = ({ reason, dataGroup }: Verdict): string | null => (reason === null || dataGroup === null ? reason : `${reason}: DG${dataGroup}`)

function verdictText(verdict: Verdict, messages: Messages): string {
  if (verdict.reason === null) return messages.verified
  const why = `${messages.reasons[verdict.reason]}${verdict.dataGroup === null ? '' : ` (DG${verdict.dataGroup}).`}`
  return `${verdict.authentic === 'failed' ? messages.failed : messages.notVerified} ${why}`
}

const dayText = (day: string | null): string => (day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? formatDateVi(day) : (day ?? ''))

function forPeople({ dg1, dg13, verdict }: ChipRead, messages: Messages): string {
  const { fields } = messages
  const rows: readonly (readonly [string, string | null])[] = [
    [fields.number, dg13?.number ?? dg1.documentNumber],
    [fields.name, dg13?.fullName ?? `${dg1.surname} ${dg1.givenNames}`],
    [fields.dob, dayText(dg13?.dob ?? dg1.dob)],
    [fields.sex, dg13?.sex ?? dg1.sex],
    [fields.residence, dg13?.residence ?? null],
    [fields.expiry, dayText(dg13?.expiry ?? dg1.expiry)],
  ]
  const lines = rows.filter(([, value]) => value).map(([name, value]) => `${name.padEnd(16)}  ${value}`)
  return [...lines, verdictText(verdict, messages)].join('\n')
}

/** The photo is for its owner's eyes: nobody else may read the file. A chip that doesn't give one is exit 1, with what it did give on stdout. */
function savePhoto(file: string, { photo }: ChipRead, messages: Messages): void {
  if (photo === null) {
    process.exitCode = 1
    process.stderr.write(`${messages.noPhoto}\n`)
    return
  }
  try {
    writeFileSync(file, photo.bytes, { mode: 0o600 })
  } catch {
    refuse(messages.noPhotoFile(file))
  }
  process.stderr.write(`${messages.photo(file, photo.format)}\n`)
}

async function run(options: ChipOptions, command: Command, globals: CliGlobals): Promise<void> {
  const messages = readerChipMessages(globals.lang)
  const seconds = Number(options.timeout)
  if (!(seconds >= 1 && seconds <= 600)) misuse(command, messages.badSeconds)
  checkAddress(options, command, messages)
  const key = keyOrEnd(options, command, messages)
  const csca = trusted(options.csca, messages)
  const today = localDay(Date.now())
  const chip = await read(options, { key, csca, photo: options.photo !== undefined, today, waitMs: seconds * 1_000 }, messages)
  if (options.photo !== undefined) savePhoto(options.photo, chip, messages)
  const { dg1, dg13, verdict } = chip
  answer(globals, { dg1, dg13, authentic: verdict.authentic, reason: reasonCode(verdict) }, forPeople(chip, messages))
  if (globals.json && verdict.authentic !== 'verified') process.stderr.write(`${verdictText(verdict, messages)}\n`)
}

/** `motcua reader chip`, under the command that `registerReader` made. Nothing that was read is kept or logged. */
export function registerReaderChip(reader: Command): void {
  reader
    .command('chip')
    .description('đọc chíp thẻ căn cước qua đầu đọc không tiếp xúc')
    .addOption(new Option('--reader <kind>', 'loại đầu đọc').choices([...chipReaderKinds]).makeOptionMandatory())
    .option('--to <address>', 'serial:… hoặc tcp://…; với pcsc: một phần tên đầu đọc, bỏ trống là đầu đọc đầu tiên')
    .option('--mrz <text>', 'ba dòng mặt sau thẻ viết liền, 90 ký tự')
    .option('--document <number>', 'số định danh, cùng với --birth và --expiry')
    .option('--birth <yymmdd>', 'ngày sinh')
    .option('--expiry <yymmdd>', 'ngày hết hạn')
    .option('--can <digits>', 'sáu chữ số ở mặt trước thẻ')
    .option('--csca <dir>', 'thư mục chứng thư CSCA để xác thực')
    .option('--photo <file>', 'ghi ảnh trong chíp vào tệp này')
    .option('--timeout <seconds>', 'chờ thẻ bao lâu', '20')
    .action((options: ChipOptions, command: Command) => run(options, command, globalsOf(command)))
}
