import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { isOurs, isPrivate } from './access.ts'
import type { Identity } from './certificate.ts'
import { openFront } from './front.ts'
import { end, staticFiles } from './static-files.ts'
import { acceptSocket, type SocketParts } from './socket.ts'

/** Answers the requests of its own paths; false for any other. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

export interface LanServerOptions extends SocketParts {
  readonly host: string
  readonly port: number
  readonly publicHost: string | null
  /** Certificate for the network; null where only this machine can reach the port. */
  readonly identity: Identity | null
  /** Folder of the built screens. */
  readonly screens: string
  /** Further paths: replication, pairing. Not for plain HTTP from another machine. */
  readonly routes: readonly Route[]
}

export interface LanServer {
  readonly port: number
  readonly close: () => Promise<void>
}

/** A screen sends small commands; a form with papers stays far below. */
const maxMessageBytes = 256 * 1024

/** What a citizen's phone needs for the page behind a ticket's QR: it would not believe our certificate, and there is nothing to hide there. */
const forPhones = /^\/(follow\.html|assets\/|icon\.svg|healthz$)/

/** Listens; rejects when the port is taken. */
export async function startLanServer(options: LanServerOptions): Promise<LanServer> {
  const files = staticFiles(options.screens)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOurs(request, options.publicHost)) return end(response, 421)
    if (!isPrivate(request) && !forPhones.test(request.url ?? '')) return toTls(request, response)
    for (const route of options.routes) if (await route(request, response)) return
    if (request.url === '/healthz') return end(response, 200)
    await files(request, response)
  }
  const front = await openFront({
    ...options,
    answer: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        options.log('lan.request-failed', error)
        if (response.headersSent) response.destroy()
        else end(response, 500)
      })
    },
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Node took its own listener off this socket: a caller that hangs up now must not end the station.
      socket.on('error', () => socket.destroy())
      if (request.url !== '/ws' || !isOurs(request, options.publicHost)) return refuse(socket)
      sockets.handleUpgrade(request, socket, head, (ws) => acceptSocket(ws, isPrivate(request), options))
    },
  })
  return {
    port: front.port,
    close: () => {
      for (const ws of sockets.clients) ws.terminate()
      return front.close()
    },
  }
}

/** Refuses an upgrade, and doesn't wait for the caller to hang up: it may never. */
function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => socket.destroy())
}

/** Pages and stations of other machines come over TLS; a browser that asked without is sent there. */
function toTls(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET') return end(response, 403)
  response.setHeader('location', `https://${request.headers.host ?? ''}${request.url ?? '/'}`)
  end(response, 308)
}
