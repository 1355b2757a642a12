import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Keeps a secret under the protection of the operating system's account (DPAPI, Keychain, secret service). */
export interface SecretStore {
  seal(secret: string): Promise<Uint8Array>
  /** Rejects when the bytes were sealed by another account or machine. */
  open(sealed: Uint8Array): Promise<string>
}

/**
 * The station's master key, made on first use. With a secret store the file holds what that store sealed; without one the file itself is
 * the secret, mode 0600 in a folder of mode 0700 (docs/decisions/0002-vault-key.md).
 */
export async function masterKey(file: string, store: SecretStore | null): Promise<Buffer> {
  if (existsSync(file)) return readKey(file, store)
  const key = randomBytes(32)
  writeFileSync(file, store ? await store.seal(key.toString('base64')) : key, { mode: 0o600, flush: true })
  return key
}

async function readKey(file: string, store: SecretStore | null): Promise<Buffer> {
  const stored = readFileSync(file)
  // 32 bytes are a bare key: a data folder that began under plain Node goes on working in Electron.
  const key = stored.length === 32 || !store ? stored : Buffer.from(await store.open(stored), 'base64')
  if (key.length !== 32) throw new Error(`${file}: not a vault key that this program can open; was it made by another account or host?`)
  return key
}
