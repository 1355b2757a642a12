/** When a screen goes back to the start by itself (ui/README "Time-out"). All ms. */
export interface IdleRule {
  /** Without a touch for this long, everything typed is wiped. */
  readonly limit: number
  /** The bar starts to empty when this much is left. */
  readonly bar: number
}

export interface IdleState {
  /** 1 … 0 of the bar. */
  readonly fraction: number
  readonly secondsLeft: number
  /** Ask whether anybody is there. */
  readonly warn: boolean
  readonly over: boolean
}

const normal: IdleRule = { limit: 20_000, bar: 14_000 }
/** A number or QR has to be copied from the screen. */
const copying: IdleRule = { limit: 60_000, bar: 60_000 }
/** Large text, spoken and seated modes. */
const slower = 3
const warnAt = 10_000

/** The rule of a screen; `slow` when any of the special modes is on. */
export function idleRule(copies: boolean, slow: boolean): IdleRule {
  const base = copies ? copying : normal
  return slow ? { limit: base.limit * slower, bar: base.bar * slower } : base
}

/** Where the timer stands `idle` ms after the last touch; `extra` is what "Thêm thời gian" added. */
export function idleState(rule: IdleRule, idle: number, extra = 0): IdleState {
  const left = Math.max(0, rule.limit + extra - Math.max(0, idle))
  return { fraction: Math.min(1, left / rule.bar), secondsLeft: Math.ceil(left / 1000), warn: left <= warnAt, over: left === 0 }
}
