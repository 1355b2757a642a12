import type { PairingPurpose, StationsView } from '#contract/stations.ts'
import { api } from './base.ts'
import { live } from './live.ts'
import type { ApiParts } from './parts.ts'

/** The machines of the office as the supervisor's page manages them; throws Refusal where this station is not the one to ask. */
export interface StationsDesk {
  readonly view: () => StationsView
  readonly openCode: (purpose: PairingPurpose) => { readonly code: string; readonly expiresAt: number }
  readonly closeCode: () => void
  readonly revoke: (id: string) => void
  readonly endLeases: (id: string) => void
  readonly promote: (force: boolean) => { readonly term: number }
}

const ok = { ok: true } as const

/** Pairing, revocation and taking over, for the supervisor. */
export function stationsRouter(parts: ApiParts) {
  const { stations } = parts
  return {
    live: api.stations.live.handler(({ signal }) => live(parts.changes, stations.view, signal)),
    openCode: api.stations.openCode.handler(({ input }) => stations.openCode(input)),
    closeCode: api.stations.closeCode.handler(() => {
      stations.closeCode()
      return ok
    }),
    revoke: api.stations.revoke.handler(({ input }) => {
      stations.revoke(input.id)
      return ok
    }),
    endLeases: api.stations.endLeases.handler(({ input }) => {
      stations.endLeases(input.id)
      return ok
    }),
    promote: api.stations.promote.handler(({ input }) => stations.promote(input.force)),
  }
}
