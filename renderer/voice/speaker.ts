import type { Spoken } from './plan.ts'

/** How an announcement ended. `muted`: the browser has not been allowed to sound yet. `failed`: no voice, no file, no device. */
export type SpeechOutcome = 'spoken' | 'muted' | 'failed'

export interface SayOptions {
  /** Sound the chime first; left out in repeats. */
  readonly chime: boolean
  /** Called once, with the first syllable. */
  readonly onWords: () => void
}

/** Something that can say a call aloud. `say` always settles and never speaks over itself. */
export interface Speaker {
  say(call: Spoken, options: SayOptions): Promise<SpeechOutcome>
  /** Stops at once; a running `say` settles. */
  stop(): void
}

/** The board without a loudspeaker, and the voice of machines that have none. */
export const silentSpeaker: Speaker = {
  say: async () => Promise.resolve('muted'),
  stop: () => undefined,
}
