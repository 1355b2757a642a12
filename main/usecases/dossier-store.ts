import type { Dossier, DueDate, PaymentMethod, Person } from '#domain/dossier.ts'
import type { EventData, Sealed } from '#domain/event.ts'
import { shownStatus, statusOfCode } from '#domain/dossier-status.ts'
import { findDossierCode } from '#domain/codes.ts'
import { foldedWords } from '#domain/fold.ts'
import { checkPhone } from '#domain/phone.ts'
import type { Journal } from '#journal/journal.ts'
import type { Vault } from '#vault/vault.ts'

interface Row {
  readonly code: string
  readonly status: Dossier['status']
  readonly paid: number
  readonly paid_by: PaymentMethod | null
  readonly person: string
  readonly doc: string
  /** What the back office said of the status last, JSON. */
  readonly told: string | null
  readonly erased: 0 | 1
}

/** What stands for a person whose key is not on this machine, or was destroyed. */
export const nobody: Person = { fullName: '', idNumber: '', oldIdNumber: '', dob: '', sex: '', address: '', idIssued: '', phone: '', email: '' }

/** Reads dossiers from the views and opens the personal part with the vault. */
export class DossierStore {
  readonly #vault: Vault
  readonly #byCode
  readonly #byTicket
  readonly #recent
  readonly #byEnd

  constructor(journal: Journal, vault: Vault) {
    this.#vault = vault
    const columns = `code, status, paid, paid_by, person, doc,
      (SELECT body FROM downstream WHERE kind = 'status' AND key = v_dossiers.code) AS told, EXISTS (SELECT 1 FROM v_erased WHERE v_erased.code = v_dossiers.code) AS erased`
    this.#byCode = journal.db.prepare<[string], Row>(`SELECT ${columns} FROM v_dossiers WHERE code = ?`)
    this.#byTicket = journal.db.prepare<[string], Row>(`SELECT ${columns} FROM v_dossiers WHERE ticket = ? ORDER BY received_at`)
    this.#recent = journal.db.prepare<[number], Row>(`SELECT ${columns} FROM v_dossiers ORDER BY received_at DESC LIMIT ?`)
    this.#byEnd = journal.db.prepare<[string], Row>(`SELECT ${columns} FROM v_dossiers WHERE code LIKE '%' || ? ORDER BY received_at DESC LIMIT 20`)
  }

  /** One dossier, null when this station does not have it. */
  find(code: string): Dossier | null {
    const row = this.#byCode.get(code)
    return row ? this.#read(row) : null
  }

  /** Dossiers taken in for a ticket. */
  ofTicket(ticketId: string): readonly Dossier[] {
    return this.#byTicket.all(ticketId).map((row) => this.#read(row))
  }

  /** Newest dossiers of the person with this number. */
  ofPerson(idNumber: string, limit = 5): readonly Dossier[] {
    if (!idNumber) return []
    return this.#ofCodes(this.#vault.codesWith([`id:${idNumber}`]), limit)
  }

  /** By a code (whole, as a slip's bars or QR give it, or its end), an ID or phone number, or words of the name in any accents. */
  search(text: string, limit = 20): readonly Dossier[] {
    const query = text.trim()
    if (!query) return this.#recent.all(limit).map((row) => this.#read(row))
    const whole = findDossierCode(query)
    if (whole) return this.#ofCodes([whole], limit)
    // Ten digits are the bars of a slip (`261123` and `0042`) or a phone number.
    const [, day, number] = /^(\d{6})-?(\d{4,5})$/.exec(query) ?? []
    const byBars = day ? this.#endingIn(`${day}-${number}`) : []
    const digits = query.replace(/\D/g, '')
    if (digits.length >= 9) return [...byBars, ...this.#ofCodes([`id:${digits}`, phoneWord(query)].flatMap((word) => this.#vault.codesWith([word])), limit)]
    if (/^[\d\w.-]*\d{2,}$/.test(query)) return this.#endingIn(query.toUpperCase())
    return this.#ofCodes(this.#vault.codesWith(foldedWords(query).map((word) => `name:${word}`)), limit)
  }

  /** Makes an accepted dossier findable by its person. */
  remember(code: string, person: Person): void {
    const words = foldedWords(person.fullName).map((word) => `name:${word}`)
    this.#vault.remember(code, [...words, `id:${person.idNumber}`, phoneWord(person.phone)])
  }

  /** Seals something about a dossier under its applicant's key; null when the dossier or that key is gone. */
  sealFor(code: string, value: unknown): Sealed | null {
    const row = this.#byCode.get(code)
    return row ? this.#vault.sealBeside(this.#sealedPerson(row), value) : null
  }

  #sealedPerson(row: Row): Sealed {
    return JSON.parse(row.person) as Sealed
  }

  #endingIn(end: string): readonly Dossier[] {
    return this.#byEnd.all(end).map((row) => this.#read(row))
  }

  #ofCodes(codes: readonly string[], limit: number): readonly Dossier[] {
    const found = [...new Set(codes)].flatMap((code) => this.find(code) ?? [])
    return found.toSorted((a, b) => b.receivedAt - a.receivedAt).slice(0, limit)
  }

  #read(row: Row): Dossier {
    const { dueReason, ...doc } = JSON.parse(row.doc) as Omit<EventData['dossier.accepted'], 'person'>
    const person = this.#vault.open(this.#sealedPerson(row)) as Person | null
    // Events of the first version have the reason beside the date.
    const changedBecause = dueReason ? (this.#vault.open(dueReason) as string | null) : ((doc.due as Partial<DueDate>).changedBecause ?? null)
    return { ...doc, due: { ...doc.due, changedBecause }, code: row.code, status: statusOf(row), paid: row.paid, paidBy: row.paid_by, person: person ?? nobody, erased: row.erased === 1 }
  }
}

function statusOf({ status, told }: Row): Dossier['status'] {
  const code = told === null ? null : (JSON.parse(told) as { readonly status: number }).status
  return shownStatus(status, code === null ? null : statusOfCode(code))
}

/** Under what a phone number is found, however it was typed: `0905 123 456` and `+84905123456` are one. */
function phoneWord(text: string): string {
  const check = checkPhone(text)
  return `phone:${check.ok ? check.national : text.replace(/\D/g, '')}`
}
