import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { passwordIn, withStoredPassword } from './password-file.ts'

const wanted = { host: 'localhost', port: '5432', database: 'motcua', user: 'motcua' }

test.each([
  ['localhost:5432:motcua:motcua:mật khẩu', 'mật khẩu'],
  ['*:*:*:motcua:bất-kỳ', 'bất-kỳ'],
  ['# *:*:*:*:x\nmay-khac:*:*:motcua:a\nlocalhost:*:*:motcua:b\r\n*:*:*:*:c', 'b'],
  [String.raw`localhost:5432:motcua:motcua:a\:b\\c`, String.raw`a:b\c`],
  ['localhost:5433:motcua:motcua:x', null],
  ['localhost:5432:motcua:x', null],
  ['', null],
])('a line of the password file: %j', (text, password) => expect(passwordIn(text, wanted)).toBe(password))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-pgpass-'))
  vi.stubEnv('PGPASSFILE', join(folder, 'pgpass'))
  vi.stubEnv('PGPASSWORD', undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('every command of central with a .pgpass began with a warning of the driver: its password is in the address before', () => {
  writeFileSync(join(folder, 'pgpass'), 'localhost:*:*:motcua:m%t & khẩu\n', { mode: 0o600 })
  expect(new URL(withStoredPassword('postgresql://motcua@localhost/motcua')).searchParams.get('password')).toBe('m%t & khẩu')
  expect(withStoredPassword('postgresql://motcua:own@localhost/motcua')).toBe('postgresql://motcua:own@localhost/motcua')
  expect(withStoredPassword('postgresql://other@localhost/motcua')).toBe('postgresql://other@localhost/motcua')
})

test.skipIf(process.platform === 'win32')('a password file that others may read is passed over', () => {
  writeFileSync(join(folder, 'pgpass'), '*:*:*:*:x\n', { mode: 0o644 })
  expect(withStoredPassword('postgresql://motcua@localhost/motcua')).toBe('postgresql://motcua@localhost/motcua')
})
