import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { PeerAwayError, peerClient } from './http-client.ts'

/** Asks a peer that answers so. */
async function ask(answer: (res: ServerResponse) => void, answerMs?: number) {
  const server = createServer((req, res) => {
    req.resume()
    answer(res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const client = peerClient({ url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, key: 'k' }, answerMs)
  onTestFinished(() => {
    client.close()
    server.closeAllConnections()
    server.close()
  })
  return client.post({ path: '/sync/v1/hello', body: Buffer.from('{}'), encoding: 'identity', silenceMs: 5_000, signal: new AbortController().signal })
}

it('an answer that came byte by byte, and never ended, kept everything waiting for ever', async () => {
  const drip = (res: ServerResponse): void => {
    res.writeHead(200)
    const timer = setInterval(() => res.write(' '), 20)
    res.on('close', () => clearInterval(timer))
  }
  await expect(ask(drip, 300)).rejects.toEqual(new PeerAwayError('slow answer', false))
})

it('an answer without end is given up, half an answer is none', async () => {
  const flood = (res: ServerResponse): void => {
    const more = (): void => {
      while (!res.destroyed && res.write(Buffer.alloc(1 << 16, 32)));
    }
    res.on('drain', more)
    more()
  }
  await expect(ask(flood)).rejects.toEqual(new PeerAwayError('answer too long', false))
  await expect(ask((res) => void res.writeHead(200, { 'content-length': 500 }).write('{"protocol":1', () => res.destroy()))).rejects.toBeInstanceOf(PeerAwayError)
})

it.each([['2', 2_000], ['900', 60_000], ['Wed, 21 Oct 2026 07:28:00 GMT', 0], ['-1', 0], ['', 0]])('Retry-After: %s', async (text, ms) => {
  expect(await ask((res) => void res.writeHead(503, { 'retry-after': text }).end('busy'))).toEqual({ status: 503, body: undefined, retryAfterMs: ms })
})
