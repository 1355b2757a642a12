import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { changesPath, type ChangeSource } from '#sync/protocol/changes.ts'
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

it('a machine that was removed while it waited for what comes down got it, a citizen’s name among it', async () => {
  let [known, given] = [true, false]
  const changes = {
    epoch: () => 'e1',
    after: () => (given ? [{ n: 1, kind: 'appointment', key: 'LH1', at: 1, body: '{"name":"Nguyễn Thị Lan"}' }] : []),
    wait: () => {
      known = false
      given = true
      return Promise.resolve()
    },
    secrets: () => [],
  } satisfies ChangeSource
  const handle = syncRequestHandler({ office: 'H15', store: empty, changes, authenticate: () => (known ? { mayPush: () => true } : { refused: 'unauthorised' }) })
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const asked = { protocol: 1, office: 'H15', station: 'ki-ot', epoch: 'e1', after: 0, waitMs: 1_000 }
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${changesPath}`, { method: 'POST', body: JSON.stringify(asked), headers: { authorization: 'Bearer x' } })
  expect([answer.status, await answer.json()]).toEqual([401, { code: 'unauthorised' }])
})
