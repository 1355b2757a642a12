import { useLayoutEffect, useRef, useState } from 'react'
import { useMessages } from '../i18n/use-messages.tsx'
import { RefreshCw, TriangleAlert, Volume2 } from '../ui/icon.ts'
import type { Freshness } from './freshness.ts'

/** Speed of running text, px a second on a board 1920 wide. */
const speed = 90

/** Width of the text beyond its box, in px; 0 when it fits. Measured again when the text or the box changes. */
function useOverflow(text: string) {
  const box = useRef<HTMLDivElement>(null)
  const [overflow, setOverflow] = useState({ text: 0, box: 0 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const measure = () => {
      const inner = element.firstElementChild
      const width = inner instanceof HTMLElement ? inner.scrollWidth : 0
      setOverflow(width > element.clientWidth ? { text: width, box: element.clientWidth } : { text: 0, box: 0 })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    void document.fonts.ready.then(measure)
    return () => observer.disconnect()
  }, [text])
  return { box, overflow }
}

/** The office's notice: still when it fits, else running at 90 px/s, standing still during a call so that one thing moves at a time. */
function Notice({ text, calling }: { readonly text: string; readonly calling: boolean }) {
  const { box, overflow } = useOverflow(text)
  const runs = overflow.text > 0
  const pace = speed * (window.innerWidth / 1920)
  // Begins as if it had already run in: the first words stand at the left edge.
  const style = runs
    ? ({ animationDelay: `${-overflow.box / pace}s`, '--run-from': `${overflow.box}px`, '--run-to': `${-overflow.text}px`, animationDuration: `${(overflow.text + overflow.box) / pace}s`, animationPlayState: calling ? 'paused' : 'running' } as React.CSSProperties)
    : {}
  return (
    <div className="bd-notice" ref={box}>
      <p data-running={runs} style={style}>{text}</p>
    </div>
  )
}

function Age({ freshness }: { readonly freshness: Extract<Freshness, { readonly seconds: number }> }) {
  const { t } = useMessages()
  return (
    <p className="bd-age" data-level={freshness.level} data-testid="age">
      {freshness.level === 'fresh' ? <RefreshCw aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      <span>{freshness.seconds < 1 ? t('board.age.now') : t('board.age', { seconds: freshness.seconds })}</span>
    </p>
  )
}

/** Notice left, age of the data right; between them the one thing a person may touch, when the browser keeps the voice back. */
export function Footer(props: { readonly notice: string | null; readonly freshness: Freshness; readonly calling: boolean; readonly onUnlock: (() => void) | null }) {
  const { t } = useMessages()
  return (
    <footer className="bd-footer">
      <Notice text={props.notice ?? t('board.no-notice')} calling={props.calling} />
      {props.onUnlock === null ? null : (
        <button type="button" className="bd-sound" onClick={props.onUnlock}>
          <Volume2 aria-hidden="true" />
          {t('board.sound')}
        </button>
      )}
      {'seconds' in props.freshness ? <Age freshness={props.freshness} /> : null}
    </footer>
  )
}
