import type { BoardView } from '#contract/board.ts'
import { formatClock, formatRange } from '../i18n/format.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { CloudOff } from '../ui/icon.ts'
import { pageOf } from './layout.ts'

type Service = BoardView['services'][number]

function Wait({ service }: { readonly service: Service }) {
  const { t } = useMessages()
  const said = service.waiting === 0 || service.estimate === null ? t('shared.people', { count: service.waiting }) : t('shared.minutes', { range: formatRange(service.estimate) })
  return (
    <li>
      <span className="ellipsis">{service.name}</span>
      <b>{said}</b>
    </li>
  )
}

/** How many wait, and how long for each service: ranges, never promises. */
export function Waits({ view, now, portrait }: { readonly view: BoardView; readonly now: number; readonly portrait: boolean }) {
  const { t } = useMessages()
  const shown = pageOf(view.services, portrait ? 2 : 6, now)
  return (
    <ul className="bd-waits" data-testid="waits" data-tight={shown.length > 5}>
      <li>
        <span>{t('board.waiting')}</span>
        <b>{t('shared.people', { count: view.waiting })}</b>
      </li>
      {shown.map((service) => (
        <Wait key={service.id} service={service} />
      ))}
    </ul>
  )
}

/** Since when the board has heard nothing, and what to do about it. */
export function LostBand({ since }: { readonly since: number }) {
  const { t } = useMessages()
  return (
    <p className="bd-lost" role="alert" data-testid="lost">
      <CloudOff aria-hidden="true" />
      {t('board.lost', { time: formatClock(since) })}
    </p>
  )
}
