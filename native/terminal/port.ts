/**
 * A card terminal as the app sees it, whatever it speaks. A charge ends in one of three ways, and the third is as regular as the other two:
 * *unknown* means that money may have moved. It is resolved by asking the terminal about what it did, never by a second sale.
 */

import type { TerminalReason } from './reason.ts'

/** One attempt to charge a card, or a citizen by QR code. The caller has stored it durably before it calls `charge` or `chargeQr`. */
export interface ChargeIntent {
  /** Ours, unique for each attempt, at most 20 characters of ASCII. */
  readonly reference: string
  /** đồng, a positive integer. */
  readonly amount: number
  /** Epoch ms when the intent was stored. */
  readonly at: number
  /**
   * Receipt number of the terminal's last transaction before this attempt, from `last()` right before it; null when it had none. Recovery
   * compares with it: an older number than the terminal's own makes a foreign payment of the same amount look like ours.
   */
  readonly lastReceipt: string | null
}

/** What the terminal says of a transaction. Everything it left out is null; a card number is masked whatever the terminal sent. */
export interface ChargeDetails {
  readonly receipt: string | null
  readonly trace: string | null
  readonly approval: string | null
  readonly card: string | null
  readonly maskedPan: string | null
  readonly terminalId: string | null
}

export type ChargeOutcome = 'approved' | 'declined' | 'unknown'

/** `reason` is a key of the terminal's messages (reason.ts) with the terminal's own code; null when approved. */
export interface ChargeResult {
  readonly outcome: ChargeOutcome
  readonly reference: string
  /** What the terminal says was charged, đồng; the asked amount while unknown. */
  readonly amount: number
  readonly details: ChargeDetails
  readonly reason: { readonly key: TerminalReason; readonly code: string | null } | null
}

export interface ChargeOptions {
  /**
   * Stores what the terminal said, approved or declined, durably. The driver calls it, once, before it confirms the payment to the terminal,
   * because that confirmation is what makes the payment final; when it throws, the payment is not confirmed and the outcome is unknown.
   * An approval is not the end yet: a terminal that misses the confirmation undoes the payment by itself. So what the call returns counts,
   * also when it is `unknown` or `declined` after a recorded approval, and an approval whose call never returned (the program died) is to be
   * recovered like an unknown. Never called for `unknown`: a stored intent that stands alone says as much.
   */
  readonly record: (result: ChargeResult) => void
  /** What the citizen is asked to do now (`insert-card`, `enter-pin` …), for the screen. */
  readonly onProgress?: (key: string) => void
  /** Asks the terminal to abort; what it had done by then decides the outcome. */
  readonly signal?: AbortSignal
  /** A slip that the terminal leaves to us to print. */
  readonly onSlip?: (slip: TerminalSlip) => void
}

/** One slip as the terminal laid it out, for a printer of ours. */
export interface TerminalSlip {
  readonly kind: 'merchant' | 'customer' | 'admin' | 'unknown'
  readonly lines: readonly TerminalSlipLine[]
}

export interface TerminalSlipLine {
  readonly text: string
  readonly centred: boolean
  readonly wide: boolean
  readonly tall: boolean
}

/** Not one of three outcomes but a fact about the terminal: it could not even be asked. Nothing was charged by this call. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError'
  /** `unresolved`: an unknown charge stands on this terminal and must be resolved first. `unsupported`: it has no such function. */
  readonly code: 'unreachable' | 'busy' | 'unresolved' | 'unsupported' | 'refused'
  constructor(code: TerminalError['code'], detail: string, cause?: unknown) {
    super(detail, { cause })
    this.code = code
  }
}

export interface TerminalStatus {
  readonly ready: boolean
  /** Key of the messages (`ready`, `end-of-day-needed`, `out-of-order` …) and the terminal's own code. */
  readonly state: string
  readonly code: string | null
  readonly firmware: string | null
}

export interface DayTotals {
  readonly count: number
  /** đồng. */
  readonly amount: number
  readonly byCard: readonly { readonly card: string; readonly count: number; readonly amount: number }[]
}

/** One outstanding request at a time; a second is refused with `busy`. */
export interface CardTerminal {
  /** What `record` was given stands even when the call never returned: no missing confirmation undoes it. Absent: it is to be recovered. */
  readonly recordIsFinal?: true
  charge(intent: ChargeIntent, options: ChargeOptions): Promise<ChargeResult>
  /**
   * As `charge`, but the terminal shows a QR code, which the citizen pays by a banking app or a wallet. Absent where the terminal or its bank's app has no
   * such sale, so that it is offered nowhere. `recover` serves it, too.
   */
  chargeQr?(intent: ChargeIntent, options: ChargeOptions): Promise<ChargeResult>
  /** What became of an unknown charge: asks by repeat receipt, retrieve last or own reference; `unknown` when the terminal can't tell. */
  recover(intent: ChargeIntent, options: Pick<ChargeOptions, 'record' | 'signal'>): Promise<ChargeResult>
  /** Undoes the transaction of that receipt number and no other. */
  void(receipt: string, options: ChargeOptions): Promise<ChargeResult>
  refund(intent: ChargeIntent, options: ChargeOptions): Promise<ChargeResult>
  /** The last transaction the terminal knows; null when it has none. */
  last(): Promise<ChargeResult | null>
  status(): Promise<TerminalStatus>
  /** Closes the day at the bank; null when it is closed but the totals are only on the terminal's own slip. */
  endOfDay(options?: Pick<ChargeOptions, 'onProgress' | 'onSlip'>): Promise<DayTotals | null>
  close(): Promise<void>
}
