import type { ratingReasons } from '#contract/rating-reasons.ts'

export type Reason = (typeof ratingReasons)[number]
/** 5 rất hài lòng … 1 rất không hài lòng. */
export type Score = 1 | 2 | 3 | 4 | 5

export interface Vote {
  readonly score: Score
  readonly reasons: readonly Reason[]
  readonly other: string
}

/** Where one citizen is with one rating. From the first tap on the score is fixed. */
export type RatingState =
  | { readonly step: 'choose' }
  | { readonly step: 'why'; readonly vote: Vote; readonly writing: boolean }
  | { readonly step: 'sending'; readonly vote: Vote }
  | { readonly step: 'sent' }
  | { readonly step: 'not-sent' }
  | { readonly step: 'skipping' }

export type RatingInput =
  | { readonly kind: 'tap'; readonly score: Score }
  | { readonly kind: 'reason'; readonly reason: Reason }
  | { readonly kind: 'write'; readonly open: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'send' }
  | { readonly kind: 'skip' }
  /** The time is nearly over: a low answer goes out with what was chosen so far; no answer stays none. */
  | { readonly kind: 'time-up' }
  | { readonly kind: 'answered'; readonly ok: boolean }

/** Letters of the free text that the station takes. */
export const maxOther = 500

const has = (reasons: readonly Reason[], reason: Reason) => reasons.includes(reason)
const toggled = (reasons: readonly Reason[], reason: Reason) => (has(reasons, reason) ? reasons.filter((one) => one !== reason) : [...reasons, reason])

function why(state: Extract<RatingState, { step: 'why' }>, input: RatingInput): RatingState {
  const { vote } = state
  switch (input.kind) {
    case 'reason':
      return { ...state, vote: { ...vote, reasons: toggled(vote.reasons, input.reason) } }
    case 'write':
      return { ...state, writing: input.open }
    case 'text':
      return { ...state, vote: { ...vote, other: input.text.slice(0, maxOther) } }
    // Skipping the reasons is not skipping the vote, which was given with the tap.
    case 'send':
    case 'skip':
    case 'time-up':
      return { step: 'sending', vote: { ...vote, other: vote.other.trim() } }
    default:
      return state
  }
}

/** One vote: the first tap decides the score, the two low ones ask why before they go; every later tap is ignored. */
export function nextRating(state: RatingState, input: RatingInput): RatingState {
  switch (state.step) {
    case 'choose': {
      if (input.kind === 'skip') return { step: 'skipping' }
      if (input.kind !== 'tap') return state
      const vote: Vote = { score: input.score, reasons: [], other: '' }
      return input.score <= 2 ? { step: 'why', vote, writing: false } : { step: 'sending', vote }
    }
    case 'why':
      return why(state, input)
    case 'sending':
      if (input.kind !== 'answered') return state
      return { step: input.ok ? 'sent' : 'not-sent' }
    default:
      return state
  }
}

/** Whole seconds left, never below 0. */
export const secondsLeft = (expiresAt: number, now: number): number => Math.max(0, Math.ceil((expiresAt - now) / 1000))

/** Time of a rating, ms, for the bar; from its own ends, so an office may choose another. */
export const fractionLeft = (at: number, expiresAt: number, now: number): number => Math.max(0, Math.min(1, (expiresAt - now) / Math.max(1, expiresAt - at)))
