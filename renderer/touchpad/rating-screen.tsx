import { useEffect, useReducer, useRef } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { TouchpadView } from '#contract/touchpad.ts'
import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { ShieldCheck } from '../ui/icon.ts'
import { Face } from './face.tsx'
import { Foot, Header } from './frame.tsx'
import { LanguageKey, ListenKey } from './keys.tsx'
import { fractionLeft, nextRating, secondsLeft, type RatingInput, type RatingState, type Score, type Vote } from './rating.ts'
import { Thanks, Unsent } from './thanks.tsx'
import { Why } from './why.tsx'

export type RatingShown = Extract<TouchpadView['screen'], { readonly kind: 'rating' }>

export interface RatingProps {
  readonly view: TouchpadView
  readonly rating: RatingShown
  readonly now: number
  /** Sends the one vote; true when the station has it. */
  readonly onRate: (ticketId: string, vote: Vote) => Promise<boolean>
  readonly onSkip: (ticketId: string) => void
  /** For pictures and tests. */
  readonly initial?: RatingState
}

const scores: readonly Score[] = [5, 4, 3, 2, 1]
/** A low answer with open reasons is sent this long before the station closes the rating. */
const sendBeforeMs = 1000

/** Sends the vote once, however often the screen is drawn meanwhile. */
function useSend(state: RatingState, props: RatingProps, dispatch: (input: RatingInput) => void) {
  const sent = useRef(false)
  const { onRate, onSkip, rating } = props
  useEffect(() => {
    if (sent.current || (state.step !== 'sending' && state.step !== 'skipping')) return
    sent.current = true
    if (state.step === 'skipping') onSkip(rating.ticketId)
    else void onRate(rating.ticketId, state.vote).then((ok) => dispatch({ kind: 'answered', ok }))
  }, [state, onRate, onSkip, rating.ticketId, dispatch])
}

/** The rating of one visit. Use `key={ticketId}`: another visit starts anew. */
export function RatingScreen(props: RatingProps) {
  const { view, rating, now } = props
  const [state, dispatch] = useReducer(nextRating, props.initial ?? { step: 'choose' })
  useSend(state, props, dispatch)
  const late = now >= rating.expiresAt - sendBeforeMs
  useEffect(() => {
    if (late) dispatch({ kind: 'time-up' })
  }, [late])
  if (state.step === 'sent') return <Thanks view={view} number={rating.number} />
  if (state.step === 'not-sent') return <Unsent view={view} number={rating.number} />
  return (
    <div className="tp">
      <Header view={view} number={rating.number} about={rating.title} time={formatClock(rating.at)} />
      {state.step === 'why' ? <Why state={state} dispatch={dispatch} /> : <Question state={state} dispatch={dispatch} />}
      {state.step === 'why' && state.writing ? null : <RatingFoot {...props} state={state} dispatch={dispatch} />}
    </div>
  )
}

interface StepProps {
  readonly state: RatingState
  readonly dispatch: (input: RatingInput) => void
}

function Question({ state, dispatch }: StepProps) {
  const { t } = useMessages()
  const chosen = state.step === 'sending' ? state.vote.score : null
  return (
    <main className="tp-question">
      <h1>{t('touchpad.question')}</h1>
      <p>{state.step === 'sending' ? t('touchpad.sending') : t('touchpad.question.next')}</p>
      <div className="tp-answers" role="group" aria-label={t('touchpad.question')}>
        {scores.map((score) => (
          <AriaButton key={score} className="tp-answer" isDisabled={state.step !== 'choose' && chosen !== score} onPress={() => dispatch({ kind: 'tap', score })} {...(chosen === score ? { 'data-chosen': true } : {})}>
            <Face score={score} size={128} />
            <span>{t(`touchpad.score.${score}`)}</span>
          </AriaButton>
        ))}
      </div>
    </main>
  )
}

function RatingFoot(props: RatingProps & StepProps) {
  const { rating, now, state, dispatch } = props
  const { t } = useMessages()
  const aloud = `${t('touchpad.question')} ${scores.map((score) => t(`touchpad.score.${score}`)).join('. ')}.`
  return (
    <Foot
      fraction={fractionLeft(rating.at, rating.expiresAt, now)}
      keys={
        <>
          <LanguageKey />
          {state.step === 'choose' ? <ListenKey text={aloud} /> : null}
          {state.step === 'why' ? <Button kind="primary" onPress={() => dispatch({ kind: 'send' })}>{t('touchpad.send')}</Button> : null}
          {state.step === 'choose' ? <Button onPress={() => dispatch({ kind: 'skip' })}>{t('touchpad.skip')}</Button> : null}
        </>
      }
    >
      <ShieldCheck aria-hidden="true" />
      <p>
        {t('touchpad.safe')}
        <br />
        {t('touchpad.closing', { seconds: secondsLeft(rating.expiresAt, now) })}
      </p>
    </Foot>
  )
}
