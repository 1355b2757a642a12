/** From the typed form to what the station is asked. */
import type { AcceptInput } from '#contract/counter.ts'
import type { Person } from '#domain/dossier.ts'
import { atClockOf, parseDate } from './dates.ts'
import { emptyForm, type IntakeForm, type TypedPerson } from './form-types.ts'
import { cleanPhone } from './validate.ts'

const iso = (typed: string): string => {
  const date = parseDate(typed)
  return date.kind === 'day' ? date.iso : ''
}

const personOf = (typed: TypedPerson): Person => ({
  fullName: typed.fullName.trim().replace(/\s+/g, ' ').normalize('NFC'),
  idNumber: typed.idNumber.replace(/[\s.-]/g, '').toUpperCase(),
  oldIdNumber: typed.oldIdNumber.replace(/[\s.-]/g, ''),
  dob: iso(typed.dob), sex: typed.sex === 'male' || typed.sex === 'female' ? typed.sex : '',
  address: typed.address.trim().normalize('NFC'), idIssued: iso(typed.idIssued), phone: cleanPhone(typed.phone), email: typed.email.trim(),
})

/** The fees with a quantity, as the contract takes them. */
export const feeChoices = (form: IntakeForm): AcceptInput['fees'] =>
  Object.entries(form.fees).flatMap(([fee, quantity]) => (quantity > 0 ? [{ fee: Number(fee), quantity }] : []))

/**
 * What `accept` is sent; null while no procedure is chosen. `due` is the date by the rule: a changed date keeps its clock
 * time. `shownTotal` is the sum on the screen, null while it is being computed. Call it only when `problemsOf` is empty.
 */
export const acceptInputOf = (form: IntakeForm, ticketId: string | null, due: number, shownTotal: number | null = null): AcceptInput | null => {
  if (form.procedure === null) return null
  const changed = form.dueEdit === null ? null : { due: atClockOf(iso(form.dueEdit.date), due), reason: form.dueEdit.reason.trim() }
  return {
    commandId: form.commandId, ticketId, procedure: form.procedure, channel: form.channel, processing: form.processing, person: personOf(form.person),
    fromCard: [...form.fromCard], submitter: form.submitter,
    papers: form.papers.filter((line) => line.ticked).map(({ name, original, copy, kind }) => ({ name, original, copy, kind })),
    sets: form.sets, resultBy: form.resultBy, fees: feeChoices(form), dueChange: changed, shownTotal,
  }
}

/** A stored draft as a form; null when it is not one (an older version wrote it), so that the clerk starts from an empty form. */
export const formFromDraft = (stored: Readonly<Record<string, unknown>>): IntakeForm | null => {
  const fits = Object.entries(emptyForm).every(([key, value]) => {
    const found = stored[key]
    if (key === 'procedure' || key === 'cardScan') return found === null || typeof found === 'string'
    if (key === 'cardAt') return found === null || typeof found === 'number'
    if (key === 'dueEdit') return found === null || typeof found === 'object'
    return typeof found === typeof value && Array.isArray(found) === Array.isArray(value)
  })
  return fits ? (stored as unknown as IntakeForm) : null
}
