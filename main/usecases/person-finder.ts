import type { Person } from '#domain/dossier.ts'
import type { Sealed } from '#domain/event.ts'
import type { Journal } from '#journal/journal.ts'
import type { Vault } from '#vault/vault.ts'

/** A dossier whose person can be read at this station. */
export interface OpenDossier {
  readonly code: string
  readonly person: Person
}

/** Dossiers looked at between two turns of the event loop: clerks go on working meanwhile. */
const page = 200

/** Goes through every dossier whose person this station can read. Slow (about 20 µs each) and sure: an index may miss one. */
export async function* openDossiers(journal: Journal, vault: Vault): AsyncGenerator<OpenDossier> {
  const read = journal.db.prepare<[string, number], { code: string; person: string }>('SELECT code, person FROM v_dossiers WHERE code > ? ORDER BY code LIMIT ?')
  for (let last = ''; ; ) {
    const rows = read.all(last, page)
    for (const { code, person } of rows) {
      const open = vault.open(JSON.parse(person) as Sealed) as Person | null
      if (open) yield { code, person: open }
    }
    const end = rows.at(-1)
    if (!end) return
    last = end.code
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Every number of the person: also an old nine-digit one that a dossier names beside the present one. */
export async function numbersOf(journal: Journal, vault: Vault, idNumber: string): Promise<ReadonlySet<string>> {
  const numbers = new Set([idNumber])
  for await (const { person } of openDossiers(journal, vault)) {
    if (person.idNumber === idNumber && person.oldIdNumber) numbers.add(person.oldIdNumber)
    if (person.oldIdNumber === idNumber && person.idNumber) numbers.add(person.idNumber)
  }
  return numbers
}
