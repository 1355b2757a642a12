import { spokenSentence, type Spoken } from './plan.ts'
import type { SayOptions, Speaker, SpeechOutcome } from './speaker.ts'

/** What `speechSynthesis` says of a voice. */
export interface VoiceLike {
  readonly lang: string
  readonly localService: boolean
}

/** Best voice of a language: one that lives on this machine; a cloud voice stops with the network, so never for calls. */
export function chooseVoice<T extends VoiceLike>(voices: readonly T[], language: string): T | null {
  const fits = (voice: T) => voice.lang.toLowerCase().replace('_', '-').split('-')[0] === language
  return voices.find((voice) => fits(voice) && voice.localService) ?? null
}

/** The machine's voice for a language, when there is one. Chromium fills the list late: listen to `voiceschanged`. */
export const systemVoice = (language: string): SpeechSynthesisVoice | null =>
  'speechSynthesis' in globalThis ? chooseVoice(speechSynthesis.getVoices(), language) : null

/** Calls `listener` whenever the list of voices changes; returns what ends it. */
export function onVoicesChanged(listener: () => void): () => void {
  if (!('speechSynthesis' in globalThis)) return () => undefined
  speechSynthesis.addEventListener('voiceschanged', listener)
  return () => speechSynthesis.removeEventListener('voiceschanged', listener)
}

/** A voice that has not begun by then never will: speech services hang without a word. */
const silentMs = 3_000

/** Reads a text once with the machine's voice, a little slower than talk; settles when it ends, fails or does not begin. */
export async function readAloud(text: string, voice: SpeechSynthesisVoice, onStart: () => void = () => undefined): Promise<SpeechOutcome> {
  return new Promise((done) => {
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = 0.85
    const silence = setTimeout(() => {
      speechSynthesis.cancel()
      done('failed')
    }, silentMs)
    const end = (outcome: SpeechOutcome) => {
      clearTimeout(silence)
      done(outcome)
    }
    utterance.addEventListener('start', () => {
      clearTimeout(silence)
      onStart()
    })
    utterance.addEventListener('end', () => end('spoken'))
    utterance.addEventListener('error', (event) => end(event.error === 'not-allowed' ? 'muted' : 'failed'))
    speechSynthesis.speak(utterance)
  })
}

/** Speaks calls with the machine's Vietnamese voice, and with `fallback` when it has none or the voice fails. */
export function createSystemSpeaker(fallback: Speaker): Speaker {
  let stops = 0
  return {
    async say(call: Spoken, options: SayOptions) {
      const voice = systemVoice('vi')
      const sentence = spokenSentence(call)
      if (voice === null || sentence === null) return fallback.say(call, options)
      const before = stops
      const outcome = await readAloud(sentence, voice, options.onWords)
      const stopped = stops !== before
      return outcome === 'failed' && !stopped ? fallback.say(call, options) : outcome
    },
    stop() {
      stops += 1
      if ('speechSynthesis' in globalThis) speechSynthesis.cancel()
      fallback.stop()
    },
  }
}
