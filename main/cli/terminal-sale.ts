import { TerminalError, type CardTerminal, type ChargeOptions, type ChargeResult } from '#native/terminal/port.ts'
import type { TerminalReason } from '#native/terminal/reason.ts'
import { JournalFailed, type Entry, type Intent, type TerminalJournal } from './terminal-journal.ts'

const nothing = { receipt: null, trace: null, approval: null, card: null, maskedPan: null, terminalId: null }

/** An outcome that nobody but us states. */
export function ownResult(intent: Pick<Intent, 'reference' | 'amount'>, outcome: 'declined' | 'unknown', key: TerminalReason): ChargeResult {
  return { outcome, reference: intent.reference, amount: intent.amount, details: nothing, reason: { key, code: null } }
}

/** What the file says of a reference: its end, else `unknown`. */
export function resultOf({ intent, said, ended }: Entry): ChargeResult {
  return ended ?? { ...ownResult(intent, 'unknown', 'unresolved'), details: said?.details ?? nothing }
}

/** Was sent nothing that can move money: the intent stands alone, or its end says so. */
const neverAsked = (entry: Entry): boolean => entry.asked === null

/** Opens the terminal; what it says of a payment that nobody waits for goes to `onOrphan`. */
type Open = (onOrphan: (orphan: ChargeResult) => void) => Promise<CardTerminal>

const keepOrphan = (journal: TerminalJournal) => (orphan: ChargeResult): void => journal.append({ kind: 'orphan', reference: orphan.reference, result: orphan })

type Ask = Pick<ChargeOptions, 'onProgress' | 'onSlip' | 'signal'>

/**
 * One sale, refund or void, once a reference: a reference that the file knows is answered from it and sends nothing. The order is intent → terminal
 * opened and asked for its last receipt → `asked` → the sale → `said` → confirmation → `ended`; a death in between leaves what `recoverAll` needs.
 * A terminal that can't be reached is `declined`, and the reference may be used again. Throws `JournalFailed` when nothing was sent because of the file.
 */
export async function perform(journal: TerminalJournal, open: Open, intent: Intent, ask: Ask = {}): Promise<ChargeResult> {
  const known = journal.find(intent.reference)
  if (known && !neverAsked(known)) return resultOf(known)
  settleNeverAsked(journal)
  if (intent.op !== 'void' && journal.unresolved().some((entry) => entry.intent.terminal === intent.terminal)) return ownResult(intent, 'declined', 'unresolved')
  journal.append({ kind: 'intent', ...intent })
  let terminal: CardTerminal | null = null
  try {
    terminal = await open(keepOrphan(journal))
    const last = await lastOf(terminal)
    const lastReceipt = last?.details.receipt ?? null
    journal.append({ kind: 'asked', reference: intent.reference, lastReceipt, terminalId: last?.details.terminalId ?? null })
    return end(journal, await charge(journal, terminal, intent, lastReceipt, ask))
  } catch (error) {
    if (error instanceof TerminalError) return end(journal, ownResult(intent, 'declined', error.code))
    if (error instanceof JournalFailed && journal.find(intent.reference)?.asked) return ownResult(intent, 'unknown', 'not-stored')
    throw error
  } finally {
    await terminal?.close()
  }
}

/** Null also where the terminal has no such question: recovery then asks by our own reference, or leaves it to a person. */
async function lastOf(terminal: CardTerminal): Promise<ChargeResult | null> {
  return terminal.last().catch((error: unknown) => {
    if (error instanceof TerminalError && (error.code === 'unsupported' || error.code === 'refused')) return null
    throw error
  })
}

function charge(journal: TerminalJournal, terminal: CardTerminal, intent: Intent, lastReceipt: string | null, ask: Ask): Promise<ChargeResult> {
  const { op, qr, reference, amount, at, receipt } = intent
  const asked = { reference, amount, at, lastReceipt }
  const options = { ...ask, record: (result: ChargeResult) => journal.append({ kind: 'said', reference, result: { ...result, reference } }) }
  if (op === 'void') return terminal.void(receipt ?? '', options).then((result) => ({ ...result, reference }))
  if (op === 'refund') return terminal.refund(asked, options)
  if (!qr) return terminal.charge(asked, options)
  if (!terminal.chargeQr) throw new TerminalError('unsupported', 'QR sale')
  return terminal.chargeQr(asked, options)
}

function end(journal: TerminalJournal, result: ChargeResult): ChargeResult {
  if (result.outcome !== 'unknown') journal.append({ kind: 'ended', reference: result.reference, result })
  return result
}

/** An intent that stands alone (the program died at once) has sent nothing: that is an end. */
export function settleNeverAsked(journal: TerminalJournal): readonly ChargeResult[] {
  return journal.unresolved().filter(neverAsked).map(({ intent }) => end(journal, ownResult(intent, 'declined', 'not-charged')))
}

/**
 * Asks the terminal what became of everything unknown; never by a new sale. A void is simply sent again, because it undoes one receipt at most once.
 * One result an intent; those that stay `unknown` stay so in the file.
 */
export async function recoverAll(journal: TerminalJournal, open: Open, signal?: AbortSignal): Promise<readonly ChargeResult[]> {
  const results = [...settleNeverAsked(journal)]
  const unknown = journal.unresolved()
  if (unknown.length === 0) return results
  let terminal: CardTerminal | null = null
  try {
    terminal = await open(keepOrphan(journal))
    for (const entry of unknown) results.push(end(journal, await recoverOne(journal, terminal, entry, signal)))
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error
    const { code } = error
    const left = unknown.filter(({ intent }) => !results.some(({ reference }) => reference === intent.reference))
    results.push(...left.map(({ intent }) => ownResult(intent, 'unknown', code)))
  } finally {
    await terminal?.close()
  }
  return results
}

async function recoverOne(journal: TerminalJournal, terminal: CardTerminal, entry: Entry, signal?: AbortSignal): Promise<ChargeResult> {
  const { intent, asked, said } = entry
  if (said && terminal.recordIsFinal) return said
  const { reference, amount, at } = intent
  const lastReceipt = asked?.lastReceipt ?? null
  if (intent.op === 'void') return charge(journal, terminal, intent, lastReceipt, signal ? { signal } : {})
  const record = (result: ChargeResult): void => journal.append({ kind: 'said', reference, result })
  const result = await terminal.recover({ reference, amount, at, lastReceipt }, signal ? { record, signal } : { record })
  const [before, now] = [asked?.terminalId, result.details.terminalId]
  return before && now && before !== now ? ownResult(intent, 'unknown', 'other-terminal') : result
}

/** Ends an unknown by the word of a person who has the terminal's slip in hand. */
export function decide(journal: TerminalJournal, entry: Entry, outcome: 'approved' | 'declined'): ChargeResult {
  const { intent, said } = entry
  if (outcome === 'declined') return end(journal, ownResult(intent, 'declined', 'not-charged'))
  return end(journal, { outcome, reference: intent.reference, amount: intent.amount, details: said?.details ?? nothing, reason: null })
}
