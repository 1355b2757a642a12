import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { openScreen } from '#main/demo/client.ts'
import { TestOffice } from './sync-support/stations.ts'

test('a central that greets and takes nothing: an alarm within a quarter of a minute, over when it takes events again', async () => {
  let takes = false
  const central = createServer((req, res) => {
    req.resume()
    const welcome = { protocol: 1, epoch: 'e1', marks: {}, encodings: ['identity'], refused: [] }
    if (req.url === '/sync/v1/hello') return void res.end(JSON.stringify(welcome))
    if (req.url !== '/sync/v1/events' || !takes) return void res.writeHead(503).end('{}')
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const { batches } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { batches: readonly { origin: string; first: number; hash: string; data: readonly string[] }[] }
      const marks = Object.fromEntries(batches.map(({ origin, first, hash, data }) => [origin, { seq: first + data.length - 1, hash }]))
      res.end(JSON.stringify({ ...welcome, marks }))
    })
  }).listen(0, '127.0.0.1')
  await once(central, 'listening')
  const address = central.address()
  const office = new TestOffice()
  try {
    const hub = await office.hub([], { central: { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, key: 'k' } })
    const { client, close } = await openScreen(hub.ready.urls.supervisor ?? '')
    const start = performance.now()
    for await (const { peers } of await client.replication.live()) if (peers[0]?.stalledSince != null) break
    const seconds = (performance.now() - start) / 1_000
    expect(seconds).toBeGreaterThan(8)
    expect(seconds).toBeLessThan(15)
    takes = true
    await client.replication.retry()
    for await (const { peers } of await client.replication.live()) if (peers[0]?.stalledSince == null) break
    for await (const { peers } of await client.replication.live()) if (peers[0]?.waiting === 0) break
    close()
  } finally {
    await office.close()
    central.closeAllConnections()
    central.close()
  }
})
