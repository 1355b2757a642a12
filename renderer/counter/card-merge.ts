/** How a card's data goes into the form: what the clerk typed is never overwritten without saying so. */
import type { CardScan } from '#contract/counter.ts'
import { showDate } from './dates.ts'
import { personFields, type IntakeForm, type PersonField, type TypedPerson } from './form-types.ts'

const dates: readonly PersonField[] = ['dob', 'idIssued']

const asTyped = (scan: CardScan, field: PersonField): string => {
  const value = scan.person[field]
  return dates.includes(field) ? showDate(value) : value
}

const same = (a: string, b: string) => a.trim().normalize('NFC').toLocaleLowerCase('vi') === b.trim().normalize('NFC').toLocaleLowerCase('vi')

/** Whether the clerk's own text stands in the field. */
const isOwn = (form: IntakeForm, field: PersonField) => form.edited.includes(field) && form.person[field].trim() !== ''

/**
 * The form after a scan. The same scan is merged once. Fields from an earlier card are replaced, or emptied when the new
 * card has nothing for them, so that two people are never mixed; phone and email are on no card and stay.
 */
export const mergeCard = (form: IntakeForm, scan: CardScan): IntakeForm => {
  if (form.cardScan === scan.scanId) return form
  const read = personFields.map((field) => ({ field, value: asTyped(scan, field) }))
  const kept = read.filter(({ field, value }) => isOwn(form, field) && value !== '' && !same(form.person[field], value))
  const taken = read.filter(({ field, value }) => value !== '' && (!isOwn(form, field) || same(form.person[field], value)))
  const emptied = form.fromCard.filter((field) => asTyped(scan, field) === '')
  const changes: Partial<Record<PersonField, string>> = {
    ...Object.fromEntries(emptied.map((field) => [field, ''])),
    ...Object.fromEntries(taken.map(({ field, value }) => [field, value])),
  }
  const names = taken.map(({ field }) => field)
  const person: TypedPerson = { ...form.person, ...changes }
  return {
    ...form, person, cardAt: scan.at, cardScan: scan.scanId, fromCard: names,
    edited: form.edited.filter((field) => !names.includes(field)),
    conflicts: kept.map(({ field, value }) => ({ field, card: value })),
  }
}

/** The clerk chose the card's value for a field that was kept. */
export const takeFromCard = (form: IntakeForm, field: PersonField): IntakeForm => {
  const conflict = form.conflicts.find((other) => other.field === field)
  if (conflict === undefined) return form
  return {
    ...form, person: { ...form.person, [field]: conflict.card }, fromCard: [...form.fromCard, field],
    edited: form.edited.filter((other) => other !== field), conflicts: form.conflicts.filter((other) => other.field !== field),
  }
}
