import type { ChargeOptions, ChargeResult } from '../port.ts'
import type { Apdu } from './apdu.ts'
import { codes, progressOf, reasonOf, refusalOf } from './codes.ts'
import { control } from './commands.ts'
import type { FlowEnd } from './flow.ts'
import { approved, noDetails, resultFor } from './judge.ts'
import { parsePrintBlock, parsePrintLine, SlipCollector } from './print.ts'
import type { ZvtProfile } from './profile.ts'
import type { FlowHooks, ZvtSession } from './session.ts'
import type { StatusInfo } from './status-info.ts'

/** A command that moves money. `minor`: what must be charged, null where the terminal knows (a reversal). */
export interface Charge {
  readonly command: Apdu
  readonly reference: string
  readonly amount: number
  readonly minor: number | null
  /** Minor units of one đồng, as a power of ten. */
  readonly exponent: number
  /** Result codes that say that what was wanted is already so. */
  readonly done: readonly number[]
}

/** How far it came. `ask`: the line is good, but only the terminal's last transaction tells the outcome. */
export type Charged = { readonly kind: 'result'; readonly result: ChargeResult } | { readonly kind: 'ask'; readonly because: ChargeResult }

/** Print and progress hooks of any command. */
export function watching(profile: ZvtProfile, options: Pick<ChargeOptions, 'onProgress' | 'onSlip'>): { readonly hooks: FlowHooks; readonly finish: () => void } {
  const slips = new SlipCollector((slip) => options.onSlip?.(slip))
  const onPrint = ({ control: message, data }: Apdu): void => slips.add(message === control.printLine ? parsePrintLine(data, profile.charset) : parsePrintBlock(data, profile.charset))
  return { hooks: { onPrint, onProgress: (code) => options.onProgress?.(progressOf(code)) }, finish: () => slips.finish() }
}

/**
 * Sends the command once and follows it to its end. The outcome of a `04 0F` is recorded before it is confirmed; one that can't be stored, or of another
 * amount than asked, is not confirmed, so the terminal undoes it.
 */
export async function runCharge(session: ZvtSession, profile: ZvtProfile, charge: Charge, options: ChargeOptions): Promise<Charged> {
  let said: ChargeResult | null = null
  let doubt: ChargeResult | null = null
  const onStatus = (status: StatusInfo, _data: Uint8Array, again: boolean): boolean => {
    if (again) doubt = resultFor(charge, 'unknown', 'contradiction')
    if (again) return true
    const result = outcomeOf(charge, status)
    if (result.outcome === 'unknown') doubt = result
    if (result.outcome === 'unknown') return false
    try {
      options.record(result)
      said = result
      return true
    } catch {
      doubt = resultFor(charge, 'unknown', 'not-stored')
      return false
    }
  }
  const { hooks, finish } = watching(profile, options)
  const end = await session.run(charge.command, { ...hooks, onStatus, signal: options.signal })
  finish()
  return conclude(charge, end, said, doubt)
}

function outcomeOf(asked: Charge, status: StatusInfo): ChargeResult {
  const { resultCode, minor } = status
  // of a reversal only the terminal knows the amount
  const charge = asked.minor === null && minor !== null ? { ...asked, amount: Math.round(minor / 10 ** asked.exponent) } : asked
  if (resultCode !== null && charge.done.includes(resultCode)) return approved(charge, status)
  if (resultCode !== codes.ok) {
    const { key, code } = reasonOf(resultCode ?? 0xff)
    return { ...resultFor(charge, 'declined', key, code), details: status.details }
  }
  const other = minor !== null && charge.minor !== null && minor !== charge.minor
  return other ? { ...resultFor(charge, 'unknown', 'amount-mismatch', String(minor)), details: status.details } : approved(charge, status)
}

function conclude(charge: Charge, end: FlowEnd, said: ChargeResult | null, doubt: ChargeResult | null): Charged {
  const result = (one: ChargeResult): Charged => ({ kind: 'result', result: one })
  const broken = end.kind === 'no-answer' || end.kind === 'line-broken'
  if (doubt) return broken ? result(doubt) : { kind: 'ask', because: doubt }
  if (said?.outcome === 'declined') return result(said)
  if (broken) return result({ ...resultFor(charge, 'unknown', end.kind), details: said?.details ?? noDetails })
  if (end.kind === 'completed') return said ? result(said) : { kind: 'ask', because: resultFor(charge, 'unknown', 'no-answer') }
  if (charge.done.includes(end.code)) return result({ ...resultFor(charge, 'approved', 'already-voided'), reason: null })
  const { key, code } = end.kind === 'refused' ? refusalOf(end.code) : reasonOf(end.code)
  return said ? { kind: 'ask', because: resultFor(charge, 'unknown', key, code) } : result(resultFor(charge, 'declined', key, code))
}
