import type { BoardView } from '#contract/board.ts'
import { Board } from '../board/board.tsx'
import { freshnessOf } from '../board/freshness.ts'
import { usePortrait } from '../board/page.tsx'
import { emptyQueue, type CallQueueState } from '../voice/call-queue.ts'
import { boardQueue, boardView, withCounters } from './board-views.ts'
import type { DevScreens } from './screens.ts'

function Shown({ view = boardView, queue = boardQueue, elapsed = 0, muted = false }: { readonly view?: BoardView; readonly queue?: CallQueueState; readonly elapsed?: number; readonly muted?: boolean }) {
  return <Board view={view} queue={queue} freshness={freshnessOf(view, elapsed)} now={view.now + elapsed} portrait={usePortrait()} onUnlock={muted ? () => undefined : null} />
}

const long = 'Bộ phận đóng cửa lúc 11:30 và mở lại lúc 13:30. Mời Ông/Bà nộp hồ sơ đất đai xem kỹ bản vẽ trước khi đến quầy. Mai 24/11 nghỉ Ngày Văn hóa Việt Nam.'
const wide = boardQueue.hero === null ? boardQueue : { ...boardQueue, hero: { ...boardQueue.hero, number: 'W1044', counter: 12 } }

export const screens: DevScreens = {
  'board-call': () => <Shown />,
  'board-opening': () => <Shown queue={{ ...boardQueue, phase: 'opening' }} />,
  'board-speaking': () => <Shown queue={{ ...boardQueue, phase: 'speaking' }} />,
  'board-empty': () => <Shown view={{ ...boardView, calls: [], counters: boardView.counters.map((counter) => ({ ...counter, number: null, state: 'free' })), waiting: 0, services: boardView.services.map((service) => ({ ...service, waiting: 0, estimate: null })), notice: null }} queue={emptyQueue} />,
  'board-sample': () => <Shown view={{ ...boardView, sample: true }} muted />,
  'board-late': () => <Shown elapsed={10_000} />,
  'board-lost': () => <Shown elapsed={45_000} />,
  'board-dark': () => <Shown elapsed={400_000} />,
  'board-wide': () => <Shown view={{ ...boardView, notice: long }} queue={wide} />,
  'board-1': () => <Shown view={withCounters(1)} />,
  'board-2': () => <Shown view={withCounters(2)} />,
  'board-3': () => <Shown view={withCounters(3)} />,
  'board-4': () => <Shown view={withCounters(4)} />,
  'board-8': () => <Shown view={withCounters(8)} />,
  'board-12': () => <Shown view={withCounters(12)} />,
  'board-16': () => <Shown view={withCounters(16)} />,
}
