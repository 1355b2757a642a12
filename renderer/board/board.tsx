import type { BoardView } from '#contract/board.ts'
import { formatDate, formatWeekday } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { Clock } from '../ui/clock.tsx'
import { Logo } from '../ui/logo.tsx'
import { SampleTag } from '../ui/sample-tag.tsx'
import type { CallQueueState } from '../voice/call-queue.ts'
import { cellsOf } from './cells.ts'
import { Counters } from './counters.tsx'
import { Footer } from './footer.tsx'
import type { Freshness } from './freshness.ts'
import { Hero, Recent } from './hero.tsx'
import { layoutFor } from './layout.ts'
import { LostBand, Waits } from './waits.tsx'
import './board.css'

export interface BoardProps {
  readonly view: BoardView
  readonly queue: CallQueueState
  readonly freshness: Freshness
  /** Station time now, epoch ms: the view's `now` and what has passed since. */
  readonly now: number
  readonly portrait: boolean
  /** Set while the browser waits for a touch before it sounds. */
  readonly onUnlock: (() => void) | null
}

function Header({ view, now }: Pick<BoardProps, 'view' | 'now'>) {
  const { language } = useMessages()
  return (
    <header className="bd-header">
      <Logo size={60} />
      <div className="bd-office">
        <h1 className="ellipsis">{`${view.office.unit} ${view.office.commune}`}</h1>
        {view.sample ? <SampleTag /> : null}
      </div>
      <p className="bd-date">{`${formatWeekday(now, language, true)} ${formatDate(now)}`}</p>
      <Clock now={now} className="bd-clock" />
    </header>
  )
}

/** The waiting room's board: who is called where, what each counter serves, how long one waits, and how old all that is. */
export function Board(props: BoardProps) {
  const { view, queue, freshness, now, portrait } = props
  const layout = layoutFor(view.counters.length, portrait)
  const cells = cellsOf(view, queue)
  const dark = freshness.level === 'dark'
  const lost = dark || freshness.level === 'lost'
  return (
    <main className="bd" data-portrait={portrait} data-layout={layout.kind} data-dark={dark} style={rowsOf(layout.heroHeight)}>
      <Header view={view} now={now} />
      {dark ? null : <Hero call={queue.hero} phase={queue.phase} layout={layout} portrait={portrait} />}
      {dark ? null : <Recent calls={queue.recent} count={recentCount(layout.heroHeight, portrait)} />}
      {dark || layout.kind === 'hero-only' ? null : <Counters cells={cells} layout={layout} phase={queue.phase} />}
      {lost ? <LostBand since={freshness.since} /> : <Waits view={view} now={now} portrait={portrait} />}
      {dark ? null : <Footer notice={view.notice} freshness={freshness} calling={queue.phase !== 'quiet'} onUnlock={props.onUnlock} />}
    </main>
  )
}

/** The call and the counters share what header, waits and footer leave of 1080. */
const rowsOf = (heroHeight: number) => ({ '--bd-hero': `${heroHeight}fr`, '--bd-rest': `${772 - heroHeight}fr` }) as React.CSSProperties

/** Lines that fit under the heading of "Vừa gọi". */
const recentCount = (heroHeight: number, portrait: boolean) => (portrait ? 3 : Math.floor((heroHeight - 100) / 106))
