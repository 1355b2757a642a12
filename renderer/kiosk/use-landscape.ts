import { useSyncExternalStore } from 'react'

const query = () => matchMedia('(orientation: landscape)')

function subscribe(listener: () => void): () => void {
  const media = query()
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether the kiosk's screen lies on its side. */
export function useLandscape(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches)
}
