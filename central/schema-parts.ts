/** What the JSON Schemas of the API are made of. */

export const text = { type: 'string' } as const
/** One line that every database can keep: no control characters, no half of a surrogate pair. */
export const line = { type: 'string', pattern: '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$' } as const
export const count = { type: 'integer' } as const
/** A number that has a place in an order: exact, and never below 0. */
export const place = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const
export const officeCode = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{1,39}$' } as const

export function object(properties: Readonly<Record<string, object>>, required = Object.keys(properties)): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

export const list = (items: object): object => ({ type: 'array', items })

export const security = [{ key: [] }]

/** Every answer but the good one. `detail` is for people. */
const refusal = { ...object({ code: text, detail: text }, ['code']), description: 'No, and why: a code' }
export const refusals = { 400: refusal, 401: refusal, 403: refusal, default: refusal }
