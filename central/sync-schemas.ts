import { changeKinds } from '#sync/protocol/changes.ts'
import { maxEvents } from '#sync/protocol/messages.ts'
import { count, list, object, place, refusals, security, text } from './schema-parts.ts'

/** JSON Schemas of replication, for /openapi.json only: bodies come compressed, and `main/sync/protocol` reads them. */

const mark = object({ seq: place, hash: text })
const refusal = { code: text, origin: text, have: place }
const welcome = {
  protocol: count,
  epoch: { ...text, description: "Of the database: marks of another one count no more" },
  marks: { type: 'object', additionalProperties: mark, description: 'The newest event of each origin that has some here' },
  encodings: list(text),
  refused: list(object(refusal, ['code'])),
}
const orNone = { 409: object({ ...welcome, ...refusal }, ['code']), ...refusals }
const versions = { protocol: { ...count, description: "The sender's newest version" }, oldest: count }
const column = (items: object): object => ({ ...list(items), maxItems: maxEvents })
const batch = object({
  origin: text,
  first: { ...place, minimum: 1, description: 'Number of the first event' },
  prev: { ...text, description: 'Hash before it' },
  hash: { ...text, description: 'Hash of the last' },
  at: { ...column(count), description: 'Epoch ms: the first, then differences' },
  actor: column(text),
  type: column(text),
  version: column(count),
  subject: column(text),
  data: { ...column(text), description: 'JSON' },
})
const change = object({ n: place, kind: { ...text, description: changeKinds.join(', ') }, key: text, at: count, body: { type: ['string', 'null'], description: 'JSON; null: withdrawn' } })

const common = { tags: ['sync'], security, description: 'The body may be compressed: Content-Encoding zstd, br, gzip or identity.' }

export const syncSchemas = {
  hello: {
    ...common,
    summary: 'Asks for the marks of the given origins',
    body: object({ ...versions, office: text, station: text, origins: list(text) }, ['protocol', 'office', 'station']),
    response: { 200: object(welcome), ...orNone },
  },
  events: {
    ...common,
    summary: 'Sends batches of events; may be repeated',
    body: object({ ...versions, batches: list(batch) }, ['protocol', 'batches']),
    response: { 200: object(welcome), ...orNone },
  },
  back: {
    ...common,
    summary: 'Reads events of an origin again, for an office whose disk was put back from a backup',
    body: object({ ...versions, office: text, origin: text, after: place }, ['protocol', 'office', 'origin', 'after']),
    response: { 200: object({ batch: { anyOf: [batch, { type: 'null' }] } }), ...refusals },
  },
  changes: {
    ...common,
    summary: 'Asks for what comes down after a cursor; the question may be kept open up to waitMs',
    body: object({ ...versions, office: text, station: text, epoch: { type: ['string', 'null'] }, after: place, waitMs: place }, ['protocol', 'office', 'station', 'epoch', 'after', 'waitMs']),
    response: { 200: object({ protocol: count, epoch: text, fromStart: { type: 'boolean' }, changes: list(change), more: { type: 'boolean' }, secrets: list(text) }), ...refusals },
  },
} as const
