import type { StoredEvent } from '#domain/event.ts'
import { PeerAwayError, type PeerClient } from '#sync/http-client.ts'
import type { Mark, Refusal, Welcome } from '#sync/protocol/messages.ts'
import type { EventSource } from '#sync/pusher.ts'
import type { Plant } from './plant.ts'

type After = EventSource['after']

/** A source whose pages are something else. */
const paging = (page: (after: After, origin: string, seq: number, limit: number) => readonly StoredEvent[]): Plant => ({
  source: (source) => ({ ...source, after: (origin, seq, limit) => page((of, from, most) => source.after(of, from, most), origin, seq, limit) }),
})

/** A client that changes or refuses an answer after it has come. */
const hearing = (hear: (answer: Welcome) => Welcome): ((client: PeerClient) => PeerClient) => (client) => ({
  close: () => client.close(),
  post: async (request) => {
    const answer = await client.post(request)
    return isWelcome(answer.body) ? { ...answer, body: hear(answer.body) } : answer
  },
})

const isWelcome = (body: unknown): body is Welcome => typeof body === 'object' && body !== null && 'marks' in body

export const sending: Readonly<Record<string, () => Plant>> = {
  'nothing-taken-back': () => ({ source: (source) => ({ ...source, takeBack: () => undefined }) }),
  'batch-reordered': () =>
    paging((after, origin, seq, limit) => {
      const [first, second, ...rest] = after(origin, seq, limit)
      return first && second ? [second, first, ...rest] : after(origin, seq, limit)
    }),
  'event-skipped-at-page-end': () => {
    const ends = new Set<string>()
    return paging((after, origin, seq, limit) => {
      const page = after(origin, seq + (ends.has(`${origin} ${seq}`) ? 1 : 0), limit)
      if (page.length > 2) ends.add(`${origin} ${page.at(-1)?.seq}`)
      return page
    })
  },
  'sent-by-clock': () => {
    const sent = new Map<string, number>()
    return paging((after, origin, seq, limit) => {
      const newest = sent.get(origin) ?? 0
      const page = after(origin, seq, limit).filter(({ at }) => at >= newest)
      sent.set(origin, Math.max(newest, page.at(-1)?.at ?? 0))
      return page
    })
  },
  'outbox-cleared-on-error': () => {
    const cleared = new Map<string, number>()
    const source = (real: EventSource): EventSource => ({
      ...real,
      head: (origin) => ((real.head(origin)?.seq ?? 0) > (cleared.get(origin) ?? 0) ? real.head(origin) : null),
      after: (origin, seq, limit) => real.after(origin, Math.max(seq, cleared.get(origin) ?? 0), limit),
    })
    const client = (line: PeerClient, outbox: EventSource): PeerClient => ({
      close: () => line.close(),
      post: (request) =>
        line.post(request).catch((error: unknown) => {
          for (const origin of outbox.origins()) cleared.set(origin, outbox.head(origin)?.seq ?? cleared.get(origin) ?? 0)
          throw error
        }),
    })
    return { source, client }
  },
  'cursor-kept-over-restore': () => ({
    client: (line) => {
      let epoch: string | null = null
      const marks = new Map<string, Mark>()
      return hearing((answer) => {
        epoch ??= answer.epoch
        for (const [origin, mark] of Object.entries(answer.marks)) if (mark.seq > (marks.get(origin)?.seq ?? 0)) marks.set(origin, mark)
        return { ...answer, epoch, marks: Object.fromEntries(marks) }
      })(line)
    },
  }),
  'refused-origin-blocks-others': () => ({
    client: hearing((answer) => {
      if (answer.refused.some(isFinal)) throw new PeerAwayError('refused', false)
      return answer
    }),
  }),
}

const isFinal = ({ code }: Refusal): boolean => code !== 'gap' && code !== 'bad-hash'
