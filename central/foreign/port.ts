/** A dossier as a province's existing system is told of it: its newest state. Nothing personal: central holds no key to that. Times epoch ms, money đồng. */
export interface DossierReport {
  readonly office: string
  readonly code: string
  readonly procedure: string
  readonly procedureName: string
  readonly field: string
  /** `DIRECT`, `ONLINE` or `POSTAL`. */
  readonly channel: string
  /** National status 1–10. */
  readonly status: number
  readonly receivedAt: number
  readonly dueAt: number | null
  readonly fee: number
  readonly paid: number
}

/** `away`: nothing is known, the same report comes again. `rejected`: it will never be taken as it is; `reason` is for people. */
export type ReportOutcome = { readonly kind: 'taken' } | { readonly kind: 'rejected'; readonly reason: string } | { readonly kind: 'away' }

/** The port: a province's existing system, whatever it speaks. One implementation for each kind of system. */
export interface ForeignSystem {
  /** Reports once in effect: the same `key` always comes with the same report, and a second time changes nothing there. `signal` ends the waiting, as `away`. Never rejects. */
  report(report: DossierReport, key: string, signal: AbortSignal): Promise<ReportOutcome>
}
