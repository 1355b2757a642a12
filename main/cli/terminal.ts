import { Option, type Command } from 'commander'
import { formatMoney } from '#domain/money.ts'
import { terminalProtocols } from '#native/terminal/open.ts'
import type { ChargeOptions, ChargeResult } from '#native/terminal/port.ts'
import { misuse } from './answer.ts'
import { asking, contextOf, terminalName, withJournal, type Context, type Target } from './terminal-context.ts'
import { closeDay } from './terminal-day.ts'
import type { Intent } from './terminal-journal.ts'
import { complain, exitCodes, fail, report, reportDay, showSlip, writeLine } from './terminal-report.ts'
import { decide, perform, recoverAll, resultOf } from './terminal-sale.ts'

interface Journalled extends Target {
  readonly journal: string
}
interface Payment extends Journalled {
  readonly amount: string
  readonly reference: string
  readonly qr?: true
}
interface Recovery extends Journalled {
  readonly reference?: string
  readonly decided?: 'approved' | 'declined'
}
interface Voiding extends Target {
  readonly receipt: string
  readonly journal?: string
}
interface Day extends Target {
  readonly journal?: string
}

/** What people at a counter see while a payment runs. */
function watching({ globals, messages, signal }: Context): Pick<ChargeOptions, 'onProgress' | 'onSlip' | 'signal'> {
  if (globals.json) return { signal }
  return { signal, onSlip: showSlip, onProgress: (key) => complain(messages.progress[key] ?? messages.progress['please-wait'] ?? key) }
}

function intentOf(op: 'sale' | 'refund', { amount, exponent, reference, to, qr }: Payment, { messages }: Context, command: Command): Intent {
  if (!/^[1-9]\d*$/.test(amount) || amount.length + Number(exponent) > 12) misuse(command, messages.badAmount)
  if (!/^[\x21-\x7e]{1,20}$/.test(reference)) misuse(command, messages.badReference)
  return { op, reference, amount: Number(amount), terminal: terminalName(to), at: Date.now(), receipt: null, ...(qr ? { qr } : {}) }
}

/** A terminal says by itself, before anything is sent to it, whether it sells by QR code. */
async function sellsByQr(context: Context): Promise<boolean> {
  const terminal = await context.open()
  await terminal.close()
  return terminal.chargeQr !== undefined
}

async function pay(op: 'sale' | 'refund', options: Payment, command: Command): Promise<void> {
  const context = contextOf(options, command)
  const { globals, messages } = context
  const intent = intentOf(op, options, context, command)
  if (intent.qr && !(await sellsByQr(context))) misuse(command, messages.noQr)
  const result = await withJournal(options.journal, messages, (journal) => {
    const known = journal.find(intent.reference)
    if (known && (known.intent.amount !== intent.amount || known.intent.op !== op || known.intent.qr !== intent.qr)) misuse(command, messages.otherAmount(formatMoney(known.intent.amount)))
    return perform(journal, context.open, intent, watching(context))
  })
  report(globals, result, op)
  process.exitCode = exitCodes[result.outcome]
}

async function recover(options: Recovery, command: Command): Promise<void> {
  const context = contextOf(options, command)
  const { globals, messages } = context
  const { decided, reference } = options
  if (decided && reference === undefined) misuse(command, messages.decidedNeedsReference)
  const { results, left } = await withJournal(options.journal, messages, async (journal) => {
    const entry = journal.unresolved().find(({ intent }) => intent.reference === reference)
    if (decided && !entry) misuse(command, messages.notInJournal(reference ?? ''))
    const ended = decided && entry ? [decide(journal, entry, decided)] : await recoverAll(journal, context.open, context.signal)
    const opOf = (result: ChargeResult): Intent['op'] => journal.find(result.reference)?.intent.op ?? 'sale'
    return { results: ended.map((result) => ({ result, op: opOf(result) })), left: journal.unresolved().length }
  })
  for (const { result, op } of results) report(globals, result, op)
  if (results.length === 0 && !globals.json) writeLine(messages.nothingUnknown)
  process.exitCode = left === 0 ? 0 : 3
}

async function undo(options: Voiding, command: Command): Promise<void> {
  const context = contextOf(options, command)
  const { receipt, journal: file, to } = options
  if (!/^\d{1,6}$/.test(receipt)) misuse(command, context.messages.badReceipt)
  const result = file === undefined ? await undoUnrecorded(receipt, context) : await withJournal(file, context.messages, (journal) => {
    const at = Date.now()
    // a void is sent again under its old reference while nobody knows how it ended
    const open = journal.unresolved().find(({ intent }) => intent.op === 'void' && Number(intent.receipt) === Number(receipt))
    if (open) return recoverAll(journal, context.open, context.signal).then((results) => results.find(({ reference }) => reference === open.intent.reference) ?? resultOf(open))
    return perform(journal, context.open, { op: 'void', reference: `void-${receipt}-${at.toString(36)}`, amount: 0, terminal: terminalName(to), at, receipt }, watching(context))
  })
  report(context.globals, result, 'void')
  process.exitCode = exitCodes[result.outcome]
}

