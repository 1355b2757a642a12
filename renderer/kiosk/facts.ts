import type { Fee, KioskProcedure, KioskService, ProcessingTime } from '#contract/kiosk.ts'
import type { Translate } from '../i18n/catalogue.ts'
import { formatClock, formatMoney, formatRange } from '../i18n/format.ts'

/** One thing to know about a procedure: a word, the fact, and a small line. */
export interface Fact {
  readonly label: string
  readonly value: string
  readonly note: string
}

const atCounter = <Line extends { readonly channel: string }>(lines: readonly Line[]): readonly Line[] => {
  const here = lines.filter((line) => line.channel === 'DIRECT' || line.channel === '*')
  return here.length > 0 ? here : lines
}

/** A note that fits a small box; long ones are law text that the counter explains. */
function shortNote(text: string | undefined): string {
  return text !== undefined && text.length <= 44 ? text : ''
}

/** What has to be paid at the counter: nothing, an amount, a range, or "the province decides". */
export function feeFact(fees: readonly Fee[], t: Translate): Fact {
  const label = t('kiosk.fact.fee')
  const lines = atCounter(fees)
  const known = lines.flatMap((fee) => (fee.amountVnd === null ? [] : [fee.amountVnd]))
  if (lines.length === 0) return { label, value: t('kiosk.fee.none'), note: '' }
  if (known.length === 0) return { label, value: t('kiosk.fee.province'), note: t('kiosk.fee.ask') }
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const first = lines[0]
  if (high === 0) return { label, value: t('kiosk.fee.none'), note: shortNote(first?.note) }
  if (low !== high) return { label, value: t('kiosk.fee.range', { from: formatMoney(low), to: formatMoney(high) }), note: t('kiosk.fee.by-case') }
  return { label, value: formatMoney(low), note: first === undefined ? '' : t('kiosk.fee.each', { unit: first.unit }) }
}

function timeText(time: ProcessingTime, t: Translate): string {
  if (time.unit === 'SAME_DAY') return t('shared.unit.SAME_DAY')
  if (time.unit === 'OTHER' || time.value === null) return t('shared.unit.OTHER')
  return t(`shared.unit.${time.unit}`, { value: time.value })
}

/** The time the law gives for the counter's channel. */
export function timeFact(procedure: KioskProcedure, t: Translate): Fact {
  const label = t('kiosk.fact.time')
  const times = atCounter(procedure.processing)
  const first = times[0]
  if (first === undefined) return { label, value: t('shared.unit.OTHER'), note: '' }
  const cutoff = first.unit === 'SAME_DAY' && procedure.cutoff !== undefined ? t('kiosk.time.cutoff', { time: procedure.cutoff }) : ''
  return { label, value: timeText(first, t), note: times.length > 1 ? t('kiosk.time.by-case') : cutoff === '' ? shortNote(first.case) : cutoff }
}

/** How long the wait is now, with the hour of the estimate: a range, never a promise. */
export function waitFact(service: KioskService, asOf: number, t: Translate): Fact {
  return {
    label: t('kiosk.fact.waiting', { count: service.waiting }),
    value: waitText(service, t),
    note: t('kiosk.fact.as-of', { time: formatClock(asOf) }),
  }
}

/** `15–25 phút`, or that nobody can tell. */
export function waitText(service: Pick<KioskService, 'estimate'>, t: Translate): string {
  if (service.estimate === null) return t('kiosk.wait.unknown')
  if (service.estimate.from === 0) return t('kiosk.wait.under', { minutes: Math.max(1, service.estimate.to) })
  return t('shared.minutes', { range: formatRange(service.estimate) })
}
