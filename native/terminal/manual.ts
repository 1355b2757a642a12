import { TerminalError, type CardTerminal, type ChargeDetails, type ChargeIntent, type ChargeOptions, type ChargeResult } from './port.ts'
import type { TerminalReason } from './reason.ts'

/** What the clerk read on the terminal. `unsure` is an honest answer: it becomes *unknown* and is asked again with the terminal's slip in hand. */
export type ManualAnswer = { readonly approved: true; readonly approval: string; readonly receipt?: string } | { readonly approved: false } | 'unsure'

/** Why the clerk is asked: to type the amount for a sale or a refund there and the outcome here, or to settle an unknown one by the slip. */
export type ManualTask = 'charge' | 'refund' | 'recover'

/** Shows the amount and waits for the clerk. A rejection (the screen is gone) counts as `unsure`. */
export type ManualEntry = (intent: ChargeIntent, task: ManualTask) => Promise<ManualAnswer>

/** Approval codes of banks: six letters and digits, some shorter or longer. */
export function isApprovalCode(text: string): boolean {
  return /^[0-9A-Za-z]{2,12}$/.test(text.trim())
}

const nothing: ChargeDetails = { receipt: null, trace: null, approval: null, card: null, maskedPan: null, terminalId: null }

function read(answer: ManualAnswer, { reference, amount }: ChargeIntent): ChargeResult {
  const result = (outcome: ChargeResult['outcome'], key: TerminalReason | null, details = nothing): ChargeResult => ({
    outcome, reference, amount, details, reason: key === null ? null : { key, code: null },
  })
  if (answer === 'unsure') return result('unknown', 'no-answer')
  if (!answer.approved) return result('declined', 'declined-other')
  if (!isApprovalCode(answer.approval)) return result('unknown', 'contradiction')
  return result('approved', null, { ...nothing, approval: answer.approval.trim().toUpperCase(), receipt: answer.receipt?.trim() || null })
}

/**
 * A terminal without an open protocol: the clerk types the amount there and the approval code here. Whatever only the terminal itself can do (void,
 * last transaction, closing the day) is `unsupported` and done on its own keys.
 */
export function openManual(ask: ManualEntry): CardTerminal {
  let busy = false

  const settle = async (task: ManualTask, intent: ChargeIntent, record: ChargeOptions['record']): Promise<ChargeResult> => {
    if (busy) throw new TerminalError('busy', 'one request at a time')
    busy = true
    const answer = await ask(intent, task).catch(() => 'unsure' as const)
    busy = false
    const result = read(answer, intent)
    if (result.outcome === 'unknown') return result
    try {
      record(result)
    } catch {
      return { ...result, outcome: 'unknown', reason: { key: 'not-stored', code: null } }
    }
    return result
  }
  const pay = (task: ManualTask, intent: ChargeIntent, { record, onProgress, signal }: ChargeOptions): Promise<ChargeResult> => {
    if (signal?.aborted) {
      const cancelled: ChargeResult = { ...read({ approved: false }, intent), reason: { key: 'cancelled', code: null } }
      record(cancelled)
      return Promise.resolve(cancelled)
    }
    onProgress?.('type-amount')
    return settle(task, intent, record)
  }
  const onItsKeys = (what: string) => (): Promise<never> => Promise.reject(new TerminalError('unsupported', what))

  return {
    recordIsFinal: true,
    charge: async (intent, options) => pay('charge', intent, options),
    refund: async (intent, options) => pay('refund', intent, options),
    recover: async (intent, { record }) => settle('recover', intent, record),
    void: onItsKeys('void'),
    last: onItsKeys('last transaction'),
    endOfDay: onItsKeys('end of day'),
    status: () => Promise.resolve({ ready: true, state: 'ready', code: null, firmware: null }),
    close: () => Promise.resolve(),
  }
}
