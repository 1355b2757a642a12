import type { TerminalOptions } from '../open.ts'
import type { CardTerminal } from '../port.ts'
import { openEcr } from './driver.ts'
import { findEcrProfile } from './profile.ts'

/** Opens by the options that all protocols share. Throws `RangeError` for an unknown profile, `TransportError` for an address that is none. */
export function openEcrTerminal(address: string, { exponent, profile = 'generic', onOrphan, connect }: TerminalOptions): CardTerminal {
  const found = findEcrProfile(profile)
  if (!found) throw new RangeError(`no such profile: ${profile}`)
  return openEcr(address, { profile: found, exponent, ...(onOrphan ? { onOrphan } : {}), ...(connect ? { connect } : {}) })
}
