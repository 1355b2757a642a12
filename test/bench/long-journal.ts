import { dataFiles } from '#main/config.ts'
import { sampleConfig } from '#main/station/sample.ts'
import type { NewEvent } from '#domain/event.ts'
import { localDay } from '#domain/local-time.ts'
import { Journal } from '#journal/journal.ts'
import { orderedId } from '#journal/ordered-id.ts'
import { openViews } from '#views/views.ts'

const dayMs = 86_400_000
const visitsADay = 400
const visitsABatch = 100

/** Writes `events` events of past days into the journal of a data folder, through the journal's own append. Answers how many. */
export function writeLongJournal(dir: string, events: number): number {
  const days = Math.ceil(events / (visitsADay * visit('', '', 0).length))
  let at = Date.now() - (days + 2) * dayMs
  const journal = new Journal({ file: dataFiles(dir, true).journal, station: sampleConfig().station.id, views: openViews, now: () => at })
  try {
    let written = 0
    for (let nth = 1; written < events; nth += visitsABatch) {
      if (nth > visitsADay) [nth, at] = [1, at + dayMs]
      const day = localDay(at)
      written += journal.append('bench', Array.from({ length: visitsABatch }, (_, index) => visit(`A${String(nth + index).padStart(3, '0')}`, day, at + index * 60_000)).flat()).length
    }
    return written
  } finally {
    journal.close()
  }
}

/** What one citizen's visit leaves behind: ticket, slip, call, service, rating. */
function visit(number: string, day: string, at: number): readonly NewEvent[] {
  const [id, job] = [orderedId(at), orderedId(at)]
  const counter = 3
  const staff = 'cb-07'
  return [
    {
      type: 'ticket.issued', subject: id,
      data: { number, day, service: 'A', procedure: '2.002516', title: 'Đăng ký khai sinh', priority: null, papers: [], promised: { from: 10, to: 20 }, key: orderedId(at), station: 'bench' },
    },
    { type: 'print.intended', subject: job, data: { kind: 'ticket', what: id, printer: 'bench', copy: 0, reprintOf: null, wanted: 'ticket' } },
    { type: 'print.ended', subject: job, data: { outcome: 'printed', bytes: 39_000, reason: 'process-id' } },
    { type: 'ticket.called', subject: id, data: { counter, staff, times: 1, callSeq: 1 } },
    { type: 'ticket.started', subject: id, data: { counter } },
    { type: 'ticket.finished', subject: id, data: { counter, staff } },
    { type: 'rating.opened', subject: id, data: { counter, staff, number, title: 'Đăng ký khai sinh', expiresAt: 0 } },
    { type: 'rating.given', subject: id, data: { counter, staff, score: 5, reasons: [], other: null } },
  ]
}
