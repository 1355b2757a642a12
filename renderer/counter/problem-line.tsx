import { lookUp, rawText } from '../i18n/catalogue.ts'
import { boldPieces } from '../i18n/message.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button, Icon } from '../ui/index.ts'
import type { Conflict } from './form-types.ts'
import type { FormAct } from './form.ts'
import type { Problem } from './validate.ts'

/** What is wrong with one field, then how it should look; "Giữ" where the clerk may confirm it. Pushes what is below. */
export function ProblemLine({ problem, act }: { readonly problem: Problem; readonly act: (act: FormAct) => void }) {
  const { t, language } = useMessages()
  const key = `problem.${problem.code}`
  const text = lookUp(language, key, problem.details, 'counter') === null ? problem.code : rawText(language, `counter.${key}`, problem.details)
  return (
    <div className="ct-problem mc-error" id={`problem-${problem.place}`} role="status">
      <Icon.CircleAlert aria-hidden="true" />
      <span>{boldPieces(text).map((piece) => (piece.bold ? <b key={piece.text}>{piece.text}</b> : piece.text))}</span>
      {problem.doubt === null ? null : <Button onPress={() => act({ kind: 'keep', doubt: problem.doubt ?? '' })}>{t('counter.problem.keep')}</Button>}
    </div>
  )
}

/** The card says something else than the clerk typed: say so, and let the clerk choose. */
export function ConflictLine({ conflict, act }: { readonly conflict: Conflict; readonly act: (act: FormAct) => void }) {
  const { t } = useMessages()
  return (
    <div className="ct-problem ct-conflict" role="status">
      <Icon.IdCard size={18} aria-hidden="true" />
      <span><b>{t(`counter.field.${conflict.field}`)}:</b> {t('counter.conflict.said', { card: conflict.card })}</span>
      <Button onPress={() => act({ kind: 'take-card', field: conflict.field })}>{t('counter.conflict.card')}</Button>
      <Button onPress={() => act({ kind: 'keep-typed', field: conflict.field })}>{t('counter.conflict.keep')}</Button>
    </div>
  )
}
