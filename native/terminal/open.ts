import type { Transport } from '#native/transport/transport.ts'
import type { CardTerminal, ChargeResult } from './port.ts'

export interface TerminalOptions {
  /** Minor units in which the terminal takes VND: 0, or 2 where the bank wants hundredths. Proved at set-up by a sale that is voided. */
  readonly exponent: 0 | 2
  /** Id of a profile of the protocol; without it the generic one. */
  readonly profile?: string
  /** Instead of the profile's; the bank gives it out with the terminal. */
  readonly password?: string
  /**
   * Stores durably what the terminal says of a payment that nobody waits for (late, of another reference or amount), before it is confirmed. Only
   * protocols whose terminals can say such a thing call it.
   */
  readonly onOrphan?: (orphan: ChargeResult) => void
  /** Opens the connection, for tests; by default the address. */
  readonly connect?: (signal: AbortSignal) => Promise<Transport>
}

/** Protocols and how each is opened; only the one that is used is loaded. Openers throw `RangeError` for an unknown profile. */
const openers = {
  zvt: async () => (await import('./zvt/open.ts')).openZvtTerminal,
  ecr: async () => (await import('./ecr/open.ts')).openEcrTerminal,
} satisfies Readonly<Record<string, () => Promise<(address: string, options: TerminalOptions) => CardTerminal>>>

export type TerminalProtocol = keyof typeof openers

export const terminalProtocols = Object.keys(openers) as readonly TerminalProtocol[]

/**
 * A terminal behind one interface, whatever it speaks. It connects when it is used first. Rejects with `TransportError` `bad-address`, or `RangeError` for a
 * profile that there isn't.
 */
export async function openTerminal(protocol: TerminalProtocol, address: string, options: TerminalOptions): Promise<CardTerminal> {
  const open = await openers[protocol]()
  return open(address, options)
}
