import { announcementClips, hasWords, type Spoken } from './plan.ts'
import { loadPack } from './pack.ts'
import type { SayOptions, Speaker, SpeechOutcome } from './speaker.ts'

/** What a screen may ask of the loudspeaker beside speaking. */
export interface ClipSpeaker extends Speaker {
  /** True while the browser waits for a touch before it sounds. */
  isMuted(): boolean
  /** Asks to sound; works only inside a touch or key press. */
  unlock(): Promise<void>
  onMutedChange(listener: () => void): () => void
  close(): void
}

/** Sounds of a pack, decoded. */
export interface ClipBank {
  readonly clips: Readonly<Record<string, AudioBuffer>>
}

/** Start of each clip in seconds after the first, back to back, and the length of the whole. */
export function schedule(seconds: readonly number[]): { readonly starts: readonly number[]; readonly total: number } {
  let total = 0
  const starts = seconds.map((length) => {
    const start = total
    total += length
    return start
  })
  return { starts, total }
}

/** Fetches and decodes a pack once; clips that can't be decoded are missing, and a number that needs one gets the chime alone. */
export async function loadBank(context: BaseAudioContext, folder: string): Promise<ClipBank> {
  const pack = await loadPack(folder)
  const entries = await Promise.all(
    Object.entries(pack?.clips ?? {}).map(async ([id, clip]) => {
      const buffer = await decode(context, `${folder}/${clip.file}`)
      return buffer === null ? [] : [[id, buffer] as const]
    }),
  )
  return { clips: Object.fromEntries(entries.flat()) }
}

async function decode(context: BaseAudioContext, url: string): Promise<AudioBuffer | null> {
  try {
    const answer = await fetch(url)
    return answer.ok ? await context.decodeAudioData(await answer.arrayBuffer()) : null
  } catch {
    return null
  }
}

/** A breath before the first clip, seconds: scheduling in the past would swallow its beginning. */
const leadIn = 0.03

function play(context: AudioContext, bank: ClipBank, ids: readonly string[]) {
  const buffers = ids.flatMap((id) => bank.clips[id] ?? [])
  const { starts, total } = schedule(buffers.map((buffer) => buffer.duration))
  const begin = context.currentTime + leadIn
  const sources = buffers.map((buffer, index) => {
    const source = new AudioBufferSourceNode(context, { buffer })
    source.connect(context.destination)
    source.start(begin + (starts[index] ?? 0))
    return source
  })
  const firstWord = ids.findIndex((id) => id !== 'chime')
  return { sources, wordsIn: leadIn + (starts[firstWord] ?? 0), endsIn: leadIn + total }
}

/** Speaks with the clips of `folder` through Web Audio: decoded once, scheduled back to back on the audio clock. */
export function createClipSpeaker(folder: string): ClipSpeaker {
  const context = new AudioContext()
  const bank = loadBank(context, folder)
  let halt: () => void = () => undefined

  const say = async (call: Spoken, options: SayOptions): Promise<SpeechOutcome> => {
    if (context.state !== 'running') return 'muted'
    const clips = await bank
    const planned = announcementClips(call, clips)
    const ids = options.chime ? planned : planned.filter((id) => id !== 'chime')
    if (ids.length === 0) return 'failed'
    return new Promise((done) => {
      const { sources, wordsIn, endsIn } = play(context, clips, ids)
      const words = setTimeout(options.onWords, (wordsIn + context.outputLatency) * 1000)
      const finish = (outcome: SpeechOutcome) => {
        clearTimeout(words)
        clearTimeout(end)
        for (const source of sources) source.stop()
        done(outcome)
      }
      const end = setTimeout(() => finish(hasWords(ids) ? 'spoken' : 'failed'), (endsIn + context.outputLatency) * 1000)
      halt = () => finish('failed')
    })
  }

  return {
    say,
    stop: () => halt(),
    isMuted: () => context.state === 'suspended',
    unlock: async () => context.resume(),
    onMutedChange(listener) {
      context.addEventListener('statechange', listener)
      return () => context.removeEventListener('statechange', listener)
    },
    close() {
      halt()
      void context.close()
    },
  }
}
