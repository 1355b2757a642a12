import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { EventSource } from '#sync/pusher.ts'
import { inScratch } from '../scratch.ts'
import { pouchReceiver } from './processes.ts'

interface Pouch {
  bulkDocs(docs: readonly object[]): Promise<unknown>
  info(): Promise<{ readonly doc_count: number }>
}
interface PouchClass {
  new (name: string): Pouch
  replicate(from: Pouch, to: Pouch, options: object): Promise<{ readonly docs_written: number }>
}

/** Of 100 (the default), 500, 1,000 and 2,000 documents a batch this was the fastest here; ten batches are read ahead. */
const tuned = { batch_size: 1_000, batches_limit: 10 }

/**
 * Events a second that PouchDB (LevelDB) replicates to express-pouchdb (LevelDB) in a process of its own: the same events, a document each. Neither
 * end waits for the disk, ours do.
 */
export function pouchRate(source: EventSource, events: number): Promise<number> {
  return inScratch(async (dir) => {
    const Pouch = createRequire(import.meta.url)('pouchdb') as PouchClass
    const server = await pouchReceiver(dir)
    try {
      const from = new Pouch(join(dir, 'from'))
      for (const docs of documents(source, events)) await from.bulkDocs(docs)
      const to = new Pouch(`${server.url}/events`)
      await to.info()
      const start = performance.now()
      const { docs_written } = await Pouch.replicate(from, to, tuned)
      const seconds = (performance.now() - start) / 1_000
      if (docs_written !== events || (await to.info()).doc_count !== events) throw new Error('PouchDB lost documents')
      return events / seconds
    } finally {
      await server.stop()
    }
  })
}

function* documents(source: EventSource, events: number): Generator<readonly object[]> {
  let left = events
  for (const origin of source.origins()) {
    for (let seq = 0; left > 0; ) {
      const page = source.after(origin, seq, Math.min(tuned.batch_size, left))
      const last = page.at(-1)
      if (!last) break
      yield page.map((event) => ({ _id: `${origin}/${String(event.seq).padStart(9, '0')}`, ...event }))
      left -= page.length
      seq = last.seq
    }
  }
}
