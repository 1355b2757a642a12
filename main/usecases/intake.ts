import { dossierCode } from '#domain/codes.ts'
import { canBeDue, dayStrip, dueDate } from '#domain/due.ts'
import type { OfficeCalendar } from '#domain/calendar.ts'
import type { Channel, Procedure, ProcessingTime } from '#domain/procedure.ts'
import type { Dossier, DueDate, FeeLine, Person, ReceivedPaper, ResultBy, SubmitterRole } from '#domain/dossier.ts'
import { feeLines, feeTotal, type FeeChoice } from '#domain/fee.ts'
import { localDay } from '#domain/local-time.ts'
import { checkPhone, phoneE164 } from '#domain/phone.ts'
import type { CommandLog } from '#journal/commands.ts'
import type { Journal } from '#journal/journal.ts'
import type { Vault } from '#vault/vault.ts'
import type { CodeBlocks } from './code-blocks.ts'
import type { DossierStore } from './dossier-store.ts'
import type { Drafts } from './drafts.ts'
import { Refusal } from './refusal.ts'

export interface IntakeChoice {
  readonly procedure: string
  readonly channel: Channel
  /** Index into the procedure's processing times. */
  readonly processing: number
  readonly fees: readonly FeeChoice[]
}

export interface IntakeForm extends IntakeChoice {
  readonly ticketId: string | null
  readonly person: Person
  readonly fromCard: readonly string[]
  readonly submitter: SubmitterRole
  readonly papers: readonly ReceivedPaper[]
  readonly sets: number
  readonly resultBy: ResultBy
  readonly dueChange: { readonly due: number; readonly reason: string } | null
  /** What the clerk was shown that it costs, đồng; refused when it costs something else by now. */
  readonly shownTotal?: number | null | undefined
}

/** Who takes it in, from the session, never from the form. */
export interface Clerk {
  readonly counter: number
  readonly staff: string
  readonly staffName: string
}

export interface IntakeParts {
  readonly journal: Journal
  readonly commands: CommandLog
  readonly vault: Vault
  readonly dossiers: DossierStore
  readonly drafts: Drafts
  readonly codes: CodeBlocks
  readonly procedures: ReadonlyMap<string, Procedure>
  readonly calendar: OfficeCalendar
  readonly agency: string
  readonly now: () => number
}

/** Taking a dossier in: due date and fee by the procedure's own rules, a code of the agency's scheme, everything journaled first. */
export class Intake {
  readonly #parts: IntakeParts

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  /** What the form's choices lead to, for the clerk to see before accepting. */
  preview(choice: IntakeChoice): { due: DueDate; days: ReturnType<typeof dayStrip>; fee: readonly FeeLine[]; feeTotal: number } {
    const { procedure, time } = this.#look(choice)
    const due = this.#due(procedure, time, this.#parts.now())
    const fee = feeLines(procedure, choice.channel, choice.fees)
    return { due, days: dayStrip(due, time.unit), fee, feeTotal: feeTotal(fee) }
  }

  /** Accepts the dossier; the same command answers the same dossier. Rejects with Refusal or HubUnreachableError. */
  async accept(commandId: string, clerk: Clerk, form: IntakeForm): Promise<Dossier> {
    const { commands, codes, dossiers, drafts, now } = this.#parts
    const known = () => (commands.answerOf(commandId) as { code: string } | undefined)?.code
    if (!known()) {
      this.#check(form)
      // The day may turn while the hub is asked.
      do await codes.ready(localDay(now()))
      while (codes.left(localDay(now())) === 0)
    }
    const dossier = this.#need(known() ?? this.#write(commandId, clerk, form))
    // Both also when the command comes again: a crash may have cut them off the first time.
    dossiers.remember(dossier.code, dossier.person)
    drafts.drop(draftSlot(clerk.counter, form.ticketId))
    return dossier
  }

