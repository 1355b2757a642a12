import cimb from './profiles/cimb.json' with { type: 'json' }
import credibanco from './profiles/credibanco.json' with { type: 'json' }
import generic from './profiles/generic.json' with { type: 'json' }
import ghl from './profiles/ghl.json' with { type: 'json' }
import maybank from './profiles/maybank.json' with { type: 'json' }
import thai from './profiles/thai.json' with { type: 'json' }
import type { FrameFormat } from './frame.ts'
import type { MessageFormat } from './message.ts'

/** A way to learn what became of a sale whose answer was lost: by our own reference, or by the terminal's last transaction. */
export type Recovery = 'reference' | 'last'

/** One bank's dialect: data, so that another bank is another file under `profiles/`. */
export interface EcrProfile {
  readonly id: string
  /** Whose terminals, and where the facts are from. */
  readonly name: string
  readonly source: string
  /** Used when the address doesn't say another; always 8N1. */
  readonly baud: number
  readonly frame: FrameFormat
  readonly message: MessageFormat
  /** Minor units of đồng in the amount field: 0 or 2 digits. The bank says which; a test sale shows it. */
  readonly exponent: 0 | 2
  /** The field that carries our reference and comes back in the response, with its width; null where the bank has none. */
  readonly reference: { readonly field: string; readonly width: number } | null
  /** Transaction codes; null: this bank's app has no such function. */
  readonly codes: {
    readonly sale: string
    readonly qrSale: string | null
    readonly void: string
    readonly refund: string | null
    readonly settlement: string | null
    readonly inquiry: string | null
    readonly last: string | null
  }
  /** In this order. */
  readonly recovery: readonly Recovery[]
  /** The bank confirmed that "not found" means that there was no such sale. Elsewhere it only counts when it names our reference. */
  readonly notFoundIsFinal: boolean
  /** Acknowledges an empty message at any time, so the line can be tried before each sale. */
  readonly echo: boolean
  /** Host number (field HN) that a settlement names, where one is wanted. */
  readonly settlementHost: string | null
  readonly times: EcrTimes
}

export interface EcrTimes {
  /** From our last byte to ACK. */
  readonly ackMs: number
  /** Transmissions of a request in all. */
  readonly tries: number
  /** From ACK to the response: the citizen looks for the card, types the PIN, the bank answers. No sale may take longer, for recovery counts on it. */
  readonly responseMs: number
  /** The same for an inquiry, and for a settlement, which sends the whole day to the bank. */
  readonly inquiryMs: number
  readonly settlementMs: number
  /** Between two bytes of a frame. */
  readonly byteMs: number
  /** In which the terminal repeats an answer that got no ACK, with a margin. */
  readonly resendMs: number
  /** Between two inquiries while a sale may still be going on. */
  readonly pollMs: number
}

/** JSON has no literal types: the shape is checked here, the values by `profile.test.ts`. */
const shipped: readonly unknown[] = [generic, cimb, maybank, ghl, thai, credibanco]
export const ecrProfiles = shipped as readonly EcrProfile[]

/** The profile with this id, or null. */
export function findEcrProfile(id: string): EcrProfile | null {
  return ecrProfiles.find((profile) => profile.id === id) ?? null
}
