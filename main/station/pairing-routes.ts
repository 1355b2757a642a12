import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { officeSettings, type LinkedMachine, type OfficeSettings, type StationConfig } from '#main/config.ts'
import { proofOf } from '#lan/pairing-code.ts'
import type { PairingDesk, Purpose } from '#lan/pairing-desk.ts'
import { readJson, sendJson } from '#lan/json-body.ts'
import type { Route } from '#lan/server.ts'
import { newKey } from '#sync/protocol/keys.ts'
import type { Pairings } from './pairings.ts'

/** Paths of pairing, below the hub's address. */
export const pairPath = '/pair'
export const pairScreenPath = '/pair/screen'

/** A station asks to be let in. `proof` is over everything else; `takesCopies` where this station would take copies of the journals as a spare. */
export const pairRequest = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,30}$/),
  nonce: z.string().min(16).max(100),
  takesCopies: z.object({ port: z.int().min(1).max(65_535), cert: z.string().max(4_000) }),
  proof: z.string().length(64),
})
export type PairRequest = z.infer<typeof pairRequest>

/** What the hub gives a station that proved the code. `proof` shows that the hub knows it too. */
export const pairAnswer = z.object({ token: z.string(), purpose: z.custom<Purpose>((value) => typeof value === 'object' && value !== null), settings: officeSettings, proof: z.string() })

/** What a proof of the station, and one of the hub, is said about. */
export const stationSays = ({ id, nonce, takesCopies }: Omit<PairRequest, 'proof'>): readonly string[] => ['station', id, nonce, String(takesCopies.port), takesCopies.cert]
export const hubSays = (id: string, nonce: string, token: string): readonly string[] => ['hub', id, nonce, token]

interface Parts {
  readonly config: StationConfig
  readonly desk: PairingDesk
  readonly pairings: Pairings
  readonly now: () => number
  /** Whether a machine of this id is linked right now. */
  readonly connected: (id: string) => boolean
  /** Forgets what an earlier machine of this id held. */
  readonly replaced: (id: string) => void
}

/** The hub's side of pairing, over HTTP: stations prove the code, browsers send it over TLS. Wrong codes are answered late. */
export function pairingRoutes(parts: Parts): Route {
  return async (request, response) => {
    const path = request.url
    if (path !== pairPath && path !== pairScreenPath) return false
    if (request.method !== 'POST') sendJson(response, 405, { ok: false })
    else if (path === pairPath) await pairStation(parts, request, response)
    else await pairScreen(parts, request, response)
    return true
  }
}

async function pairStation({ config, desk, pairings, now, connected, replaced }: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = pairRequest.safeParse(await readJson(request))
  if (!asked.success) return sendJson(response, 400, { ok: false, reason: 'malformed' })
  const { id, nonce, takesCopies, proof } = asked.data
  const claimed = await desk.proven(proof, stationSays(asked.data), (purpose) => {
    if (isScreen(purpose)) return 'not-a-station'
    // Two machines of one name would take each other's token in turn, and the hub's own speaks for its journal.
    return id === config.station.id || connected(id) ? 'name-taken' : null
  })
  if (!claimed.ok) return sendJson(response, 403, claimed)
  const { purpose, key } = claimed
  const token = newKey('mct')
  replaced(id)
  const spare = purpose.kind === 'spare' ? { spare: { url: `https://${addressOf(request)}:${takesCopies.port}`, cert: takesCopies.cert } } : {}
  pairings.add('supervisor', { id, token, counters: countersOf(purpose), pairedAt: now(), ...spare })
  const settings: OfficeSettings = officeSettings.parse(config)
  sendJson(response, 200, { token, purpose, settings, proof: proofOf(key, ...hubSays(id, nonce, token)) })
}

/** A browser becomes a board or the touchpad of a counter. */
async function pairScreen({ desk, pairings, now }: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = z.object({ code: z.string().max(40) }).safeParse(await readJson(request))
  if (!asked.success) return sendJson(response, 400, { ok: false, reason: 'malformed' })
  const claimed = await desk.typed(asked.data.code, (purpose) => (isScreen(purpose) ? null : 'not-a-screen'))
  if (!claimed.ok) return sendJson(response, 403, claimed)
  const { counter } = claimed.purpose
  const kind = claimed.purpose.kind === 'touchpad' ? 'touchpad' : 'board'
  const token = newKey('mcs')
  const machine: LinkedMachine = { id: `${kind}-${token.slice(-6).toLowerCase()}`, token, counters: counter === null ? null : [counter], kind, pairedAt: now() }
  pairings.add('supervisor', machine)
  sendJson(response, 200, { ok: true, page: `/${kind}.html#t=${token}` })
}

/** Boards and touchpads are browsers, all others are machines with Một Cửa on them: neither takes a code of the other kind. */
const isScreen = ({ kind }: Purpose): boolean => kind === 'board' || kind === 'touchpad'

/** A kiosk and a spare act for no counter. */
const countersOf = ({ counter }: Purpose): number[] => (counter === null ? [] : [counter])

function addressOf({ socket }: IncomingMessage): string {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
  return address.includes(':') ? `[${address}]` : address
}
