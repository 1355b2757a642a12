import { randomBytes } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#journal/database.ts'
import { Downstream } from '#journal/downstream.ts'
import { Vault } from '#vault/vault.ts'
import { changeStore } from './hub-changes.ts'

it('central was put back from a backup that knew nothing of an event put aside: the hub showed it for ever', () => {
  const db = openDatabase(':memory:')
  const vault = new Vault(':memory:', randomBytes(32))
  onTestFinished(() => {
    db.close()
    vault.close()
  })
  const downstream = new Downstream(db)
  const store = changeStore(downstream, vault, 'central')
  const change = (n: number, kind: string, key: string) => ({ n, kind, key, at: n, body: '{}' })
  const answer = (epoch: string, fromStart: boolean, ...changes: readonly ReturnType<typeof change>[]) => store.take({ protocol: 1, epoch, fromStart, changes, more: false, secrets: [] }, changes.at(-1)?.n ?? 0)
  const shown = (kind: string) => downstream.of(kind).map(({ key }) => key)
  answer('a', true, change(1, 'quarantine', 'quay-3.aa#7'), change(2, 'status', 'x'))
  answer('a', false, change(3, 'quarantine', 'quay-3.aa#9'))
  expect(shown('quarantine')).toEqual(['quay-3.aa#7', 'quay-3.aa#9'])
  answer('b', true, change(1, 'quarantine', 'quay-3.aa#7'))
  expect(shown('quarantine')).toEqual(['quay-3.aa#7'])
  // A status is what the back office once said: that holds.
  expect(shown('status')).toEqual(['x'])
  // The hub's stations hear of it.
  expect(downstream.after(3, 10).map(({ key, body }) => [key, body])).toEqual([['quay-3.aa#9', null]])
})
