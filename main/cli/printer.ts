import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import type { Command } from 'commander'
import { testSlip } from '#effects/slips/test-slip.ts'
import { encodeSlip, type Rendering } from '#native/printer/encode.ts'
import { missingLetters } from '#native/printer/glyphs.ts'
import type { PrintOutcome } from '#native/printer/job.ts'
import { reasonOf } from '#native/printer/link.ts'
import { openPrinter } from '#native/printer/printer.ts'
import { findSpeed, probePrinter } from '#native/printer/probe.ts'
import { findProfile, printerProfiles, type PrinterProfile } from '#native/printer/profile.ts'
import type { Slip } from '#native/printer/slip.ts'
import { statusOf, type PrinterStatus } from '#native/printer/status.ts'
import { drawJob } from '#native/sim/printer/draw.ts'
import { parseAddress } from '#native/transport/address.ts'
import { openTransport } from '#native/transport/open.ts'
import { listSerialPorts } from '#native/transport/serial-ports.ts'
import { lastingName } from '#native/transport/usb-id.ts'
import { answer, globalsOf, type CliGlobals } from './answer.ts'
import { printerMessages } from './printer-messages.ts'

interface Target {
  readonly to: string
}
interface PrintTarget extends Target {
  readonly profile: string
  readonly wait: string
  readonly cut?: boolean
  readonly png?: string
}

/** A mistake in what was typed: exit 2. */
class Misuse extends Error {}

function say(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = exitCode
}

/** Runs an action; wrong usage is exit 2 with a sentence, everything else is a bug and throws. */
async function perform(command: Command, action: (globals: CliGlobals) => Promise<void>): Promise<void> {
  try {
    await action(globalsOf(command))
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    say(error.message, 2)
  }
}

function checkAddress(to: string, { lang }: CliGlobals): void {
  try {
    parseAddress(to)
  } catch {
    throw new Misuse(printerMessages(lang).badAddress(to))
  }
}

function profileOf(id: string, { lang }: CliGlobals): PrinterProfile {
  const profile = findProfile(id)
  if (!profile) throw new Misuse(printerMessages(lang).badProfile(id))
  return profile
}

const exitCodes = { printed: 0, sent: 0, failed: 1, unknown: 3 } as const

function report(globals: CliGlobals, { outcome, bytes, reason }: PrintOutcome): void {
  const messages = printerMessages(globals.lang)
  const good = outcome === 'printed' || outcome === 'sent'
  if (globals.json) process.stdout.write(`${JSON.stringify({ outcome, bytes, reason })}\n`)
  else if (good) process.stdout.write(`${messages[outcome]}\n`)
  process.exitCode = exitCodes[outcome]
  if (!good) say(`${messages[outcome]} ${messages.reasons[reason] ?? ''}`.trimEnd(), exitCodes[outcome])
}

/** Prints a slip and says how it went. Ctrl C gives up: what already went out stays *unknown*. */
async function printSlip(slip: Slip, target: PrintTarget, globals: CliGlobals, rendering: Rendering | null): Promise<void> {
  checkAddress(target.to, globals)
  const profile = profileOf(target.profile, globals)
  const waitSeconds = Number(target.wait)
  if (!(waitSeconds >= 0) || target.wait.trim() === '') throw new Misuse(printerMessages(globals.lang).badWait)
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const printer = openPrinter({ address: target.to, profile, idlePollMs: 0, ...(rendering ? { rendering } : {}) })
  const outcome = await printer.print(slip, { jobId: randomUUID(), waitSeconds, signal: stop.signal })
  await printer.close()
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  report(globals, outcome)
}

async function printText(target: PrintTarget, globals: CliGlobals): Promise<void> {
  checkAddress(target.to, globals)
  profileOf(target.profile, globals)
  const input = (await readAll(process.stdin)).replace(/^\ufeff/, '').replace(/\r?\n$/, '')
  if (input === '') return report(globals, { outcome: 'failed', bytes: 0, reason: 'nothing-to-print' })
  const missing = missingLetters(input)
  if (missing.length > 0) process.stderr.write(`${printerMessages(globals.lang).missing(missing.slice(0, 20).join(' '))}\n`)
  const lines = input.split(/\r\n|\n|\r/).map((text) => ({ kind: 'text', text }) as const)
  await printSlip({ blocks: [...lines, ...(target.cut ? [{ kind: 'cut' } as const] : [])] }, target, globals, 'text')
}

function couldWrite(file: string, bytes: Uint8Array): boolean {
  try {
    writeFileSync(file, bytes)
    return true
  } catch {
    return false
  }
}

