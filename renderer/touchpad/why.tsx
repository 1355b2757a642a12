import { ToggleButton } from 'react-aria-components'
import { ratingReasons } from '#contract/rating-reasons.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { Check } from '../ui/icon.ts'
import { TextField } from '../ui/text-field.tsx'
import { Keyboard } from './on-screen-keyboard.tsx'
import { maxOther, type RatingInput, type RatingState } from './rating.ts'

interface WhyProps {
  readonly state: Extract<RatingState, { readonly step: 'why' }>
  readonly dispatch: (input: RatingInput) => void
}

/** After a low answer: what was wrong. All of it may be left out; the score is already fixed. */
export function Why({ state, dispatch }: WhyProps) {
  const { t } = useMessages()
  if (state.writing) return <Writing state={state} dispatch={dispatch} />
  const { vote } = state
  return (
    <main className="tp-question">
      <h1>{t('touchpad.why')}</h1>
      <p>{t('touchpad.why.next', { score: t(`touchpad.score.${vote.score}`) })}</p>
      <div className="tp-reasons">
        {ratingReasons.map((reason) => (
          <ToggleButton key={reason} className="tp-reason" isSelected={vote.reasons.includes(reason)} onChange={() => dispatch({ kind: 'reason', reason })}>
            {({ isSelected }) => (
              <>
                {isSelected ? <Check aria-hidden="true" /> : null}
                {t(`touchpad.reason.${reason}`)}
              </>
            )}
          </ToggleButton>
        ))}
        <ToggleButton className="tp-reason tp-reason-other" isSelected={vote.other.trim() !== ''} onChange={() => dispatch({ kind: 'write', open: true })}>
          {vote.other.trim() === '' ? t('touchpad.reason.other') : vote.other}
        </ToggleButton>
      </div>
    </main>
  )
}

function Writing({ state, dispatch }: WhyProps) {
  const { t } = useMessages()
  const write = (text: string) => dispatch({ kind: 'text', text })
  return (
    <main className="tp-writing">
      <h1 className="visually-hidden">{t('touchpad.why')}</h1>
      <div className="tp-writing-field">
        <TextField label={t('touchpad.other.label')} hint={t('touchpad.other.hint')} value={state.vote.other} onChange={write} maxLength={maxOther} inputMode="none" autoFocus />
        <Button kind="primary" onPress={() => dispatch({ kind: 'write', open: false })}>
          {t('touchpad.other.close')}
        </Button>
      </div>
      <Keyboard text={state.vote.other} onText={write} />
    </main>
  )
}
