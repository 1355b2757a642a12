import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { helloPath } from '#sync/protocol/messages.ts'
import { syncRequestHandler, type ReplicaStore } from './receiver.ts'

const empty: ReplicaStore = { epoch: () => 'e1', mark: () => null, hashAt: () => null, after: () => [], append: () => undefined }

it.each([
  ['in the middle of its request', '{"protocol"', 40],
  ['after the last byte, before it was read', '{"protocol":1}', 14],
])('a sender that hangs up %s is no fault to be logged', async (_, body, length) => {
  const handle = syncRequestHandler({ office: 'H15', store: empty, authenticate: () => ({ mayPush: () => true }) })
  const server = createServer()
  const arrived = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`POST ${helloPath} HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer x\r\ncontent-length: ${length}\r\n\r\n${body}`)
  const [request, response] = await arrived
  socket.resetAndDestroy()
  await once(response, 'close')
  await expect(handle(request, response)).resolves.toBe(true)
})
