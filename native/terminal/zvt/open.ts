import type { TerminalOptions } from '../open.ts'
import type { CardTerminal } from '../port.ts'
import { openZvt } from './driver.ts'
import { findZvtProfile } from './profile.ts'

/** Opens by the options that all protocols share. Throws `RangeError` for an unknown profile or a password that isn't six digits. */
export function openZvtTerminal(address: string, { exponent, profile = 'generic', password, connect }: TerminalOptions): CardTerminal {
  const found = findZvtProfile(profile)
  if (!found) throw new RangeError(`no such profile: ${profile}`)
  if (password !== undefined && !/^\d{6}$/.test(password)) throw new RangeError('the password has six digits')
  return openZvt(address, { exponent, profile: { ...found, password: password ?? found.password }, ...(connect ? { connect } : {}) })
}
