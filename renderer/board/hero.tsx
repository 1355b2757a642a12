import { memo } from 'react'
import type { Call } from '#contract/board.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import type { HeroPhase } from '../voice/call-queue.ts'
import { fitSize, type BoardLayout } from './layout.ts'

const scaled = (px: number) => ({ fontSize: `calc(${px} * var(--u))` })

/** Largest size under the words that a leaf of this height holds: 392 at 440, capitals being 0.72 of it. */
const tallest = (heroHeight: number) => Math.min(520, Math.floor((heroHeight - 93) / 0.885))

const numberSize = (call: Call, layout: BoardLayout, portrait: boolean) =>
  fitSize(call.number, portrait ? 330 : tallest(layout.heroHeight), portrait ? 984 : 1016)

/**
 * The call: the green leaf says who, the yellow one slides out from behind it and says where. `key` by `seq` restarts the opening.
 * The words appear with the first syllable; the numbers are there at once.
 */
export const Hero = memo(function Hero(props: { readonly call: Call | null; readonly phase: HeroPhase; readonly layout: BoardLayout; readonly portrait: boolean }) {
  const { t } = useMessages()
  const { call, phase, layout, portrait } = props
  if (call === null) {
    return (
      <section className="bd-hero" data-phase="empty">
        <div className="bd-hero-who">
          <p className="bd-empty">{t('board.nobody-yet')}</p>
          <p className="bd-words" data-shown>{t('board.nobody-yet.next')}</p>
        </div>
      </section>
    )
  }
  const words = phase === 'opening' ? {} : { 'data-shown': true }
  return (
    <section className="bd-hero" data-phase={phase} key={call.seq} aria-live="polite">
      <div className="bd-hero-who">
        <p className="bd-words" {...words}>{t('board.call')}</p>
        <p className="bd-hero-number" data-testid="hero-number" style={scaled(numberSize(call, layout, portrait))}>{call.number}</p>
      </div>
      <div className="bd-hero-where">
        <p className="bd-words" {...words}>{t('board.to-counter')}</p>
        <p className="bd-hero-number" data-testid="hero-counter" style={scaled(whereSize(call.counter, layout, portrait))}>{call.counter}</p>
      </div>
    </section>
  )
})

const whereSize = (counter: number, layout: BoardLayout, portrait: boolean) =>
  fitSize(String(counter), portrait ? 220 : tallest(layout.heroHeight), portrait ? 400 : 262)

/** The calls before, newest on top. */
export const Recent = memo(function Recent({ calls, count }: { readonly calls: readonly Call[]; readonly count: number }) {
  const { t } = useMessages()
  return (
    <section className="bd-recent">
      <h2>
        <span>{t('board.recent')}</span>
        <span>{t('board.recent.counter')}</span>
      </h2>
      {calls.length === 0 ? <p className="bd-recent-none">{t('board.none-recent')}</p> : null}
      <ol>
        {calls.slice(0, count).map((call) => (
          <li key={call.number}>
            <span>{call.number}</span>
            <span className="bd-recent-where">{call.counter}</span>
          </li>
        ))}
      </ol>
    </section>
  )
})
