/** Why a payment was not made, or why nobody knows yet. Every key has a sentence in each message catalogue, which says what to do next. */
export const terminalReasons = [
  // the bank or the terminal said no
  'declined-by-host', 'card-unreadable', 'no-card-data', 'chip-error', 'card-expired', 'card-not-yet-valid', 'card-unknown', 'card-inserted', 'cancelled',
  'wrong-currency', 'above-maximum', 'below-minimum', 'method-not-supported', 'not-possible', 'declined-other',
  'host-no-answer', 'host-no-connection', 'already-voided', 'void-impossible', 'receipt-not-found', 'not-charged',
  // the terminal needs something first
  'not-registered', 'please-wait', 'not-ready', 'end-of-day-needed', 'end-of-day-impossible', 'diagnosis-needed', 'activation-needed', 'key-missing', 'journal-full',
  'printer', 'protocol-error', 'system-error',
  // nobody knows yet
  'no-answer', 'line-broken', 'not-stored', 'amount-mismatch', 'other-transaction', 'still-busy', 'contradiction',
  // it could not be asked
  'unreachable', 'busy', 'unsupported', 'unresolved', 'refused', 'other-terminal',
] as const

export type TerminalReason = (typeof terminalReasons)[number]
