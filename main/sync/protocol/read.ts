import { maxEvents, type HelloRequest } from './messages.ts'
import type { WireBatch } from './batch.ts'

/** Requests come from other machines: nothing of them is believed before it has passed here. */

const origin = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const hex64 = /^[0-9a-f]{64}$/

/** Longest text of one event, UTF-16 units. */
const maxName = 200
const maxData = 1_000_000

export function isOrigin(value: unknown): value is string {
  return typeof value === 'string' && origin.test(value)
}

/**
 * Text that every database can keep byte for byte: no NUL, no half of a surrogate pair. JSON holds neither unescaped.
 */
function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && !value.includes('\0') && value.isWellFormed()
}

function isColumn<T>(value: unknown, length: number, test: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.length === length && value.every(test)
}

const isName = (value: unknown): value is string => isText(value, maxName)
const isData = (value: unknown): value is string => isText(value, maxData)
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value)
/** Times travel as differences: what they add up to must be exact, or no database takes it. */
function areTimes(differences: readonly number[]): boolean {
  let at = 0
  return differences.every((one) => Number.isSafeInteger((at += one)))
}

const isHash = (value: unknown): value is string => typeof value === 'string' && hex64.test(value)

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** The hello, or undefined when it isn't one. */
export function readHello(value: unknown): HelloRequest | undefined {
  if (!isRecord(value)) return undefined
  const { protocol, oldest = protocol, office, station, origins } = value
  if (!isInteger(protocol) || !isInteger(oldest) || !isName(office) || !isName(station)) return undefined
  if (origins === undefined) return { protocol, oldest, office, station }
  if (!Array.isArray(origins) || origins.length > 1_000 || !origins.every(isOrigin)) return undefined
  return { protocol, oldest, office, station, origins }
}

/** A batch that can't be read, but whose origin can: refused alone. */
export interface MalformedBatch {
  readonly malformed: string
}

export interface EventsRequest {
  readonly protocol: number
  readonly batches: readonly (WireBatch | MalformedBatch)[]
}

/** The batches, or undefined when this is no request at all. */
export function readEvents(value: unknown): EventsRequest | undefined {
  if (!isRecord(value)) return undefined
  const { protocol, batches } = value
  if (!isInteger(protocol) || !Array.isArray(batches) || batches.length > maxEvents) return undefined
  const read = batches.map(readBatch)
  if (!read.every((batch) => batch !== undefined)) return undefined
  const count = read.reduce((sum, batch) => sum + ('malformed' in batch ? 0 : batch.data.length), 0)
  return count <= maxEvents ? { protocol, batches: read } : undefined
}

/** A batch; what can't be read is named by its origin where it has one. */
export function readBatch(value: unknown): WireBatch | MalformedBatch | undefined {
  if (!isRecord(value) || !isOrigin(value['origin'])) return undefined
  const { origin: from, first, prev, hash, at, actor, type, version, subject, data } = value
  const malformed = { malformed: value['origin'] }
  const length = Array.isArray(data) ? data.length : 0
  if (length === 0 || !isOrigin(from) || !isInteger(first) || first < 1 || !isHash(prev) || !isHash(hash)) return malformed
  if (!isColumn(at, length, isInteger) || !areTimes(at) || !isColumn(version, length, isInteger) || !isColumn(data, length, isData)) return malformed
  if (!isColumn(actor, length, isName) || !isColumn(type, length, isName) || !isColumn(subject, length, isName)) return malformed
  return { origin: from, first, prev, hash, at, actor, type, version, subject, data }
}
