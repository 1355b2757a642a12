/** What a dossier costs. Only amounts that the catalogue knows are ever charged. */
import type { FeeLine } from './dossier.ts'
import type { Channel, Fee, Procedure } from './procedure.ts'

/** The clerk's choice: which fee of the catalogue and how many (pages, when it is charged by pages; then one choice is one copy). */
export interface FeeChoice {
  readonly fee: number
  readonly quantity: number
}

/** Said beside a line whose amount the province decides and the catalogue doesn't know. */
export const provincial = 'do tỉnh quy định'

const kinds: Readonly<Record<string, string>> = { PHI: 'Phí', LE_PHI: 'Lệ phí' }

/** `Văn bản xác nhận`, `Lệ phí`. */
export function plainFeeName(fee: Pick<Fee, 'name' | 'type'>): string {
  return fee.name ?? kinds[fee.type] ?? 'Phí'
}

/** `Văn bản xác nhận`, `Đăng ký tạm trú (theo danh sách)`, `Lệ phí (do tỉnh quy định)`. */
export function feeName(fee: Fee): string {
  const name = plainFeeName(fee)
  const inBrackets = [fee.case, fee.amountVnd === null ? provincial : undefined].filter((part) => part !== undefined)
  return inBrackets.length === 0 ? name : `${name} (${inBrackets.join(', ')})`
}

function amountOf(fee: Fee, quantity: number): number {
  const price = fee.amountVnd ?? 0
  if (fee.pages === undefined) return price * quantity
  const { first, after, cap } = fee.pages
  return Math.min(cap, price * Math.min(quantity, first) + after * Math.max(0, quantity - first))
}

/** Indexes of the fees that apply to a channel. */
export function feesFor(procedure: Pick<Procedure, 'fees'>, channel: Channel): readonly number[] {
  return procedure.fees.flatMap((fee, index) => (fee.channel === '*' || fee.channel === channel ? [index] : []))
}

/** The lines of a receipt. A choice of another channel, or of quantity 0, gives none; an unknown amount gives a line of 0 that says so. */
export function feeLines(procedure: Pick<Procedure, 'fees'>, channel: Channel, choices: readonly FeeChoice[]): readonly FeeLine[] {
  const applying = new Set(feesFor(procedure, channel))
  return choices.flatMap(({ fee: index, quantity }) => {
    const fee = procedure.fees[index]
    if (fee === undefined || !applying.has(index) || quantity <= 0) return []
    return [{ name: feeName(fee), unitPrice: fee.amountVnd ?? 0, quantity, amount: amountOf(fee, quantity) }]
  })
}

/** đồng. */
export function feeTotal(lines: readonly FeeLine[]): number {
  return lines.reduce((sum, line) => sum + line.amount, 0)
}

/** What a form starts with: one of the first fee of the channel; the others are alternatives that the clerk picks. */
export function defaultFeeChoices(procedure: Pick<Procedure, 'fees'>, channel: Channel): readonly FeeChoice[] {
  const [first] = feesFor(procedure, channel)
  return first === undefined ? [] : [{ fee: first, quantity: 1 }]
}
