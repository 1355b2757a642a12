import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#journal/database.ts'
import { peerMemory } from './peer-memory.ts'

const marks = (count: number) => new Map(Array.from({ length: count }, (_, n) => [`quay-${n}.aa`, { seq: n + 1, hash: 'f'.repeat(64) }]))

function database() {
  const db = openDatabase(':memory:')
  onTestFinished(() => void db.close())
  return db
}

it('what a peer had is known at the next start, as it was at the end', () => {
  const db = database()
  const before = peerMemory(db, 'central')
  expect(before.remembered).toEqual({ marks: new Map(), lastContact: null })
  const known = marks(2)
  before.keep({ marks: known, lastContact: 5 })
  known.set('quay-9.aa', { seq: 3, hash: 'a'.repeat(64) })
  before.close()
  expect(peerMemory(db, 'central').remembered).toEqual({ marks: known, lastContact: 5 })
  expect(peerMemory(db, 'hub').remembered.lastContact).toBeNull()
})

it('a full disk, on which this can not be kept, does not hold up the sending', () => {
  const db = database()
  const memory = peerMemory(db, 'central')
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`)
  expect(() => db.exec(`INSERT INTO meta VALUES ('x', hex(zeroblob(100000)))`)).toThrow(/full/)
  memory.keep({ marks: marks(500), lastContact: 5 })
  memory.close()
  expect(peerMemory(db, 'central').remembered.lastContact).toBeNull()
})
