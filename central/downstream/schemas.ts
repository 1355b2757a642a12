import { putBodies } from '#sync/protocol/change-bodies.ts'
import { count, line, list, object, place, refusals, security, text } from '../schema-parts.ts'

const office = { type: 'string', pattern: '^(\\*|[A-Za-z0-9][A-Za-z0-9.-]{1,39})$', description: 'Agency code; * is every office' } as const

const put = object({
  office,
  kind: { type: 'string', enum: Object.keys(putBodies) },
  key: { ...line, maxLength: 300, description: 'calendar: office; procedure: <code>@<from yyyy-mm-dd>; status, online: the dossier code; else an id' },
  body: {
    type: ['object', 'null'],
    description: 'status: {"status": 1–11, national code}; calendar and procedure as in main/catalogue; null withdraws. Nothing personal but the name of an appointment.',
    additionalProperties: true,
  },
})

/** JSON Schemas of what goes down, checked on the way in and published at /openapi.json. */
export const downstreamSchemas = {
  put: {
    tags: ['back office'],
    summary: 'Sets statuses, calendars, procedures, prices, staff, online dossiers, appointments; they come down to the offices',
    security,
    body: object({ changes: { ...list(put), minItems: 1, maxItems: 5_000 } }),
    response: { 200: object({ taken: count }), ...refusals },
  },
  list: {
    tags: ['back office'],
    summary: 'What an office has, in order, 500 at a time',
    security,
    querystring: object({ office, after: place }, ['office']),
    response: {
      200: list(object({ n: count, kind: text, key: text, at: { type: ['string', 'null'] }, body: { type: ['object', 'null'], additionalProperties: true } })),
      ...refusals,
    },
  },
  erase: {
    tags: ['back office'],
    summary: 'Has a person forgotten at an office, or at all; the number is not kept',
    security,
    body: object({ office, idNumber: { ...text, pattern: '^(\\d{12}|\\d{9}|[A-Z]{1,2}\\d{6,8})$' } }),
    response: { 200: object({ office: text }), ...refusals },
  },
  quarantine: {
    tags: ['read'],
    summary: 'Events that count nowhere, each with its reason',
    security,
    response: { 200: list(object({ office: text, origin: text, seq: count, type: text, subject: text, reason: text })), ...refusals },
  },
  retry: {
    tags: ['read'],
    summary: 'Tries the quarantined events again',
    security,
    response: { 200: object({ mended: count, left: count }), ...refusals },
  },
} as const
