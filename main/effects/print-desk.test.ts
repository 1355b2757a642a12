import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Journal } from '#journal/journal.ts'
import { openViews } from '#views/views.ts'
import { PrintDesk, type PrintJob, type PrintResult, type SlipPrinter } from './print-desk.ts'

let dir: string
let journals: Journal[] = []
const journal = () => {
  const one = new Journal({ file: join(dir, 'journal.db'), station: 'k', views: openViews, now: Date.now })
  journals.push(one)
  return one
}

/** A printer whose jobs end when the test says so. */
function printer() {
  const jobs: { readonly job: PrintJob; readonly end: (result: PrintResult) => void }[] = []
  const port: SlipPrinter = {
    name: 'test',
    state: () => ({ paper: 'ok', online: true, error: null }),
    onState: () => () => undefined,
    print: (job) => new Promise((end) => jobs.push({ job, end })),
  }
  return { port, jobs }
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-print-'))
})
afterEach(() => {
  for (const one of journals) if (one.db.open) one.close()
  journals = []
  rmSync(dir, { recursive: true, force: true })
})

const types = (of: Journal) => of.after(of.origin, 0, 100).map((event) => event.type)

it('the intent is stored before the printer is asked, the outcome after it answered', async () => {
  const book = journal()
  const { port, jobs } = printer()
  const desk = new PrintDesk(book, port, Date.now)
  const { jobId, wait } = desk.print('kiosk', 'ticket', 't1')
  expect(types(book)).toEqual(['print.intended'])
  expect(desk.latest('ticket', 't1')?.state).toBe('started')
  jobs[0]?.end({ outcome: 'printed', bytes: 900, reason: 'process-id' })
  await wait
  expect(types(book)).toEqual(['print.intended', 'print.ended'])
  expect(desk.latest('ticket', 't1')).toMatchObject({ job: jobId, state: 'printed' })
  expect(desk.open()).toEqual([])
})

it('killed between intent and outcome: unknown after the start, printed again only when somebody asks, and marked', async () => {
  const before = journal()
  new PrintDesk(before, printer().port, Date.now).print('hanh', 'receipt', 'H15-261123-0001')
  before.close()

  const book = journal()
  const { port, jobs } = printer()
  const desk = new PrintDesk(book, port, Date.now)
  expect(jobs).toHaveLength(0)
  const [doubt] = desk.open()
  expect(doubt).toMatchObject({ state: 'unknown', reason: 'restarted', what: 'H15-261123-0001' })
  const again = desk.reprint('hanh', doubt?.job ?? '')
  expect(jobs[0]?.job.copy).toBe(1)
  jobs[0]?.end({ outcome: 'sent', bytes: 1, reason: null })
  await again?.wait
  expect(desk.open()).toEqual([])
  expect(types(book).filter((type) => type === 'print.resolved')).toHaveLength(1)
})

it('"Đã in" settles a doubt without printing', () => {
  const before = journal()
  new PrintDesk(before, printer().port, Date.now).print('hanh', 'receipt', 'c')
  before.close()
  const { port, jobs } = printer()
  const desk = new PrintDesk(journal(), port, Date.now)
  expect(desk.confirmPrinted('hanh', desk.open()[0]?.job ?? '')).toBe(true)
  expect(desk.open()).toEqual([])
  expect(desk.latest('receipt', 'c')?.state).toBe('printed')
  expect(jobs).toHaveLength(0)
  expect(desk.confirmPrinted('hanh', 'no-such-job')).toBe(false)
})

it('a job that still runs is not printed again; without a printer a job fails at once', async () => {
  const book = journal()
  const { port } = printer()
  const desk = new PrintDesk(book, port, Date.now)
  const { jobId } = desk.print('hanh', 'receipt', 'c')
  expect(desk.reprint('hanh', jobId)).toBeNull()
  const none = new PrintDesk(book, null, Date.now)
  const failed = none.print('kiosk', 'ticket', 't')
  await expect(failed.wait).resolves.toMatchObject({ outcome: 'failed', reason: 'no-printer' })
  expect(none.reprint('hanh', failed.jobId)).not.toBeNull()
})

it('a reprint asked for again with the same command (the answer was lost) gives one more slip, not two', async () => {
  const { port, jobs } = printer()
  const desk = new PrintDesk(journal(), port, Date.now)
  const first = desk.print('hanh', 'receipt', 'c')
  jobs[0]?.end({ outcome: 'unknown', bytes: 9, reason: null })
  await first.wait
  const again = desk.reprint('hanh', first.jobId, 'one-press')
  expect(desk.reprint('hanh', first.jobId, 'one-press')?.jobId).toBe(again?.jobId)
  jobs[1]?.end({ outcome: 'printed', bytes: 9, reason: null })
  await again?.wait
  expect(desk.reprint('hanh', first.jobId, 'one-press')?.jobId).toBe(again?.jobId)
  expect(jobs).toHaveLength(2)
})

it('a slip that cannot be made, or a full disk, ends as a doubt for a person and not the station', async () => {
  const book = journal()
  const logged: string[] = []
  const port: SlipPrinter = { ...printer().port, print: () => Promise.reject(new RangeError('no such letter')) }
  const desk = new PrintDesk(book, port, Date.now, (code) => logged.push(code))
  await expect(desk.print('hanh', 'receipt', 'c').wait).resolves.toMatchObject({ outcome: 'unknown' })
  expect(desk.open()).toMatchObject([{ state: 'unknown', what: 'c' }])
  const late = desk.print('hanh', 'receipt', 'd')
  book.close()
  await expect(late.wait).resolves.toMatchObject({ outcome: 'unknown' })
  await desk.idle()
  expect(logged).toEqual(['print.bug', 'print.bug', 'print.outcome-not-stored'])
})
