import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { I18nProvider as AriaI18nProvider } from 'react-aria-components'
import { lookUp, rawText, translator, type BlanksFor, type MessageKey, type Translate } from './catalogue.ts'
import type { Language } from './format.ts'
import { boldPieces } from './message.ts'

export interface Messages {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  readonly t: Translate
  /** Like `t`, with `**bold**` parts drawn bold. */
  readonly rich: <Key extends MessageKey>(key: Key, ...blanks: BlanksFor<Key>) => ReactNode
  /** Text of a key that the station named, e.g. `refusal.counter-busy`; null when unknown. */
  readonly byKey: (key: string, blanks?: Readonly<Record<string, string | number>>) => string | null
}

const MessagesContext = createContext<Messages | null>(null)

function richText(language: Language, key: MessageKey, blanks: Readonly<Record<string, string | number>>): ReactNode {
  return boldPieces(rawText(language, key, blanks)).map((piece) => (piece.bold ? <b key={piece.text}>{piece.text}</b> : piece.text))
}

/** Holds the language of this screen and sets `lang` of the page. Vietnamese first, always. */
export function MessagesProvider({ children, initial = 'vi' }: { readonly children: ReactNode; readonly initial?: Language }) {
  const [language, setLanguage] = useState<Language>(initial)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const messages = useMemo<Messages>(
    () => ({
      language,
      setLanguage,
      t: translator(language),
      rich: (key, ...blanks) => richText(language, key, blanks[0] ?? {}),
      byKey: (key, blanks) => lookUp(language, key, blanks),
    }),
    [language],
  )
  return (
    <AriaI18nProvider locale={language === 'vi' ? 'vi-VN' : 'en-GB'}>
      <MessagesContext value={messages}>{children}</MessagesContext>
    </AriaI18nProvider>
  )
}

/** The messages of this screen's language. */
export function useMessages(): Messages {
  const messages = use(MessagesContext)
  if (messages === null) throw new Error('useMessages outside MessagesProvider')
  return messages
}
