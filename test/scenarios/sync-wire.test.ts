import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromWire } from '#sync/protocol/batch.ts'
import { compress, decompress, encodings } from '#sync/protocol/encoding.ts'
import { readEvents } from '#sync/protocol/read.ts'
import { nextBatches } from '#sync/push-plan.ts'
import { dayOf, sourceOf } from './sync-support/office.ts'
import { batch } from './sync-support/wire.ts'

const day = dayOf('hub.aa', 63)

test('a batch of 500 costs at most 30 bytes an event on the wire (P5), in every encoding but the plain one', async () => {
  const events = day.events.slice(0, 500)
  const plain = Buffer.from(JSON.stringify({ protocol: 1, batches: [batch(events)] }))
  expect(encodings).toEqual(['zstd', 'br', 'gzip', 'identity'])
  for (const encoding of encodings) {
    const packed = await compress(encoding, plain)
    if (encoding !== 'identity') expect(packed.byteLength / events.length).toBeLessThan(30)
    expect(await decompress(encoding, packed)).toEqual({ plain })
  }
})

test('unpacking gives the same events, hashes included, wherever the cut', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (from, length) => {
      const events = day.events.slice(from, from + length)
      fc.pre(events.length > 0)
      expect(fromWire(batch(events))).toEqual(events)
    }),
  )
})

test('no single change of a batch passes', () => {
  const good = batch(day.events.slice(40, 60))
  const columns = ['at', 'actor', 'type', 'version', 'subject', 'data'] as const
  fc.assert(
    fc.property(fc.constantFrom(...columns), fc.nat(19), (column, row) => {
      const values = good[column].map((value, index) => (index !== row ? value : typeof value === 'number' ? value + 1 : `${value} `))
      expect(fromWire({ ...good, [column]: values })).toBe('bad-hash')
    }),
  )
  for (const change of [{ origin: 'hub.ab' }, { first: 42 }, { prev: good.hash }, { hash: good.prev }]) expect(fromWire({ ...good, ...change })).toBe('bad-hash')
})

test('whatever JSON comes, reading it answers and never throws', () => {
  const malformed = (value: unknown): boolean => {
    const read = readEvents(value)
    return read === undefined || read.batches.every((one) => 'malformed' in one || one.data.length > 0)
  }
  fc.assert(fc.property(fc.jsonValue(), malformed))
  const field = fc.constantFrom(...Object.keys(batch(day.events.slice(0, 3))))
  fc.assert(fc.property(field, fc.jsonValue(), (name, value) => malformed({ protocol: 1, batches: [{ ...batch(day.events.slice(0, 3)), [name]: value }] })), { numRuns: 500 })
})

test('one long backlog does not hold the other origins up, and every request keeps its limits', () => {
  const source = sourceOf(dayOf('hub.aa', 300), dayOf('quay1.bb', 2), dayOf('quay2.cc', 1))
  const batches = nextBatches(source, new Map(), new Set(), { events: 500, bytes: 1_000_000 })
  expect(batches.map(({ origin }) => origin)).toEqual(['hub.aa', 'quay1.bb', 'quay2.cc'])
  expect(batches.slice(1).map(({ data }) => data.length)).toEqual([16, 8])
  expect(batches.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(500)
  const small = nextBatches(source, new Map(), new Set(['hub.aa']), { events: 500, bytes: 2_000 })
  expect(JSON.stringify(small).length).toBeLessThan(4_000)
  expect(nextBatches(source, new Map(), new Set(['hub.aa', 'quay1.bb', 'quay2.cc']), { events: 500, bytes: 2_000 })).toEqual([])
})
