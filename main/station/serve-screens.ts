import { RPCHandler as WindowHandler } from '@orpc/server/message-port'
import { RPCHandler } from '@orpc/server/ws'
import { ValidationError } from '@orpc/contract'
import { onError, ORPCError } from '@orpc/server'
import { join } from 'node:path'
import type { HubQueue } from '#api/link.ts'
import type { ApiParts } from '#api/parts.ts'
import { stationRouter } from '#api/router.ts'
import type { Session } from '#api/session.ts'
import type { Journal } from '#journal/journal.ts'
import type { Connections } from '#lan/connections.ts'
import { startLanServer } from '#lan/server.ts'
import type { ScreenTokens } from '#lan/tokens.ts'
import type { StationConfig } from '#main/config.ts'
import type { ServeWindow, WindowPort } from '#shell/host.ts'
import type { Lan } from './open-lan.ts'
import { screenSession, sessionOpener } from './sessions.ts'

export const version = '0.1.0'
const screens = join(import.meta.dirname, '..', '..', 'dist', 'renderer')

export interface ScreensHost {
  readonly config: StationConfig
  readonly journal: Journal
  readonly lan: Lan
  readonly parts: ApiParts
  readonly desk: HubQueue | null
  readonly tokens: ScreenTokens
  readonly presence: Connections
  readonly closer: AsyncDisposableStack
  readonly log: (code: string, error: unknown) => void
}

/** Serves the contract: over WebSocket to whoever has a token, over message ports to windows of this process. */
export async function serveScreens({ config, journal, lan, parts, desk, tokens, presence, closer, log }: ScreensHost): Promise<{ readonly port: number; readonly serveWindow: ServeWindow }> {
  const open = sessionOpener(config, tokens, journal, lan.pairings)
  const router = stationRouter(parts, desk)
  const logged = (error: unknown) => logBug(log, error)
  const handler = new RPCHandler(router, { interceptors: [onError(logged)] })
  const greeting = (session: Session) =>
    ({ ok: true, audience: session.audience, counter: session.counter, station: config.station.name, sample: config.sample, version }) as const
  const server = await startLanServer({
    ...config.listen,
    screens,
    log,
    identity: lan.identity,
    routes: lan.routes,
    mayBePlain: (session) => (session as Session).audience === 'follow',
    onRevoked: (session, end) => lan.onRevoked(session as Session, end),
    open: (token) => {
      const session = open(token)
      return session && { session, welcome: greeting(session) }
    },
    serve: (ws, session) => void handler.upgrade(ws, { context: { session: session as Session } }),
    entered: (welcome, session) => presence.enter(welcome.audience, (session as Session).station),
  })
  closer.defer(server.close)

  const windows = new WindowHandler(router, { interceptors: [onError(logged)] })
  const ports = new Set<WindowPort>()
  // A window whose port is closed asks for another one, at the station that is opened next.
  closer.defer(() => ports.forEach((port) => port.close()))
  return {
    port: server.port,
    serveWindow: (port, kind) => {
      const session = screenSession(config, kind === 'counter' || kind === 'touchpad' ? `${kind}-${config.counter ?? 0}` : kind)
      const left = presence.enter(session.audience)
      ports.add(port)
      port.on('close', () => ports.delete(port) && left())
      windows.upgrade(port, { context: { session } })
      port.postMessage(JSON.stringify(greeting(session)))
    },
  }
}

/** Expected refusals are the screen's business; what a screen sent in a wrong shape is logged as such, everything else as a bug, without its data. */
function logBug(log: ScreensHost['log'], error: unknown): void {
  const expected = error instanceof ORPCError && (error.defined || error.code === 'FORBIDDEN')
  if (expected || (error instanceof Error && error.name === 'AbortError')) return
  log(error instanceof Error && error.cause instanceof ValidationError ? 'api.bad-input' : 'api.bug', error)
}
