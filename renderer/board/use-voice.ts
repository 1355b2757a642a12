import { useEffect, useRef, useState, type RefObject } from 'react'
import type { BoardVoice } from '#contract/board.ts'
import { createClipSpeaker, type ClipSpeaker } from '../voice/clip-speaker.ts'
import { silentSpeaker, type Speaker } from '../voice/speaker.ts'
import { createSystemSpeaker } from '../voice/system-speaker.ts'

/** Where the pack lies beside the page. */
const packFolder = '/voice'

/** What an office that has said nothing gets: the pack, said twice. */
export const usualVoice: BoardVoice = { use: 'pack', repeats: 1 }

const uses = ['pack', 'system', 'off'] as const

/** The voice of this board: `?voice=off` in its address makes a second board of the same room keep silent; else what the office wants. */
export function voiceOf(search: string, office: BoardVoice = usualVoice): BoardVoice {
  const asked = new URLSearchParams(search).get('voice')
  return { ...office, use: uses.find((use) => use === asked) ?? office.use }
}

export interface Voice {
  /** The speaker for the next call. */
  readonly speaker: RefObject<Speaker>
  /** Set while the browser wants a touch before it sounds. */
  readonly unlock: (() => void) | null
}

/** The loudspeaker of this board. The audio clock is opened once; the choice of voice may change while it runs. */
export function useVoice(use: BoardVoice['use']): Voice {
  const speaker = useRef<Speaker>(silentSpeaker)
  const clips = useRef<ClipSpeaker | null>(null)
  const [muted, setMuted] = useState(false)
  useEffect(() => {
    const opened = createClipSpeaker(packFolder)
    clips.current = opened
    const look = () => setMuted(opened.isMuted())
    const leave = opened.onMutedChange(look)
    // A context that may sound says so within a moment; asking at once would flash the button.
    const later = setTimeout(look, 600)
    return () => {
      clearTimeout(later)
      leave()
      opened.close()
      clips.current = null
    }
  }, [])
  useEffect(() => {
    if (clips.current === null || use === 'off') speaker.current = silentSpeaker
    else speaker.current = use === 'system' ? createSystemSpeaker(clips.current) : clips.current
  }, [use])
  const unlock = () => {
    void clips.current?.unlock().catch((error: unknown) => console.warn('the loudspeaker stays silent', error))
  }
  return { speaker, unlock: muted && use !== 'off' ? unlock : null }
}
