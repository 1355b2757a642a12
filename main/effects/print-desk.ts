import type { PrintKind, PrintOutcome } from '#domain/event.ts'
import { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import { orderedId } from '#journal/ordered-id.ts'

/** What a driver answers when a job is over. `bytes` went out to the device. */
export interface PrintResult {
  readonly outcome: PrintOutcome
  readonly bytes: number
  readonly reason: string | null
}

/** The printer as this desk needs it; drivers live in native/printer. */
export interface SlipPrinter {
  readonly name: string
  /** Whether somebody has to wait for paper, cover or cable now. */
  readonly state: () => { readonly paper: 'ok' | 'near-end' | 'out'; readonly online: boolean; readonly error: string | null }
  readonly onState: (listener: () => void) => () => void
  /** Prints what `kind` and `what` name, marked as a reprint when it is one. Never rejects for a device's sake. */
  readonly print: (job: PrintJob) => Promise<PrintResult>
}

export interface PrintJob {
  readonly jobId: string
  readonly kind: PrintKind
  /** Ticket id or dossier code. */
  readonly what: string
  /** 0 for the first print, then 1, 2 …: "In lại lần 1". */
  readonly copy: number
  readonly at: number
}

export interface OpenPrint {
  readonly job: string
  readonly kind: PrintKind
  readonly what: string
  readonly state: 'started' | 'unknown' | 'failed'
  readonly reason: string | null
  readonly at: number
}

export interface LatestPrint {
  readonly job: string
  readonly state: 'started' | PrintOutcome
  readonly reason: string | null
  readonly at: number
}

/** A job that was asked for; `wait` never rejects and is undefined for one that was over before. */
export interface AskedPrint {
  readonly jobId: string
  readonly wait: Promise<PrintResult | undefined>
}

export interface PrintAsk {
  /** The job that this one settles. */
  readonly reprintOf?: string | null
  /** The same command again prints nothing more and answers the same job. */
  readonly commandId?: string
}

/** Print jobs with intent and outcome. What a crash left in between shows as unknown and is never printed again by itself. */
export class PrintDesk {
  readonly #journal: Journal
  readonly #printer: SlipPrinter | null
  readonly #now: () => number
  readonly #log: (code: string, error: unknown) => void
  readonly #commands
  readonly #open
  readonly #byWhat
  readonly #byJob
  readonly #latest
  readonly #running = new Map<string, Promise<PrintResult>>()

  constructor(journal: Journal, printer: SlipPrinter | null, now: () => number, log: (code: string, error: unknown) => void = () => undefined) {
    this.#journal = journal
    this.#printer = printer
    this.#now = now
    this.#log = log
    this.#commands = new CommandLog(journal.db)
    this.#open = journal.db.prepare<[string], OpenPrint>(
      `SELECT job, kind, what, state, reason, at FROM v_prints WHERE origin = ? AND resolved IS NULL AND state NOT IN ('printed', 'sent') ORDER BY at`,
    )
    this.#byWhat = journal.db.prepare<[string, string, string]>('SELECT count(*) FROM v_prints WHERE kind = ? AND what = ? AND origin = ?').pluck()
    this.#byJob = journal.db.prepare<[string], OpenPrint & { resolved: string | null }>('SELECT job, kind, what, state, reason, at, resolved FROM v_prints WHERE job = ?')
    this.#latest = journal.db.prepare<[string, string, string], LatestPrint>(
      `SELECT job, iif(resolved = 'printed', 'printed', state) AS state, reason, at FROM v_prints WHERE kind = ? AND what = ? AND origin = ? ORDER BY copy DESC LIMIT 1`,
    )
    this.#recover()
  }

  /** Writes the intent, then prints. Answers the job's id at once; `wait` its outcome. */
  print(actor: string, kind: PrintKind, what: string, { reprintOf = null, commandId }: PrintAsk = {}): AskedPrint {
    const before = commandId === undefined ? undefined : (this.#commands.answerOf(commandId) as { jobId: string } | undefined)
    if (before) return { jobId: before.jobId, wait: this.#running.get(before.jobId) ?? Promise.resolve(undefined) }
    const [jobId, at] = [orderedId(this.#now()), this.#now()]
    const copy = Number(this.#byWhat.get(kind, what, this.#journal.origin))
    const data = { kind, what, printer: this.#printer?.name ?? 'none', copy, reprintOf, wanted: kind }
    this.#journal.append(
      actor,
      [
        { type: 'print.intended', subject: jobId, data },
        ...(reprintOf ? [{ type: 'print.resolved', subject: reprintOf, data: { as: 'reprinted', newJob: jobId, staff: actor } } as const] : []),
      ],
      () => commandId !== undefined && this.#commands.keep(commandId, at, { jobId }),
    )
    const wait = this.#run({ jobId, kind, what, copy, at }).finally(() => this.#running.delete(jobId))
    this.#running.set(jobId, wait)
    return { jobId, wait }
  }

  /** Prints the same again, marked "In lại"; the old job is settled by it. Null when there is no such job or it still runs. */
  reprint(actor: string, jobId: string, commandId?: string): AskedPrint | null {
    const job = this.#byJob.get(jobId)
    if (!job || this.#running.has(jobId)) return null
    return this.print(actor, job.kind, job.what, { reprintOf: job.resolved ? null : jobId, ...(commandId === undefined ? {} : { commandId }) })
  }

  /** Somebody saw the paper: the doubt is over. */
  confirmPrinted(actor: string, jobId: string): boolean {
    const job = this.#byJob.get(jobId)
    if (!job) return false
    if (!job.resolved) this.#journal.append(actor, [{ type: 'print.resolved', subject: jobId, data: { as: 'printed', newJob: null, staff: actor } }])
    return true
  }

  /** Jobs that are running or that a person must settle. */
  open(): readonly OpenPrint[] {
    return this.#open.all(this.#journal.origin)
  }

  /** The newest job of a slip of this station, null when none was asked for; printed also when a person saw that it was. */
  latest(kind: PrintKind, what: string): LatestPrint | null {
    return this.#latest.get(kind, what, this.#journal.origin) ?? null
  }

  /** Resolves when no job is running. */
  async idle(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async #run(job: PrintJob): Promise<PrintResult> {
    const result = await this.#ask(job)
    try {
      this.#journal.append('system', [{ type: 'print.ended', subject: job.jobId, data: result }])
    } catch (error) {
      // Without a stored outcome the job stays open for a person; nobody waits for an answer that could carry the error.
      this.#log('print.outcome-not-stored', error)
    }
    return result
  }

  /** A driver that throws has a bug; what it had sent by then nobody knows. */
  async #ask(job: PrintJob): Promise<PrintResult> {
    if (!this.#printer) return { outcome: 'failed', bytes: 0, reason: 'no-printer' }
    try {
      return await this.#printer.print(job)
    } catch (error) {
      this.#log('print.bug', error)
      return { outcome: 'unknown', bytes: 0, reason: 'unknown' }
    }
  }

  /** After a start every intent without an outcome is unknown: it may be on paper. */
  #recover(): void {
    const lost = this.open().filter((job) => job.state === 'started')
    if (!lost.length) return
    this.#journal.append(
      'system',
      lost.map(({ job }) => ({ type: 'print.ended', subject: job, data: { outcome: 'unknown', bytes: 0, reason: 'restarted' } }) as const),
    )
  }
}
