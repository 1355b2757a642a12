import type { CounterView } from '#contract/counter.ts'
import { CounterScreen } from '../counter/counter-screen.tsx'
import { devCommands } from './counter-commands.ts'
import { acceptedView, calledView, centralLostView, counterNow, counterView, crowdedView, emptyView, hubLostView, idleView, pausedView, troubledView } from './counter-views.ts'
import type { DevScreens } from './screens.ts'

const queue = (view: CounterView) => () => <CounterScreen view={view} now={counterNow} commands={devCommands} />

export const screens: DevScreens = {
  'counter-queue': queue(counterView), 'counter-queue-called': queue(calledView), 'counter-queue-idle': queue(idleView), 'counter-queue-empty': queue(emptyView),
  'counter-queue-paused': queue(pausedView), 'counter-queue-accepted': queue(acceptedView), 'counter-queue-troubled': queue(troubledView), 'counter-queue-hub-lost': queue(hubLostView),
  'counter-queue-central-lost': queue(centralLostView), 'counter-queue-crowded': queue(crowdedView),
}
