import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Keeps one secret of 32 bytes. In Electron the operating system wraps it (DPAPI, Keychain, secret service). */
export interface SecretStore {
  readonly wrap: (secret: Buffer) => Buffer
  readonly unwrap: (stored: Buffer) => Buffer
}

/**
 * The station's master key, made on first use. Without a secret store of the system the file itself is the secret: mode 0600 in a
 * folder of mode 0700, so that it is worth what the operating system's account is worth (docs/decisions/0002-vault-key.md).
 */
export function masterKey(file: string, store: SecretStore | null): Buffer {
  if (existsSync(file)) {
    const stored = readFileSync(file)
    const key = store ? store.unwrap(stored) : stored
    if (key.length !== 32) throw new Error(`${file}: not a vault key of this station`)
    return key
  }
  const key = randomBytes(32)
  writeFileSync(file, store ? store.wrap(key) : key, { mode: 0o600, flush: true })
  chmodSync(file, 0o600)
  return key
}
