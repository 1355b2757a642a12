import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Speaker } from './speaker.ts'
import { createSystemSpeaker } from './system-speaker.ts'

type Behaviour = 'speaks' | 'fails in mid-call' | 'never begins' | 'speaks until stopped'

/** The browser's speech interface with a voice that behaves as told. */
function withVoice(behaviour: Behaviour) {
  class Utterance extends EventTarget {
    readonly text: string
    constructor(text: string) {
      super()
      this.text = text
    }
  }
  let current: Utterance | null = null
  const error = (name: string) => Object.assign(new Event('error'), { error: name })
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance)
  vi.stubGlobal('speechSynthesis', {
    getVoices: () => [{ lang: 'vi-VN', localService: true }],
    speak: (utterance: Utterance) => {
      current = utterance
      if (behaviour === 'never begins') return
      queueMicrotask(() => {
        utterance.dispatchEvent(new Event('start'))
        if (behaviour === 'speaks') utterance.dispatchEvent(new Event('end'))
        if (behaviour === 'fails in mid-call') utterance.dispatchEvent(error('synthesis-failed'))
      })
    },
    cancel: () => current?.dispatchEvent(error('canceled')),
  })
}

function clips() {
  const said: string[] = []
  const speaker: Speaker = {
    say: async (call) => {
      said.push(call.number)
      return Promise.resolve('spoken')
    },
    stop: () => undefined,
  }
  return { said, speaker }
}

const call = { number: 'A012', counter: 3 }
const options = { chime: true, onWords: () => undefined }

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe("the machine's own voice", () => {
  it.each([
    ['speaks', []],
    ['fails in mid-call', ['A012']],
  ] as const)('%s: clips say %j', async (behaviour, expected) => {
    withVoice(behaviour)
    const { said, speaker } = clips()
    expect(await createSystemSpeaker(speaker).say(call, options)).toBe('spoken')
    expect(said).toEqual(expected)
  })

  it('hands over to the clips when the voice never begins', async () => {
    vi.useFakeTimers()
    withVoice('never begins')
    const { said, speaker } = clips()
    const saying = createSystemSpeaker(speaker).say(call, options)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await saying).toBe('spoken')
    expect(said).toEqual(['A012'])
  })

  it('stays silent after it was stopped on purpose', async () => {
    withVoice('speaks until stopped')
    const { said, speaker } = clips()
    const system = createSystemSpeaker(speaker)
    const saying = system.say(call, options)
    system.stop()
    expect(await saying).toBe('failed')
    expect(said).toEqual([])
  })
})
