import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useMessages } from '../i18n/use-messages.tsx'
import { Icon } from '../ui/index.ts'

const letters = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'ăâđêôơư'] as const
const digits = ['12345', '67890', '.-/'] as const

/** Deletes one letter as people see it, marks included. */
export function withoutLast(text: string): string {
  return [...new Intl.Segmenter('vi').segment(text)].slice(0, -1).map((part) => part.segment).join('')
}

/**
 * On-screen keys for searching. Accents are not needed to find anything; ă â đ ê ô ơ ư are there for those who look for them.
 * Every key acts on release.
 */
export function Keyboard({ value, onChange, onDone }: { readonly value: string; readonly onChange: (value: string) => void; readonly onDone: () => void }) {
  const { t } = useMessages()
  const [numbers, setNumbers] = useState(false)
  const rows: readonly string[] = numbers ? digits : letters
  return (
    <div className="kiosk-keys" role="group" aria-label={t('kiosk.key.keyboard')}>
      {rows.map((row, index) => (
        <div className="kiosk-key-row" key={row}>
          {[...row].map((letter) => (
            <Button key={letter} className="kiosk-key" onPress={() => onChange(value + letter)}>
              {letter}
            </Button>
          ))}
          {index === 2 ? (
            <Button className="kiosk-key kiosk-key-wide" aria-label={t('kiosk.key.delete')} onPress={() => onChange(withoutLast(value))}>
              <Icon.Delete aria-hidden="true" />
            </Button>
          ) : null}
        </div>
      ))}
      <div className="kiosk-key-row">
        <Button className="kiosk-key kiosk-key-wide" onPress={() => setNumbers(!numbers)}>
          {numbers ? 'abc' : '123'}
        </Button>
        <Button className="kiosk-key kiosk-key-space" onPress={() => onChange(`${value} `)}>
          {t('kiosk.key.space')}
        </Button>
        <Button className="kiosk-key kiosk-key-done" onPress={onDone}>
          {t('kiosk.key.done')}
        </Button>
      </div>
    </div>
  )
}
