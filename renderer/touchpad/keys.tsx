import { useEffect, useState } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { Button } from '../ui/button.tsx'
import { Languages, Volume2 } from '../ui/icon.ts'
import { onVoicesChanged, readAloud, systemVoice } from '../voice/system-speaker.ts'

/** The other language by its own name; the screen goes back to Vietnamese when the visit is over. */
export function LanguageKey() {
  const { t, language, setLanguage } = useMessages()
  const other = language === 'vi' ? 'en' : 'vi'
  return (
    <Button icon={<Languages aria-hidden="true" />} onPress={() => setLanguage(other)}>
      <span lang={other}>{t(other === 'en' ? 'shared.language.en' : 'shared.language.vi')}</span>
    </Button>
  )
}

/** Reads the question and the answers aloud; only where the machine has a voice of the language, else no such key. */
export function ListenKey({ text }: { readonly text: string }) {
  const { t, language } = useMessages()
  const [voice, setVoice] = useState(() => systemVoice(language))
  const [reading, setReading] = useState(false)
  useEffect(() => {
    const look = () => setVoice(systemVoice(language))
    const timer = setTimeout(look)
    const leave = onVoicesChanged(look)
    return () => {
      clearTimeout(timer)
      leave()
      if ('speechSynthesis' in globalThis) speechSynthesis.cancel()
    }
  }, [language])
  if (voice === null) return null
  const read = () => {
    setReading(true)
    void readAloud(text, voice).then(() => setReading(false))
  }
  return (
    <Button icon={<Volume2 aria-hidden="true" />} pending={reading ? t('touchpad.listening') : undefined} onPress={read}>
      {t('touchpad.listen')}
    </Button>
  )
}