async function undoUnrecorded(receipt: string, context: Context): Promise<ChargeResult> {
  const asked = await asking(context, (terminal) => terminal.void(receipt, { ...watching(context), record: () => undefined }))
  if ('answer' in asked) return asked.answer
  const details = { receipt, trace: null, approval: null, card: null, maskedPan: null, terminalId: null }
  return { outcome: 'declined', reference: '', amount: 0, details, reason: { key: asked.failure, code: null } }
}

async function last(target: Target, command: Command): Promise<void> {
  const context = contextOf(target, command)
  const { globals, messages } = context
  const asked = await asking(context, (terminal) => terminal.last())
  if ('answer' in asked && asked.answer) return report(globals, asked.answer)
  const failure = 'failure' in asked ? asked.failure : null
  if (globals.json) writeLine(JSON.stringify({ outcome: null, amount: null, reference: null, receipt: null, trace: null, reason: failure ?? 'no-transaction', code: null }))
  if (failure) return fail(messages.reasons[failure])
  if (!globals.json) writeLine(messages.noTransaction)
}

async function status(target: Target, command: Command): Promise<void> {
  const context = contextOf(target, command)
  const { globals, messages } = context
  const asked = await asking(context, (terminal) => terminal.status())
  const answer = 'answer' in asked ? asked.answer : { ready: false, state: asked.failure, code: null, firmware: null }
  if (globals.json) writeLine(JSON.stringify(answer))
  const reasons: Readonly<Record<string, string>> = messages.reasons
  const sentence = messages.states[answer.state] ?? reasons[answer.state] ?? messages.reasons['not-ready']
  if ('failure' in asked) return fail(sentence)
  if (!globals.json) writeLine([sentence, answer.ready || answer.code === null ? '' : messages.code(answer.code)].join(' ').trimEnd())
}

async function endOfDay(options: Day, command: Command): Promise<void> {
  const context = contextOf(options, command)
  const { globals, messages } = context
  const close = () => asking(context, (terminal) => terminal.endOfDay(watching(context)))
  const { closed, journal } = options.journal === undefined
    ? { closed: await close(), journal: null }
    : await withJournal(options.journal, messages, (file) => closeDay(file, terminalName(options.to), close))
  if ('failure' in closed) {
    if (globals.json) writeLine(JSON.stringify({ closed: false, reason: closed.failure }))
    return fail(messages.reasons[closed.failure])
  }
  reportDay(globals, closed.answer, journal)
}

/** Adds `terminal pay | recover | void | refund | last | status | end-of-day`. */
export function registerTerminal(program: Command): void {
  const terminal = program.command('terminal').description('máy cà thẻ: thu, hỏi lại, hủy, hoàn, kết sổ')
  const add = (name: string, description: string): Command =>
    terminal
      .command(name)
      .description(description)
      .addOption(new Option('--protocol <name>', 'máy nói tiếng gì').choices(terminalProtocols).makeOptionMandatory())
      .requiredOption('--to <address>', 'serial:/dev/ttyUSB0?baud=9600 hoặc tcp://host:20007')
      .addOption(new Option('--exponent <n>', 'số chữ số lẻ của đồng trên máy này').choices(['0', '2']).default('0'))
      .option('--profile <id>', 'hồ sơ máy; không có thì dùng generic')
      .option('--password <digits>', 'mật khẩu ZVT, sáu chữ số; không có thì của hồ sơ')
  const journal = ['--journal <file>', 'tệp nhật ký: ghi ý định trước khi gửi, kết quả trước khi xác nhận'] as const
  const payment = (command: Command): Command =>
    command.requiredOption('--amount <dong>', 'số đồng').requiredOption('--reference <ref>', 'mã tham chiếu, mỗi lần thu một mã').requiredOption(...journal)
  payment(add('pay', 'thu một khoản, mỗi mã tham chiếu một lần'))
    .option('--qr', 'máy hiện mã QR, người trả quét bằng ứng dụng ngân hàng, thay cho thẻ')
    .action((options: Payment, command: Command) => pay('sale', options, command))
  payment(add('refund', 'hoàn tiền vào thẻ')).action((options: Payment, command: Command) => pay('refund', options, command))
  add('recover', 'hỏi máy về các khoản chưa rõ trong tệp; không bao giờ thu lại')
    .requiredOption(...journal)
    .option('--reference <ref>', 'chỉ khoản này, cùng với --decided')
    .addOption(new Option('--decided <outcome>', 'người xem biên lai của máy quyết định').choices(['approved', 'declined']))
    .action(recover)
  add('void', 'hủy giao dịch có số biên lai này, và chỉ giao dịch đó').requiredOption('--receipt <n>', 'số biên lai của máy').option(...journal).action(undo)
  add('last', 'giao dịch cuối của máy').action(last)
  add('status', 'máy có sẵn sàng không').action(status)
  add('end-of-day', 'kết sổ; có --journal thì đối chiếu').option(...journal).action(endOfDay)
}