async function printTest(target: PrintTarget, globals: CliGlobals): Promise<void> {
  const profile = profileOf(target.profile, globals)
  checkAddress(target.to, globals)
  const slip = testSlip({ printerName: `${profile.vendor} ${profile.model}`, address: target.to.split('?')[0] ?? '', printedAt: Date.now() })
  if (target.png) {
    const rendering = target.to.startsWith('serial:') ? 'text' : 'designed'
    const { png } = drawJob(encodeSlip(slip, profile, rendering), profile.dots, profile.dpi)
    if (!couldWrite(target.png, png)) return say(printerMessages(globals.lang).badPng(target.png), 1)
  }
  await printSlip(slip, target, globals, null)
}

function statusText(status: PrinterStatus, { lang }: CliGlobals): string {
  const messages = printerMessages(lang)
  if (status.error) return messages.reasons[status.error] ?? status.error
  return status.paper === 'near-end' ? messages.nearEnd : messages.well
}

async function showStatus({ to }: Target, globals: CliGlobals): Promise<void> {
  checkAddress(to, globals)
  const profile = printerProfiles[0]
  if (!profile) throw new Error('no profiles')
  const printer = openPrinter({ address: to, profile, idlePollMs: 0 })
  const status = await printer.status()
  const trouble = printer.trouble()
  await printer.close()
  if (globals.json) process.stdout.write(`${JSON.stringify(status)}\n`)
  if (status.error === 'unreachable') return say(printerMessages(globals.lang).reasons[trouble ?? 'unreachable'] ?? statusText(status, globals), 1)
  if (!globals.json) process.stdout.write(`${statusText(status, globals)}\n`)
}

async function probe({ to }: Partial<Target>, globals: CliGlobals): Promise<void> {
  const messages = printerMessages(globals.lang)
  if (to === undefined) {
    const found = await listSerialPorts()
    const ports = found.map((port) => ({ address: `serial:${lastingName(port, found)}`, ...port }))
    return answer(globals, { ports }, ports.map((port) => `${port.address}  ${port.path} ${port.manufacturer ?? ''}`.trimEnd()).join('\n') || messages.noPorts)
  }
  checkAddress(to, globals)
  const transport = await openTransport(to).catch((error: unknown) => reasonOf(error))
  if (typeof transport === 'string') {
    if (globals.json) process.stdout.write(`${JSON.stringify({ reachable: false, reason: transport, answers: [], status: statusOf(null) })}\n`)
    return say(messages.reasons[transport] ?? messages.reasons['unreachable'] ?? transport, 1)
  }
  const facts = await probePrinter(transport)
  await transport.close()
  if (facts.answers.length === 0 && to.startsWith('serial:')) {
    const rightAddress = await findSpeed(to)
    if (rightAddress !== null) return answer(globals, { reachable: true, ...facts, rightAddress }, messages.rightSpeed(rightAddress))
    if (facts.garbled) return answer(globals, { reachable: true, ...facts }, messages.reasons['wrong-speed'] ?? '')
  }
  const name = [facts.vendor, facts.model].filter(Boolean).join(' ') || '?'
  answer(globals, { reachable: true, ...facts }, `${name}  --profile ${facts.profile ?? 'generic-80'}  ${facts.answers.join(' ')}\n${statusText(facts.status, globals)}`)
}

function listProfiles(globals: CliGlobals): void {
  const rows = printerProfiles.map(({ id, vendor, model, widthMm, columns, codePages }) => ({ id, vendor, model, widthMm, columns, codePages }))
  answer(globals, rows, rows.map((row) => `${row.id.padEnd(18)} ${row.vendor} ${row.model}, ${row.widthMm} mm, ${row.columns}`).join('\n'))
}

/** Adds `printer list-profiles | probe | status | text | test`. */
export function registerPrinterCommands(program: Command): void {
  const printer = program.command('printer').description('máy in nhiệt: kiểu máy, dò, trạng thái, in')
  const add = <T>(name: string, description: string, action: (options: T, globals: CliGlobals) => Promise<void>): Command =>
    printer.command(name).description(description).action((options: T, command: Command) => perform(command, (globals) => action(options, globals)))
  const address = ['--to <address>', 'serial:/dev/ttyUSB0?baud=9600, tcp://host:9100 hoặc file:PATH'] as const
  const printing = (command: Command): Command =>
    command
      .requiredOption(...address)
      .requiredOption('--profile <id>', 'kiểu máy, xem list-profiles')
      .option('--wait <seconds>', 'chờ giấy hoặc nắp bao lâu', '10')
  add('list-profiles', 'các kiểu máy đã biết', (_: unknown, globals) => Promise.resolve(listProfiles(globals)))
  add<Partial<Target>>('probe', 'hỏi máy in là máy gì; không có --to thì liệt kê cổng', probe).option(...address)
  add<Target>('status', 'giấy, nắp, lỗi', showStatus).requiredOption(...address)
  printing(add<PrintTarget>('text', 'in các dòng UTF-8 đọc từ stdin', printText)).option('--cut', 'cắt giấy sau khi in')
  printing(add<PrintTarget>('test', 'in phiếu thử', printTest)).option('--png <file>', 'vẽ phiếu ra tệp PNG')
}
