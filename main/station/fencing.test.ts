import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { termPath, type HubWord } from '#lan/ask-term.ts'
import { Journal } from '#journal/journal.ts'
import { HubTerm } from '#usecases/hub-term.ts'
import { openViews } from '#views/views.ts'
import { fence, HubSupersededError } from './fencing.ts'
import type { Pairings } from './pairings.ts'

/** A spare that answers as told, over a real socket. */
async function spareSaying(word: HubWord): Promise<Pairings> {
  const server = createServer((request, response) => response.end(request.url === termPath ? JSON.stringify(word) : ''))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return { list: () => [{ spare: { url } }] } as unknown as Pairings
}

/** The term of a hub that was put back from a backup: it has begun its second. */
function secondTerm(): HubTerm {
  const journal = new Journal({ file: ':memory:', station: 'hub', views: openViews, now: Date.now })
  onTestFinished(() => journal.close())
  const term = new HubTerm(journal)
  term.begin()
  return term
}

it.each([
  ['a spare that has become the hub of a newer term', { hub: true, term: 3 }],
  ['a spare that has become the hub of the very term that a restored hub began', { hub: true, term: 2 }],
])('%s ends this hub', async (_, word) => {
  await expect(fence(secondTerm(), await spareSaying(word))).rejects.toThrow(HubSupersededError)
})

it('a spare that only knows of this term does not', async () => {
  const stop = await fence(secondTerm(), await spareSaying({ hub: false, term: 2 }))
  stop()
})
