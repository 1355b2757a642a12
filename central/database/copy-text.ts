import type { StoredEvent } from '#domain/event.ts'

/** PostgreSQL's text format of COPY (manual, "COPY", Text Format): columns by tab, rows by newline, `\N` for null. */

const special = /[\\\t\n\r]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A text as a column. */
export function copyText(text: string): string {
  return special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : text
}

/** An event as a row of `events (office, origin, seq, at, actor, type, version, subject, data, hash)`. */
export function eventRow(office: string, event: StoredEvent): string {
  const { origin, seq, at, actor, type, version, subject, data, hash } = event
  return `${office}\t${origin}\t${seq}\t${at}\t${copyText(actor)}\t${copyText(type)}\t${version}\t${copyText(subject)}\t${copyText(data)}\t\\\\x${hash}\n`
}
