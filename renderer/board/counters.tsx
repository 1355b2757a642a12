import { formatClock } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import type { HeroPhase } from '../voice/call-queue.ts'
import type { Cell } from './cells.ts'
import { fitSize, type BoardLayout } from './layout.ts'

function Said({ cell, layout, width }: { readonly cell: Cell; readonly layout: BoardLayout; readonly width: number }) {
  const { t } = useMessages()
  if (cell.kind === 'number') {
    return <p className="bd-cell-number" style={{ fontSize: `calc(${fitSize(cell.number, layout.cellSize, width)} * var(--u))` }}>{cell.number}</p>
  }
  if (cell.kind === 'free') return <p className="bd-cell-said">{t('board.free')}</p>
  if (cell.kind === 'closed') return <p className="bd-cell-said">{t('board.closed')}</p>
  return <p className="bd-cell-said">{cell.until === 0 ? t('board.paused') : t('board.paused-until', { time: formatClock(cell.until) })}</p>
}

/** Every counter in its own place, which never changes; the number changes in it. */
export function Counters({ cells, layout, phase }: { readonly cells: readonly Cell[]; readonly layout: BoardLayout; readonly phase: HeroPhase }) {
  const { t } = useMessages()
  const width = 1920 / layout.columns - layout.whereWidth - 72
  return (
    <ul
      className="bd-counters"
      style={{
        gridTemplateColumns: `repeat(${layout.columns}, 1fr)`,
        gridTemplateRows: `repeat(${layout.rows}, 1fr)`,
        '--bd-where': layout.whereWidth,
        '--bd-counter': layout.rows > 2 || layout.columns > 3 ? 64 : 96,
      } as React.CSSProperties}
    >
      {cells.map((cell) => {
        const hero = cell.kind === 'number' && cell.isHero
        return (
          <li key={cell.id} className="bd-cell" data-kind={cell.kind} data-testid={`counter-${cell.id}`} {...(hero ? { 'data-hero': phase } : {})}>
            <div className="bd-cell-who">
              <Said cell={cell} layout={layout} width={width} />
            </div>
            <div className="bd-cell-where">
              <span>{t('board.counter')}</span>
              <b>{cell.id}</b>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
