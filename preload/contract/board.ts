import { eventIterator, type } from '@orpc/contract'
import type { Call, ServiceLoad } from '#domain/ticket.ts'
import { procedureFor, type OfficeView } from './shared.ts'

export type { Call } from '#domain/ticket.ts'

/** How the office wants its calls spoken. Without it: the pack's clips, said twice. */
export interface BoardVoice {
  /** `system`: the machine's own Vietnamese voice where it has one, else the pack. */
  readonly use: 'pack' | 'system' | 'off'
  /** How often a call is said again when no other waits. */
  readonly repeats: number
}

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
  readonly voice?: BoardVoice
}

export const boardContract = {
  live: procedureFor('board').output(eventIterator(type<BoardView>())),
}
