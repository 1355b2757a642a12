import { useEffect } from 'react'

/** Ways to use the kiosk that a citizen switches on; all off again at the time-out. */
export interface Modes {
  readonly large: boolean
  readonly contrast: boolean
  readonly spoken: boolean
  /** All controls at y ≥ 900. */
  readonly seated: boolean
}

export const plainModes: Modes = { large: false, contrast: false, spoken: false, seated: false }

/** These modes need more time: the time-out is three times as long. */
export function slowModes(modes: Modes): boolean {
  return modes.large || modes.spoken || modes.seated
}

/** Puts the modes on the page, where the tokens read them. */
export function usePageModes(modes: Modes): void {
  const { large, contrast, spoken, seated } = modes
  useEffect(() => {
    const page = document.documentElement.dataset
    page['text'] = large ? 'large' : 'normal'
    page['theme'] = contrast ? 'contrast' : 'light'
    page['motion'] = spoken || seated ? 'none' : 'full'
    page['seated'] = String(seated)
  }, [large, contrast, spoken, seated])
}
