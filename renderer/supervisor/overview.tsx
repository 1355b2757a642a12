import type { SupervisorView } from '#contract/supervisor.ts'
import { useMessages } from '../i18n/use-messages.tsx'
import { CounterStrip } from './counter-strip.tsx'
import { Figures } from './figures-row.tsx'
import { countersDoing } from './figures.ts'
import { Floor } from './floor-table.tsx'
import { Tasks } from './task-list.tsx'

/** Quầy 2, 3 đang phục vụ, quầy 1 đang trống. */
function useDoing(view: SupervisorView): string {
  const { t } = useMessages()
  if (view.counters.length === 0) return t('supervisor.doing.none')
  const doing = countersDoing(view)
  const parts = (['busy', 'free', 'paused', 'closed'] as const).flatMap((what) =>
    doing[what].length === 0 ? [] : [t(`supervisor.doing.${what}`, { ids: doing[what].join(', ') })],
  )
  const line = `${parts.join(', ')}.`
  return line.charAt(0).toUpperCase() + line.slice(1)
}

function Headline({ view }: { readonly view: SupervisorView }) {
  const { t, rich } = useMessages()
  const doing = useDoing(view)
  const { longestWait: longest, waiting: count } = view
  const said = () => {
    if (count === 0) return t('supervisor.headline.none')
    return longest === null || longest.minutes === 0 ? t('supervisor.headline.some', { count }) : rich('supervisor.headline', { count, minutes: longest.minutes, service: longest.service })
  }
  return (
    <section className="sv-headline" data-long={(longest?.minutes ?? 0) > 30}>
      <h1>{said()}</h1>
      <p>{doing}</p>
    </section>
  )
}

/** The office at this moment: who waits how long, what each counter does, what needs somebody, what today has brought. */
export function Overview({ view, now }: { readonly view: SupervisorView; readonly now: number }) {
  return (
    <main className="sv-overview">
      <Headline view={view} />
      <section className="sv-floor">
        <Floor view={view} />
        <CounterStrip view={view} now={now} />
      </section>
      <Tasks view={view} />
      <Figures view={view} />
    </main>
  )
}
