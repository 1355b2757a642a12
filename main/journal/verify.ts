import type { StoredEvent } from '#domain/event.ts'
import { chainFault, chainStart, type Mark } from '#journal/chain.ts'
import type { Journal } from './journal.ts'

export interface ChainReport {
  readonly events: number
  readonly heads: Readonly<Record<string, { readonly seq: number; readonly hash: string }>>
  readonly problems: readonly string[]
}

/** Reads every event of every origin and checks its place in the chain and its hash. */
export function verifyChains(journal: Journal): ChainReport {
  const heads: Record<string, Mark> = {}
  const problems: string[] = []
  let events = 0
  for (const origin of journal.origins()) {
    let mark = chainStart
    for (const event of all(journal, origin)) {
      const fault = chainFault(mark, event)
      if (fault) {
        problems.push(`${origin} #${event.seq}: ${fault.kind}`)
        break
      }
      mark = event
      events += 1
    }
    heads[origin] = { seq: mark.seq, hash: mark.hash }
  }
  return { events, heads, problems }
}

/** All events of an origin, page by page. */
export function* all(journal: Journal, origin: string): Generator<StoredEvent> {
  for (let seq = 0; ; ) {
    const page = journal.after(origin, seq, 1_000)
    yield* page
    const last = page.at(-1)
    if (!last) return
    seq = last.seq
  }
}
