import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Callers } from './callers.ts'
import type { Identity } from './certificate.ts'

export interface FrontOptions {
  readonly host: string
  readonly port: number
  /** With it the port speaks TLS as well as plain HTTP; null where only this machine can reach it. */
  readonly identity: Identity | null
  readonly answer: RequestListener
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly log: (code: string, error: unknown) => void
}

export interface Front {
  readonly port: number
  readonly close: () => Promise<void>
}

/** First byte of a TLS handshake record (RFC 8446, 5.1). */
const handshake = 22
/** A connection that doesn't get as far as a whole first byte, handshake or head of a request is closed after this, ms. */
const openingMs = 10_000
const limits = { headersTimeout: openingMs, connectionsCheckingInterval: 2_000 }

/** Listens on one port for TLS and plain HTTP: the first byte tells which. Rejects when the port is taken. */
export async function openFront(options: FrontOptions): Promise<Front> {
  const plain = served(createHttpServer(limits), options)
  const secure = options.identity && served(createHttpsServer({ ...limits, ...options.identity, minVersion: 'TLSv1.2', handshakeTimeout: openingMs }), options)
  const open = new Set<Socket>()
  const callers = new Callers()
  const front = createServer({ noDelay: true }, (socket) => {
    if (!callers.enter(socket)) return void socket.destroy()
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    hand(socket, plain, secure)
  })
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject)
    front.listen(options.port, options.host, resolve)
  })
  front.on('error', (error) => options.log('lan.server', error))
  return {
    port: (front.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        for (const server of [plain, secure]) server?.close()
        front.close(() => resolve())
      }),
  }
}

/** The server for connections that the front hands to it. It never listens itself, so it is told that it does: its time limits begin with that. */
function served<S extends Server>(server: S, { answer, upgrade }: FrontOptions): S {
  server.on('request', answer).on('upgrade', upgrade)
  server.emit('listening')
  return server
}

function hand(socket: Socket, plain: Server, secure: Server | null): void {
  const giveUp = () => socket.destroy()
  socket.on('error', giveUp)
  if (!secure) return void plain.emit('connection', socket)
  socket.setTimeout(openingMs, giveUp)
  socket.once('data', (first: Buffer) => {
    socket.setTimeout(0)
    socket.off('timeout', giveUp)
    socket.pause()
    socket.unshift(first)
    ;(first[0] === handshake ? secure : plain).emit('connection', socket)
    process.nextTick(() => socket.resume())
  })
}
