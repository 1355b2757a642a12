import { setTimeout as sleep } from 'node:timers/promises'
import { tellOffices } from '../downstream/quarantine.ts'
import type { Database } from '../database/port.ts'
import { beginForwarding } from './due.ts'
import type { ForeignSystem } from './port.ts'
import { noteChanged, noteRejected, noteTaken, waiting, type WaitingReport } from './reports.ts'

export interface ForwarderOptions {
  readonly db: Database
  readonly system: ForeignSystem
  readonly now: () => number
  /** The database failed: told, and tried again. */
  readonly onError: (error: Error) => void
  /** Between two looks for something new, ms. */
  readonly idleMs?: number
}

export interface Forwarder {
  close(): Promise<void>
}

const batch = 20
/** Waits while the system is away, doubled from the first to the longest: found again within 10 s (limits.md R5). */
const [firstWait, longestWait] = [250, 8_000]

/**
 * Reports each dossier's newest state to a foreign system, for as long as it isn't closed; one that is rejected goes to quarantine and holds nobody up.
 * May run in several processes: the keys make of two equal reports one.
 */
export function startForwarder(options: ForwarderOptions): Forwarder {
  const { idleMs = 2_000, onError } = options
  const stop = new AbortController()
  const course: Course = { begun: false, untold: false, tellFrom: 0 }
  const run = async (): Promise<void> => {
    for (let failures = 0; !stop.signal.aborted; ) {
      const went = await round(options, course, stop.signal).catch((error: unknown) => {
        onError(error instanceof Error ? error : new Error(String(error)))
        return 'away' as const
      })
      failures = went === 'away' ? failures + 1 : 0
      if (went === 'more') continue
      const pause = went === 'idle' ? idleMs : Math.min(longestWait, firstWait * 2 ** Math.min(failures, 10))
      await sleep(pause, undefined, { signal: stop.signal }).catch(() => undefined)
    }
  }
  const running = run()
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

/** What one round leaves to the next. */
interface Course {
  begun: boolean
  /** Offices don't know yet what was rejected. */
  untold: boolean
  /** Not before this are they told again, by `performance.now()`. */
  tellFrom: number
}

async function round(options: ForwarderOptions, course: Course, signal: AbortSignal): Promise<'more' | 'idle' | 'away'> {
  const { db, system } = options
  if (!course.begun) await beginForwarding(db)
  course.begun = true
  let reports = await waiting(db, batch)
  const more = reports.length < batch && (await noteChanged(db))
  if (reports.length < batch) reports = await waiting(db, batch)
  const ends = await Promise.all(reports.map((one) => send(db, system, one, signal)))
  course.untold ||= ends.includes('rejected')
  await tell(options, course)
  if (ends.includes('away')) return 'away'
  return more || reports.length > 0 ? 'more' : 'idle'
}

/** Tells the offices what is rejected by now; seldom where that takes long, as when a whole backlog is. */
async function tell({ db, now }: ForwarderOptions, course: Course): Promise<void> {
  const start = performance.now()
  if (!course.untold || start < course.tellFrom) return
  await db.transaction((tx) => tellOffices(tx, now()))
  course.untold = false
  course.tellFrom = performance.now() + 20 * (performance.now() - start)
}

async function send(db: Database, system: ForeignSystem, one: WaitingReport, signal: AbortSignal): Promise<'taken' | 'rejected' | 'away'> {
  if (signal.aborted) return 'away'
  const outcome = await system.report(one.report, one.key, signal)
  if (outcome.kind === 'taken') await noteTaken(db, one)
  if (outcome.kind === 'rejected') await noteRejected(db, one, outcome.reason)
  return outcome.kind
}
