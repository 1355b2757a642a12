/** What the province charges (nghị quyết HĐND tỉnh), in place of what the catalogue says. */
import type { Channel, Fee, Procedure } from './procedure.ts'
import { plainFeeName } from './fee.ts'

export interface Price {
  readonly procedure: string
  /** The fee by its name on the receipt, without what stands in brackets. */
  readonly fee: string
  /** Only this variant, in the words of the catalogue; absent: all of them. */
  readonly case?: string
  readonly channel?: Channel
  /** First day by the office's calendar, `yyyy-mm-dd`; absent: as long as it stands. */
  readonly from?: string
  /** đồng; 0: nothing is charged. For a fee by pages: each of the first pages. */
  readonly amountVnd: number
}

/**
 * A procedure with the prices in force on a day: of several for one fee the one that began last, then the more exact. A price under a name that
 * the catalogue doesn't have is that of the fee it leaves open and nobody priced by its own name, each such name an alternative; where there is none, a fee of its own.
 */
export function withPrices(procedure: Procedure, prices: readonly Price[], day: string): Procedure {
  const inForce = prices
    .filter((price) => price.procedure === procedure.code && begin(price) <= day)
    .toSorted((a, b) => (begin(a) === begin(b) ? exactness(a) - exactness(b) : begin(a) < begin(b) ? -1 : 1))
  if (inForce.length === 0) return procedure
  const listed = inForce.some((price) => price.channel !== undefined) ? oneEachChannel(procedure) : procedure.fees
  const isListed = (price: Price) => listed.some((fee) => sameName(price, fee))
  const unlisted = inForce.filter((price) => !isListed(price))
  const pricesOf = (fee: Fee): readonly Price[] => {
    const own = inForce.filter((price) => sameName(price, fee) && isVariant(price, fee))
    return own.length > 0 || fee.amountVnd !== null ? own : unlisted.filter((price) => isVariant(price, fee))
  }
  const priced = listed.flatMap((fee) => {
    // The one that began last stands first, which is what a form begins with: the province may have renamed its fee.
    const prices = newestOfEach(pricesOf(fee), ({ fee: name }) => folded(name)).toSorted((a, b) => (begin(a) === begin(b) ? 0 : begin(a) < begin(b) ? 1 : -1))
    return prices.length === 0 ? [fee] : prices.map((price) => ({ ...fee, amountVnd: price.amountVnd, ...(isListed(price) ? {} : { name: price.fee }) }))
  })
  const used = new Set(listed.flatMap(pricesOf))
  const more = newestOfEach(inForce.filter((price) => !used.has(price)), variantOf).map(feeOf)
  const isSettled = (open: Fee) => more.some((fee) => fee.channel === '*' || fee.channel === open.channel)
  return { ...procedure, fees: [...priced.filter((fee) => fee.amountVnd !== null || !isSettled(fee)), ...more] }
}

const begin = (price: Price): string => price.from ?? ''
const exactness = (price: Price): number => Number(price.case !== undefined) + Number(price.channel !== undefined)
const folded = (name: string): string => name.normalize('NFC').trim().toLowerCase()
const sameName = (price: Price, fee: Fee): boolean => folded(price.fee) === folded(plainFeeName(fee))

function isVariant(price: Price, fee: Fee): boolean {
  const ofCase = price.case === undefined || folded(price.case) === folded(fee.case ?? '')
  return ofCase && (price.channel === undefined || price.channel === fee.channel)
}

/** A fee of every channel as one of each, so that they can cost different sums. */
function oneEachChannel({ fees, channels }: Procedure): readonly Fee[] {
  return fees.flatMap((fee) => (fee.channel === '*' ? channels.map((channel) => ({ ...fee, channel })) : [fee]))
}

const variantOf = (price: Price): string => JSON.stringify([folded(price.fee), folded(price.case ?? ''), price.channel])

/** The last of those that `of` says are the same, in their order. */
function newestOfEach(prices: readonly Price[], of: (price: Price) => string): readonly Price[] {
  return [...new Map(prices.map((price) => [of(price), price])).values()]
}

function feeOf({ fee, case: variant, channel, amountVnd }: Price): Fee {
  return { type: 'LE_PHI', name: fee, amountVnd, unit: 'hồ sơ', channel: channel ?? '*', ...(variant === undefined ? {} : { case: variant }) }
}