  #write(commandId: string, clerk: Clerk, form: IntakeForm): string {
    const { journal, commands, vault, codes, agency, calendar, now } = this.#parts
    const at = now()
    const { procedure, time } = this.#look(form)
    const fee = feeLines(procedure, form.channel, form.fees)
    if (typeof form.shownTotal === 'number' && form.shownTotal !== feeTotal(fee)) throw new Refusal('fee-changed', { field: 'fee' })
    const code = dossierCode(agency, localDay(at), codes.next(localDay(at)))
    const person = { ...form.person, phone: phoneE164(form.person.phone) ?? form.person.phone }
    const { changedBecause, ...due } = changedDue(this.#due(procedure, time, at), form.dueChange, at, calendar)
    const sealed = vault.seal(vault.subjectOf(form.person.idNumber), person)
    journal.append(
      clerk.staff,
      [
        {
          type: 'dossier.accepted',
          subject: code,
          data: {
            procedure: procedure.code,
            procedureName: procedure.name,
            decisionNo: procedure.decisionNo,
            field: procedure.field,
            channel: form.channel,
            receivedAt: at,
            due,
            dueReason: changedBecause === null ? null : vault.sealBeside(sealed, changedBecause),
            papers: form.papers,
            sets: form.sets,
            submitter: form.submitter,
            resultBy: form.resultBy,
            fee,
            feeTotal: feeTotal(fee),
            register: this.#register(clerk.counter, at),
            ...clerk,
            ticketId: form.ticketId,
            person: sealed,
            fromCard: form.fromCard,
          },
        },
      ],
      () => commands.keep(commandId, at, { code }),
    )
    return code
  }

  #due(procedure: Procedure, time: ProcessingTime, receivedAt: number): DueDate {
    return dueDate({ receivedAt, time, calendar: this.#parts.calendar, ...(procedure.cutoff ? { cutoff: procedure.cutoff } : {}) })
  }

  #look(choice: IntakeChoice): { procedure: Procedure; time: ProcessingTime } {
    const procedure = this.#parts.procedures.get(choice.procedure)
    if (!procedure) throw new Refusal('unknown-procedure')
    return { procedure, time: procedure.processing[choice.processing] ?? { channel: '*', value: null, unit: 'OTHER' } }
  }

  /** What the screen already checked is checked again here: the law's form needs it. */
  #check(form: IntakeForm): void {
    const { person } = form
    if (!this.#parts.procedures.has(form.procedure)) throw new Refusal('unknown-procedure')
    if (person.idNumber && !/^(\d{12}|\d{9}|[A-Z]{1,2}\d{6,8})$/.test(person.idNumber)) throw new Refusal('id-number', { field: 'idNumber' })
    if (person.phone && !checkPhone(person.phone).ok) throw new Refusal('phone', { field: 'phone' })
    if (!form.papers.some((paper) => paper.original + paper.copy > 0 || paper.kind === 'declare')) throw new Refusal('no-papers')
  }

  /** One register volume (quyển) a counter and year, so that its numbers run without gaps also with the network down. */
  #register(counter: number, at: number) {
    const { journal } = this.#parts
    // After a cloned disk or a restored backup another copy may have gone on with the old volume: a volume of its own.
    const copy = journal.isRenewed() ? `-${journal.epoch().slice(0, 4)}` : ''
    const volume = `${String(counter).padStart(2, '0')}/${localDay(at).slice(0, 4)}${copy}`
    const last = journal.db.prepare('SELECT max(register_number) FROM v_dossiers WHERE register_volume = ? AND origin = ?').pluck().get(volume, journal.origin)
    return { volume, number: (typeof last === 'number' ? last : 0) + 1 }
  }

  #need(code: string): Dossier {
    const dossier = this.#parts.dossiers.find(code)
    if (!dossier) throw new Refusal('dossier-not-found')
    return dossier
  }
}

/** Where the unsaved form of a counter's visit is kept. */
export const draftSlot = (counter: number, ticketId: string | null): string => `${counter}:${ticketId ?? 'no-ticket'}`

function changedDue(byRule: DueDate, change: IntakeForm['dueChange'], receivedAt: number, calendar: OfficeCalendar): DueDate {
  if (!change) return byRule
  const fault = canBeDue(change.due, receivedAt, calendar)
  if (fault !== 'ok') throw new Refusal(`due-${fault}`, { field: 'due' })
  return { ...byRule, due: change.due, changedBecause: change.reason }
}
