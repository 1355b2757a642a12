/** What is still to be put right before a dossier can be accepted, in the order of the screen. Pure; `today` is `yyyy-mm-dd`. */
import { parseDate } from './dates.ts'
import type { IntakeForm, PersonField } from './form-types.ts'

/** Where a problem stands; also the id of the control that gets the focus. */
export type Place = PersonField | 'procedure' | 'papers' | 'due-date' | 'due-reason'

export interface Problem {
  readonly place: Place
  /** Key of the catalogue under `counter.problem.` */
  readonly code: string
  readonly details: Readonly<Record<string, string>>
  /** Set when the clerk may confirm it with "Giữ": the doubt, with the values it is about. */
  readonly doubt: string | null
}

const problem = (place: Place, code: string, details: Problem['details'] = {}): Problem => ({ place, code, details, doubt: null })
const doubt = (place: Place, code: string, about: string, details: Problem['details'] = {}): Problem => ({ place, code, details, doubt: `${code}:${about}` })

const digitsOf = (text: string) => text.replace(/[\s.-]/g, '')

/** A phone as it is stored: digits only, `+84` as `0`. */
export const cleanPhone = (text: string): string => digitsOf(text).replace(/^\+?84(?=\d{9,10}$)/, '0')

const phoneProblems = (text: string): Problem[] => {
  const phone = cleanPhone(text)
  if (phone === '') return [doubt('phone', 'phone-missing', '')]
  if (!/^\d+$/.test(phone)) return [problem('phone', 'phone-letters')]
  if (!phone.startsWith('0')) return [problem('phone', 'phone-start')]
  const want = phone.startsWith('02') ? 11 : 10
  if (phone.length < want) return [problem('phone', want === 11 ? 'landline-short' : 'phone-short', { n: String(want - phone.length) })]
  if (phone.length > want) return [problem('phone', want === 11 ? 'landline-long' : 'phone-long', { n: String(phone.length - want) })]
  return want === 10 && !/^0[35789]/.test(phone) ? [doubt('phone', 'phone-prefix', phone)] : []
}

const idProblems = (text: string): Problem[] => {
  const id = digitsOf(text).toUpperCase()
  if (id === '') return [problem('idNumber', 'id-missing')]
  if (/^\d{12}$/.test(id) || /^\d{9}$/.test(id) || /^[A-Z]{1,2}\d{6,8}$/.test(id)) return []
  if (/^\d{10,11}$/.test(id)) return [problem('idNumber', 'id-short', { n: String(12 - id.length) })]
  if (/^\d{13,}$/.test(id)) return [problem('idNumber', 'id-long', { n: String(id.length - 12) })]
  return [problem('idNumber', 'id-form')]
}

const oldIdProblems = (text: string): Problem[] => (text.trim() === '' || /^\d{9}$/.test(digitsOf(text)) ? [] : [problem('oldIdNumber', 'old-id-form')])

const dateProblems = (place: 'dob' | 'idIssued' | 'due-date', text: string, today: string): Problem[] => {
  const date = parseDate(text)
  if (date.kind === 'empty') return []
  if (date.kind === 'wrong') return [problem(place, `date-${date.problem}`, { day: String(date.day), month: String(date.month) })]
  if (place === 'due-date') return date.iso < today ? [problem(place, 'due-past')] : []
  return date.iso > today ? [problem(place, `${place === 'dob' ? 'dob' : 'issued'}-future`)] : []
}

/** Domain.md 3.5: the fourth digit of the number is century and sex, the next two the year of birth. Never blocks, the clerk looks at the card. */
const cardDoubts = (form: IntakeForm): Problem[] => {
  const id = digitsOf(form.person.idNumber)
  const dob = parseDate(form.person.dob)
  if (!/^\d{12}$/.test(id)) return []
  const century = 1900 + 100 * Math.floor(Number(id[3]) / 2)
  const year = century + Number(id.slice(4, 6))
  const sex = Number(id[3]) % 2 === 0 ? 'male' : 'female'
  const about = `${id}:${form.person.dob}:${form.person.sex}`
  return [
    ...(dob.kind === 'day' && Number(dob.iso.slice(0, 4)) !== year ? [doubt('dob', 'dob-id', about, { year: String(year) })] : []),
    ...(form.person.sex !== '' && form.person.sex !== sex ? [doubt('sex', 'sex-id', about)] : []),
  ]
}

const emailProblems = (text: string): Problem[] => (text.trim() === '' || /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim()) ? [] : [problem('email', 'email-form')])

const paperProblems = (form: IntakeForm): Problem[] => {
  if (form.procedure === null) return []
  const missing = form.papers.filter((line) => line.required === true && !line.ticked)
  const oneOf = form.papers.filter((line) => line.required === 'one-of')
  const uncounted = form.papers.filter((line) => line.ticked && line.kind === 'submit' && line.original + line.copy === 0)
  if (missing.length > 0) return [problem('papers', 'papers-missing', { name: missing[0]?.name ?? '', n: String(missing.length) })]
  if (oneOf.length > 0 && !oneOf.some((line) => line.ticked)) return [problem('papers', 'papers-one-of', { names: oneOf.map((line) => line.name).join('; ') })]
  if (uncounted.length > 0) return [problem('papers', 'papers-count', { name: uncounted[0]?.name ?? '' })]
  return form.papers.some((line) => line.ticked) ? [] : [problem('papers', 'papers-none')]
}

const dueProblems = (form: IntakeForm, today: string): Problem[] => {
  if (form.dueEdit === null) return []
  const date = form.dueEdit.date.trim() === '' ? [problem('due-date', 'due-missing')] : dateProblems('due-date', form.dueEdit.date, today)
  return [...date, ...(form.dueEdit.reason.trim() === '' ? [problem('due-reason', 'due-reason')] : [])]
}

/** Everything to put right, top to bottom; doubts the clerk has confirmed are gone. */
export const problemsOf = (form: IntakeForm, today: string): readonly Problem[] => {
  const { person } = form
  const all = [
    ...(form.procedure === null ? [problem('procedure', 'procedure-missing')] : []),
    ...(person.fullName.trim() === '' ? [problem('fullName', 'name-missing')] : []),
    ...idProblems(person.idNumber),
    ...dateProblems('dob', person.dob, today),
    ...cardDoubts(form),
    ...(person.address.trim() === '' ? [problem('address', 'address-missing')] : []),
    ...dateProblems('idIssued', person.idIssued, today),
    ...oldIdProblems(person.oldIdNumber),
    ...phoneProblems(person.phone),
    ...emailProblems(person.email),
    ...paperProblems(form),
    ...dueProblems(form, today),
  ]
  return all.filter((one) => one.doubt === null || !form.kept.includes(one.doubt))
}

/** The field that gets the caret after a scan: the first of those every dossier needs that is still empty. */
export const firstEmpty = (form: IntakeForm): PersonField | null =>
  (['fullName', 'idNumber', 'dob', 'sex', 'address', 'phone'] as const).find((field) => form.person[field].trim() === '') ?? null
