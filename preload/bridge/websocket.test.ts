import type { AddressInfo } from 'node:net'
import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { kioskContract } from '#contract/kiosk.ts'
import { Unauthorised } from './connection.ts'
import { connectWebSocket } from './websocket.ts'

const welcome = { ok: true, audience: 'kiosk', counter: null, station: 'hp-kiosk1', sample: true, version: '0.1.0' } as const
const open: WebSocketServer[] = []

/** A station that knows the token `right`, over a real socket. */
async function station(): Promise<string> {
  const api = implement({ kiosk: { askHelp: kioskContract.askHelp } })
  const handler = new RPCHandler(api.router({ kiosk: { askHelp: api.kiosk.askHelp.handler(() => ({ ok: true as const })) } }))
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  open.push(server)
  server.on('connection', (socket) => {
    socket.once('message', (data: Buffer) => {
      const { token } = JSON.parse(data.toString('utf8')) as { readonly token: string }
      if (token !== 'right') {
        socket.send(JSON.stringify({ ok: false, code: 'unauthorised' }))
        return socket.close()
      }
      void handler.upgrade(socket)
      socket.send(JSON.stringify(welcome))
    })
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`
}

afterEach(() => {
  for (const server of open.splice(0)) {
    server.clients.forEach((socket) => socket.terminate())
    server.close()
  }
})

describe('connectWebSocket', () => {
  it('greets, then calls the station over the same socket', async () => {
    const connection = await connectWebSocket(await station(), 'right')
    expect(connection.welcome).toEqual(welcome)
    await expect(connection.client.kiosk.askHelp({ commandId: crypto.randomUUID() })).resolves.toEqual({ ok: true })
    connection.close()
    await connection.closed
  })

  it('tells an unknown token from an unreachable station', async () => {
    const url = await station()
    await expect(connectWebSocket(url, 'wrong')).rejects.toBeInstanceOf(Unauthorised)
    await expect(connectWebSocket('ws://127.0.0.1:1/ws', 'right')).rejects.not.toBeInstanceOf(Unauthorised)
  })

  it('says when the station is gone, and rejects what was in flight', async () => {
    const connection = await connectWebSocket(await station(), 'right')
    open[0]?.clients.forEach((socket) => socket.terminate())
    await connection.closed
    await expect(connection.client.kiosk.askHelp({ commandId: crypto.randomUUID() })).rejects.toThrow()
  })
})
