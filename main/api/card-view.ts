import type { PaymentMethod, TerminalMethod } from '#domain/dossier.ts'
import type { CardPayment } from '#contract/counter.ts'
import type { PaymentRow } from '#usecases/payments.ts'
import type { ApiParts } from './parts.ts'

/** How a fee can be paid at this station: what it has no account or terminal for is not offered. */
export function payWays(parts: ApiParts): readonly PaymentMethod[] {
  return ['cash', ...(parts.bank ? (['vietqr'] as const) : []), ...terminalWays(parts)]
}

function terminalWays({ charges }: ApiParts): readonly TerminalMethod[] {
  if (!charges.hasTerminal) return []
  return charges.sellsByQr ? ['card', 'terminal-qr'] : ['card']
}

/** Of a payment at the terminal: by card, or by the terminal's QR code. */
export function terminalMethod({ method }: PaymentRow): TerminalMethod {
  return method === 'terminal-qr' ? method : 'card'
}

/** Payments at the terminal under way or in doubt, oldest first, and the one that was begun last. */
export function cardPayments(parts: ApiParts): readonly CardPayment[] {
  const open = parts.payments.openCards()
  const latest = parts.payments.latestCard()
  const rows = latest && !open.some((one) => one.id === latest.id) ? [...open, latest] : open
  return rows.map((row) => cardPayment(parts, row))
}

function cardPayment(parts: ApiParts, row: PaymentRow): CardPayment {
  const charging = parts.charges.charging()
  const busy = charging?.paymentId === row.id
  return {
    paymentId: row.id,
    code: row.code,
    method: terminalMethod(row),
    amount: row.amount,
    at: row.requested_at,
    state: busy || row.state === 'waiting' ? 'charging' : row.state,
    progress: busy ? charging.progress : null,
    canBeAsked: parts.charges.canBeAsked,
    byHand: parts.handEntry.waitsFor(row.reference),
    reason: row.reason,
  }
}
