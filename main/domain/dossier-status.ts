import type { DossierStatus } from './dossier.ts'

/** National status codes (mã trạng thái hồ sơ) 1–10 in their order (domain.md 1.4). */
const byCode: readonly DossierStatus[] = [
  'submitted-online', 'accepted', 'refused', 'processing', 'need-supplement', 'wait-obligation', 'withdrawn', 'stopped', 'result-ready', 'returned',
]

/** Some gateways say 11 for a refusal (domain.md 1.4). */
const refusedToo = 11

/** The status of a national code; null for a code that is none. */
export function statusOfCode(code: number): DossierStatus | null {
  return code === refusedToo ? 'refused' : (byCode[code - 1] ?? null)
}

/** The national code of a status. */
export function codeOfStatus(status: DossierStatus): number {
  return byCode.indexOf(status) + 1
}

/** Nothing follows these (domain.md 1.4). */
const final: ReadonlySet<DossierStatus> = new Set(['refused', 'withdrawn', 'returned'])

/**
 * The status that screens show: what the back office set last, but never over an end that the counter itself wrote
 * (a result that was handed over stays handed over when an older word from the back office comes in).
 */
export function shownStatus(atCounter: DossierStatus, fromOffice: DossierStatus | null): DossierStatus {
  return fromOffice === null || final.has(atCounter) ? atCounter : fromOffice
}
