import { useEffect, useSyncExternalStore } from 'react'
import type { Language } from '../i18n/format.ts'

function voiceFor(language: Language): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in globalThis)) return null
  return speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language)) ?? null
}

function onVoices(listener: () => void): () => void {
  if (!('speechSynthesis' in globalThis)) return () => undefined
  speechSynthesis.addEventListener('voiceschanged', listener)
  return () => speechSynthesis.removeEventListener('voiceschanged', listener)
}

/** Whether this machine can read aloud in the language; the button is hidden when it can't. */
export function useCanSpeak(language: Language): boolean {
  return useSyncExternalStore(onVoices, () => voiceFor(language) !== null)
}

/** Reads `text` aloud while `on`; a new text or leaving stops the one before. */
export function useSpeech(on: boolean, text: string, language: Language): void {
  useEffect(() => {
    const voice = on ? voiceFor(language) : null
    if (voice === null || text === '') return undefined
    const words = new SpeechSynthesisUtterance(text)
    words.voice = voice
    words.lang = voice.lang
    words.rate = 0.9
    speechSynthesis.cancel()
    speechSynthesis.speak(words)
    return () => speechSynthesis.cancel()
  }, [on, text, language])
}
