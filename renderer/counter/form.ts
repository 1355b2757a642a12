/** How each act of the clerk changes the intake form. No screen, no clock. */
import type { CardScan } from '#contract/counter.ts'
import type { ResultBy, SubmitterRole } from '#domain/dossier.ts'
import type { Channel, Procedure } from '#domain/procedure.ts'
import type { DeclaredPaper } from '#domain/ticket.ts'
import { mergeCard, takeFromCard } from './card-merge.ts'
import type { DueEdit, IntakeForm, PaperLine, PayMethod, PersonField } from './form-types.ts'

export type FormAct =
  | { readonly kind: 'edit'; readonly field: PersonField; readonly value: string }
  | { readonly kind: 'card'; readonly scan: CardScan }
  | { readonly kind: 'take-card'; readonly field: PersonField }
  | { readonly kind: 'keep-typed'; readonly field: PersonField }
  | { readonly kind: 'keep'; readonly doubt: string }
  | { readonly kind: 'procedure'; readonly procedure: Procedure; readonly declared: readonly DeclaredPaper[] }
  | { readonly kind: 'channel'; readonly channel: Channel; readonly procedure: Procedure | null }
  | { readonly kind: 'processing'; readonly index: number }
  | { readonly kind: 'submitter'; readonly role: SubmitterRole }
  | { readonly kind: 'tick'; readonly index: number }
  | { readonly kind: 'quantity'; readonly index: number; readonly of: 'original' | 'copy'; readonly value: number }
  | { readonly kind: 'sets'; readonly value: number }
  | { readonly kind: 'result-by'; readonly by: ResultBy }
  | { readonly kind: 'fee'; readonly fee: number; readonly quantity: number }
  | { readonly kind: 'due-edit'; readonly edit: DueEdit | null }
  | { readonly kind: 'method'; readonly method: PayMethod }
  | { readonly kind: 'restore'; readonly form: IntakeForm }

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, Math.trunc(Number.isFinite(value) ? value : low)))

/** Indexes of the processing times that may apply on a channel; every one when none names it. */
export const processingCases = (procedure: Procedure, channel: Channel): readonly number[] => {
  const all = procedure.processing.map((_, index) => index)
  const fitting = all.filter((index) => ['*', channel].includes(procedure.processing[index]?.channel ?? ''))
  return fitting.length > 0 ? fitting : all
}

/** Indexes of the fees that apply on a channel. */
export const applicableFees = (procedure: Procedure, channel: Channel): readonly number[] =>
  procedure.fees.flatMap((fee, index) => (fee.channel === '*' || fee.channel === channel ? [index] : []))

/** One of the first fee with a known amount, none of the others: the others are cases that the clerk adds. */
export const usualFees = (procedure: Procedure, channel: Channel): Readonly<Record<number, number>> => {
  const known = applicableFees(procedure, channel).filter((index) => procedure.fees[index]?.amountVnd !== null)
  return Object.fromEntries(known.map((index, place) => [index, place === 0 ? 1 : 0]))
}

/** Required papers are expected and ticked; conditional ones only when the citizen said at the kiosk that they brought them. */
const paperLines = (procedure: Procedure, declared: readonly DeclaredPaper[]): readonly PaperLine[] =>
  procedure.components.map((component) => {
    const said = declared.find((paper) => paper.name === component.name)
    return {
      name: component.name, when: component.case ?? null, required: component.required, kind: component.kind,
      ticked: said?.have ?? component.required === true, original: component.original, copy: component.copy,
    }
  })

const chooseProcedure = (form: IntakeForm, procedure: Procedure, declared: readonly DeclaredPaper[]): IntakeForm => {
  const channel = procedure.channels.includes(form.channel) ? form.channel : (procedure.channels[0] ?? 'DIRECT')
  return {
    ...form, procedure: procedure.code, channel, processing: processingCases(procedure, channel)[0] ?? 0,
    papers: paperLines(procedure, declared), fees: usualFees(procedure, channel), dueEdit: null,
  }
}

const chooseChannel = (form: IntakeForm, channel: Channel, procedure: Procedure | null): IntakeForm => {
  if (procedure === null) return { ...form, channel }
  const cases = processingCases(procedure, channel)
  return { ...form, channel, processing: cases.includes(form.processing) ? form.processing : (cases[0] ?? 0), fees: usualFees(procedure, channel), dueEdit: null }
}

const edit = (form: IntakeForm, field: PersonField, value: string): IntakeForm => {
  if (form.person[field] === value) return form
  return {
    ...form, person: { ...form.person, [field]: value },
    fromCard: form.fromCard.filter((other) => other !== field),
    edited: form.edited.includes(field) ? form.edited : [...form.edited, field],
    conflicts: form.conflicts.filter((conflict) => conflict.field !== field || conflict.card !== value),
  }
}

const changePaper = (form: IntakeForm, index: number, change: (line: PaperLine) => PaperLine): IntakeForm => ({
  ...form, papers: form.papers.map((line, at) => (at === index ? change(line) : line)),
})

/** The form after an act. Acts about things that are not there leave it as it is. */
export const formAfter = (form: IntakeForm, act: FormAct): IntakeForm => {
  switch (act.kind) {
    case 'edit': return edit(form, act.field, act.value)
    case 'card': return mergeCard(form, act.scan)
    case 'take-card': return takeFromCard(form, act.field)
    case 'keep-typed': return { ...form, conflicts: form.conflicts.filter((conflict) => conflict.field !== act.field) }
    case 'keep': return form.kept.includes(act.doubt) ? form : { ...form, kept: [...form.kept, act.doubt] }
    case 'procedure': return chooseProcedure(form, act.procedure, act.declared)
    case 'channel': return chooseChannel(form, act.channel, act.procedure)
    case 'processing': return { ...form, processing: act.index, dueEdit: null }
    case 'submitter': return { ...form, submitter: act.role }
    case 'tick': return changePaper(form, act.index, (line) => ({ ...line, ticked: !line.ticked }))
    case 'quantity': return changePaper(form, act.index, (line) => ({ ...line, ticked: true, [act.of]: within(act.value, 0, 99) }))
    case 'sets': return { ...form, sets: within(act.value, 1, 20) }
    case 'result-by': return { ...form, resultBy: act.by }
    case 'fee': return { ...form, fees: { ...form.fees, [act.fee]: within(act.quantity, 0, 999) } }
    case 'due-edit': return { ...form, dueEdit: act.edit }
    case 'method': return { ...form, method: act.method }
    case 'restore': return act.form
  }
}

/** Whether there is anything to lose: a form that only holds what the ticket said is not a draft. */
export const isWorthKeeping = (form: IntakeForm): boolean => form.edited.length > 0 || form.cardScan !== null || form.procedure !== null
