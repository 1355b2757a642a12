import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { MessagesProvider } from '../i18n/use-messages.tsx'
import '../ui/index.css'
import { StationProvider } from './station-provider.tsx'

export type Surface = 'kiosk' | 'counter' | 'board' | 'touchpad' | 'supervisor' | 'follow'

/**
 * React Aria writes one rule into a new `<style>` unless an element with this id is there; the content security policy of the station
 * refuses inline styles. The rule itself stands in ui/base.css.
 */
function claimPressableStyle(): void {
  const claim = document.createElement('meta')
  claim.id = 'react-aria-pressable-style'
  document.head.append(claim)
}

/** Draws a page of the station into `#root`: styles, language, connection. `surface` picks the sizes of the components. */
export function startPage(surface: Surface, screen: ReactNode): void {
  drawPage(surface, <StationProvider>{screen}</StationProvider>)
}

/** The same without a connection. */
export function drawPage(surface: Surface, screen: ReactNode): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no #root')
  document.documentElement.dataset['surface'] = surface
  claimPressableStyle()
  createRoot(root).render(
    <StrictMode>
      <MessagesProvider>{screen}</MessagesProvider>
    </StrictMode>,
  )
}
