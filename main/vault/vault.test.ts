import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { masterKey } from './master-key.ts'
import { Vault, VaultKeyError } from './vault.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-vault-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const person = { fullName: 'Nguyễn Thị Ánh Tuyết', idNumber: '099190012345' }

it('opens what it sealed, also after a restart; another key opens nothing', async () => {
  const key = await masterKey(join(dir, 'vault.key'), null)
  const vault = new Vault(join(dir, 'vault.db'), key)
  const sealed = vault.seal(vault.subjectOf(person.idNumber), person)
  vault.close()
  const again = new Vault(join(dir, 'vault.db'), await masterKey(join(dir, 'vault.key'), null))
  expect(again.open(sealed)).toEqual(person)
  expect(again.open({ ...sealed, key: 'destroyed' })).toBeNull()
  again.close()
  expect(() => new Vault(join(dir, 'vault.db'), randomBytes(32))).toThrow(VaultKeyError)
})

it('leaves nothing readable in any file, and finds a dossier by words all the same', async () => {
  const vault = new Vault(join(dir, 'vault.db'), await masterKey(join(dir, 'vault.key'), null))
  vault.seal(vault.subjectOf(person.idNumber), person)
  vault.remember('c1', ['name:tuyet', 'name:anh', `id:${person.idNumber}`])
  vault.remember('c2', ['name:tuyet'])
  expect(vault.codesWith(['name:tuyet', 'name:anh'])).toEqual(['c1'])
  expect([...vault.codesWith(['name:tuyet'])].toSorted()).toEqual(['c1', 'c2'])
  expect(vault.codesWith(['name:nobody'])).toEqual([])
  vault.close()
  for (const file of readdirSync(dir)) {
    const bytes = readFileSync(join(dir, file))
    for (const word of ['Tuyết', 'tuyet', person.idNumber]) expect(bytes.includes(word), `${word} in ${file}`).toBe(false)
  }
})

it('the key file is for its owner only; a secret store wraps it', async () => {
  const bare = join(dir, 'bare.key')
  await masterKey(bare, null)
  if (process.platform !== 'win32') expect(statSync(bare).mode & 0o777).toBe(0o600)
  const store = {
    seal: (secret: string) => Promise.resolve(Buffer.from(`wrapped:${secret}`)),
    open: (sealed: Uint8Array) => Promise.resolve(Buffer.from(sealed).toString().replace('wrapped:', '')),
  }
  const wrapped = join(dir, 'wrapped.key')
  const key = await masterKey(wrapped, store)
  expect(readFileSync(wrapped).includes(key)).toBe(false)
  expect(await masterKey(wrapped, store)).toEqual(key)
  await expect(masterKey(wrapped, null)).rejects.toThrow(/not a vault key/)
})

it('killed right after a key was destroyed: the log beside the file went on holding it after the next start', () => {
  const master = randomBytes(32)
  const vault = new Vault(join(dir, 'vault.db'), master)
  vault.seal('person:x', 'a')
  const outside = new Database(join(dir, 'vault.db'))
  const wrapped = outside.prepare<[], Buffer>('SELECT wrapped FROM keys').pluck().get() ?? Buffer.alloc(0)
  outside.pragma('secure_delete = ON')
  outside.exec('DELETE FROM keys')
  mkdirSync(join(dir, 'after'))
  for (const file of ['vault.db', 'vault.db-wal']) cpSync(join(dir, file), join(dir, 'after', file))
  outside.close()
  vault.close()
  const holds = () => ['vault.db', 'vault.db-wal'].some((file) => readFileSync(join(dir, 'after', file)).includes(wrapped))
  expect(holds()).toBe(true)
  const again = new Vault(join(dir, 'after', 'vault.db'), master)
  expect(holds()).toBe(false)
  again.close()
})
