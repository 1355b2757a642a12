import { createHmac, randomBytes } from 'node:crypto'
import type { Vault } from './vault.ts'

/** A new secret of a hub: 256 random bits. */
export const newErasureSecret = (): Buffer => randomBytes(32)

/**
 * How a person to be forgotten is named where names and numbers must not stand: in the journal and in what comes down. A keyed hash of the
 * ID number, one for each secret that this station knows; who has none of the secrets can't try numbers out.
 */
export function erasureTokens(vault: Vault, idNumber: string): readonly string[] {
  return vault.erasureSecrets().map((secret) => createHmac('sha256', secret).update(`person:${idNumber}`).digest('hex'))
}
