import { Button } from 'react-aria-components'
import { useMessages } from '../i18n/use-messages.tsx'
import { Delete } from '../ui/icon.ts'
import { letterRows, tones, withoutLast, withTone } from './keyboard.ts'

/** Letters, the letters and tones of Vietnamese, space and delete. A key never takes the focus from the field. */
export function Keyboard({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const { t } = useMessages()
  const key = (label: string, press: () => void, extra: { readonly wide?: boolean; readonly word?: boolean; readonly aria?: string; readonly icon?: React.ReactNode } = {}) => (
    <Button
      key={label}
      className="tp-letter"
      excludeFromTabOrder
      preventFocusOnPress
      onPress={press}
      {...(extra.wide === true ? { 'data-wide': true } : {})}
      {...(extra.word === true ? { 'data-word': true } : {})}
      {...(extra.aria === undefined ? {} : { 'aria-label': extra.aria })}
    >
      {extra.icon ?? label}
    </Button>
  )
  const [first = [], second = [], third = [], vowels = []] = letterRows
  const letters = (row: readonly string[]) => row.map((letter) => key(letter, () => onText(text + letter)))
  return (
    <div className="tp-keyboard">
      <div>{letters(first)}</div>
      <div>{letters(second)}</div>
      <div>{letters(third)}</div>
      <div>
        {letters(vowels)}
        {tones.map(({ mark, name }) => key(t(name), () => onText(withTone(text, mark)), { word: true }))}
      </div>
      <div>
        {key(t('touchpad.key.space'), () => onText(`${text} `), { wide: true })}
        {key('delete', () => onText(withoutLast(text)), { aria: t('touchpad.key.delete'), icon: <Delete aria-hidden="true" /> })}
      </div>
    </div>
  )
}
