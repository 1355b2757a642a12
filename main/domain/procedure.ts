/** A public administrative procedure (thủ tục hành chính) as the catalogue describes it. */

export type Channel = 'DIRECT' | 'ONLINE' | 'POSTAL'
export type TimeUnit = 'SAME_DAY' | 'WORKING_DAY' | 'DAY' | 'HOUR' | 'MONTH' | 'YEAR' | 'OTHER'

export interface ProcessingTime {
  readonly channel: Channel | '*'
  readonly value: number | null
  readonly unit: TimeUnit
  readonly case?: string
  readonly note?: string
}

export interface Fee {
  readonly type: string
  /** What the line on the receipt says; else the kind of charge (`Phí`, `Lệ phí`). */
  readonly name?: string
  /** Charged by pages of one copy: `amountVnd` for each of the `first`, then `after`, at most `cap` a copy. */
  readonly pages?: { readonly first: number; readonly after: number; readonly cap: number }
  /** đồng; null when the source gives none, the province decides. */
  readonly amountVnd: number | null
  readonly unit: string
  readonly channel: Channel | '*'
  readonly case?: string
  readonly note?: string
}

export interface Component {
  readonly name: string
  readonly original: number
  readonly copy: number
  readonly required: boolean | 'conditional' | 'one-of'
  /** submit: left at the counter; present: shown and given back; declare: filled in a form. */
  readonly kind: 'submit' | 'present' | 'declare'
  readonly case?: string
}

export interface Procedure {
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly field: string
  readonly decisionNo: string
  readonly handledBy: string
  readonly receiptForm: string
  readonly channels: readonly Channel[]
  readonly processing: readonly ProcessingTime[]
  readonly fees: readonly Fee[]
  readonly components: readonly Component[]
  readonly result: string
  readonly counterWeight: number
  /** `HH:mm`; after it a same-day procedure is due the next working day. */
  readonly cutoff?: string
  readonly notes?: string
}
