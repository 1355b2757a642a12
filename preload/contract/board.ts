import { eventIterator, type } from '@orpc/contract'
import type { Call, ServiceLoad } from '#domain/ticket.ts'
import { procedureFor, type OfficeView } from './shared.ts'

export interface BoardCounter {
  readonly id: number
  /** Number shown there: called or being served. */
  readonly number: string | null
  readonly state: 'free' | 'called' | 'serving' | 'paused' | 'closed'
  readonly pausedUntil: number | null
}

export interface BoardView {
  readonly now: number
  /** When the queue last spoke; older than 6 s the board says so. */
  readonly asOf: number
  readonly office: OfficeView
  readonly sample: boolean
  /** Newest last; the board shows and speaks each `seq` once. */
  readonly calls: readonly Call[]
  readonly counters: readonly BoardCounter[]
  readonly waiting: number
  readonly services: readonly Pick<ServiceLoad, 'id' | 'name' | 'waiting' | 'estimate'>[]
  /** Vietnamese sentence of the office's notice, e.g. of tomorrow's holiday; null when none. */
  readonly notice: string | null
}

export const boardContract = {
  live: procedureFor('board').output(eventIterator(type<BoardView>())),
}
