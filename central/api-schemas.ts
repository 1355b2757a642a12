import { count, line, list, object, officeCode, refusals, security, text } from './schema-parts.ts'

/** JSON Schemas of the API: checked on the way in, trimmed on the way out, and published at /openapi.json. */

const flag = { type: 'boolean' } as const
const time = { type: ['string', 'null'], description: 'ISO 8601, +07:00' } as const
const orNull = { type: ['integer', 'null'] } as const

const office = { office: text, name: text, revoked: flag, enrolledAt: time, lastContact: time, origins: count, events: count }
const figures = {
  newestAt: time,
  lagMs: orNull,
  tickets: count,
  ticketsToday: count,
  dossiers: count,
  dossiersToday: count,
  paid: count,
  paidToday: count,
  ratings: count,
  quarantined: count,
  refusals: list(object({ origin: text, code: text, firstAt: time, lastAt: time })),
}
const origin = { office: text, origin: text, seq: count, hash: text, stored: count, newestAt: time, receivedAt: time }

export const apiSchemas = {
  offices: { tags: ['read'], summary: 'Enrolled offices', security, response: { 200: list(object(office)), ...refusals } },
  summary: {
    tags: ['read'],
    summary: 'Figures of each office: events, lag, tickets, dossiers, money in đồng',
    security,
    response: { 200: object({ at: time, offices: list(object({ ...office, ...figures })) }), ...refusals },
  },
  origins: { tags: ['read'], summary: 'The newest event of each origin', security, response: { 200: list(object(origin)), ...refusals } },
  enrol: {
    tags: ['administer'],
    summary: 'Enrols an office, or gives it a new key; the key is shown once',
    security,
    body: object({ office: officeCode, name: { ...line, minLength: 1, maxLength: 200 } }),
    response: { 201: object({ office: text, key: text }), ...refusals },
  },
  revoke: {
    tags: ['administer'],
    summary: "Ends an office's key; what it sent stays",
    security,
    params: object({ office: officeCode }),
    response: { 200: object({ office: text }), ...refusals },
  },
} as const
