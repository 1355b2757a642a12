import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { isOurs } from './access.ts'
import { end, staticFiles } from './static-files.ts'
import { acceptSocket, type SocketParts } from './socket.ts'

export interface LanServerOptions extends SocketParts {
  readonly host: string
  readonly port: number
  readonly publicHost: string | null
  /** Folder of the built screens. */
  readonly screens: string
  /** Answers requests under /sync/; false when it is not one of its paths. */
  readonly sync: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
}

export interface LanServer {
  readonly port: number
  readonly close: () => Promise<void>
}

/** A screen sends small commands; a form with papers stays far below. */
const maxMessageBytes = 256 * 1024

/** An office has some thirty screens and stations; more is somebody who only opens connections. */
const maxConnections = 500

/** Listens; rejects when the port is taken. */
export async function startLanServer(options: LanServerOptions): Promise<LanServer> {
  const files = staticFiles(options.screens)
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.log('lan.request-failed', error)
      if (response.headersSent) response.destroy()
      else end(response, 500)
    })
  })
  server.maxConnections = maxConnections
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOurs(request, options.publicHost)) return end(response, 421)
    if (await options.sync(request, response)) return
    if (request.url === '/healthz') return end(response, 200)
    await files(request, response)
  }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node took its own listener off this socket: a caller that hangs up now must not end the station.
    socket.on('error', () => socket.destroy())
    if (request.url !== '/ws' || !isOurs(request, options.publicHost)) return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (ws) => acceptSocket(ws, options))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  server.on('error', (error) => options.log('lan.server', error))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const ws of sockets.clients) ws.terminate()
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
