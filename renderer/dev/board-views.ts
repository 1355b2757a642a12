/** The board at the moments of the picture, Monday 23/11/2026. Numbers are invented. */
import type { BoardCounter, BoardView, Call } from '#contract/board.ts'
import type { CallQueueState } from '../voice/call-queue.ts'

const at = (clock: string) => Date.parse(`2026-11-23T${clock}+07:00`)
export const boardNow = at('09:21:02')

const call = (seq: number, number: string, counter: number): Call => ({ seq, number, counter, at: boardNow - (50 - seq) * 60_000, times: 1 })
const counter = (id: number, number: string | null, state: BoardCounter['state'], pausedUntil: number | null = null): BoardCounter => ({ id, number, state, pausedUntil })
const service = (id: string, name: string, waiting: number, from: number, to: number) => ({ id, name, waiting, estimate: waiting === 0 ? null : { from, to } })

const calls = [call(46, 'T006', 1), call(47, 'C009', 4), call(48, 'B017', 2), call(49, 'A012', 3)]

export const boardView: BoardView = {
  now: boardNow, asOf: boardNow - 2000, sample: false, calls,
  office: { unit: 'Trung tâm Phục vụ hành chính công', commune: 'xã Hòa Phú', province: 'tỉnh Đắk Lắk', agency: 'H15.50.05.13', phone: '0262 3555 000' },
  counters: [
    counter(1, 'T006', 'serving'), counter(2, 'B017', 'serving'), counter(3, 'A012', 'called'), counter(4, 'C009', 'serving'), counter(5, 'D001', 'serving'),
    counter(6, null, 'paused', at('09:30:00')),
  ],
  waiting: 23,
  services: [
    service('civil', 'Hộ tịch', 6, 15, 25), service('certify', 'Chứng thực', 7, 20, 30), service('residence', 'Cư trú', 5, 15, 20), service('land', 'Đất đai', 4, 30, 45),
    service('results', 'Trả kết quả', 1, 5, 10),
  ],
  notice: 'Mai 24/11 nghỉ Ngày Văn hóa Việt Nam. Làm việc lại 07:30 thứ Tư.',
}

export const boardQueue: CallQueueState = { hero: calls[3] ?? null, phase: 'quiet', pending: [], recent: calls.slice(0, 3).toReversed() }

/** A board with `count` counters, some free, one closed. */
export function withCounters(count: number): BoardView {
  const said = (id: number) => (id % 5 === 2 ? counter(id, null, 'free') : counter(id, `${'TABCD'[id % 5]}${String(id * 7).padStart(3, '0')}`, 'serving'))
  const counters = Array.from({ length: count }, (_, index) => (index === 2 ? counter(3, 'A012', 'called') : index === 8 ? counter(9, null, 'closed') : said(index + 1)))
  return { ...boardView, counters: count === 1 ? [counter(3, 'A012', 'called')] : counters }
}
