import type { CardTerminal } from '#native/terminal/port.ts'
import type { Transport } from '#native/transport/transport.ts'

/** A payment of which the simulated bank says that it stands: charged and not taken back. */
export interface Charged {
  readonly receipt: string
  /** đồng. */
  readonly amount: number
}

/** A simulated terminal that is switched on. What it charged is in its bank file; all else dies with `die`. */
export interface PoweredTerminal {
  /** Plugs a wire in; it listens until the wire breaks. */
  plug(wire: Transport): void
  /** The power fails: no byte more is read or sent, no timer fires, what it had not stored is gone. */
  die(): void
}

/** What a protocol brings to the fault harness: its driver and its simulator, with timers short enough for many runs. */
export interface FaultedProtocol {
  readonly name: string
  /** Whether its wire may lose and garble bytes (a serial line) or only break (TCP). */
  readonly noisy: boolean
  /** Whether it also sells by QR code: some of the sales then are such. */
  readonly sellsByQr: boolean
  /** A driver whose connections come from `connect`. */
  driver(connect: (signal: AbortSignal) => Promise<Transport>): CardTerminal
  /** Switches the terminal on with the bank file at this path, made when missing. `seed` varies what citizens do (decline, wait). */
  powerOn(bankFile: string, seed: number): PoweredTerminal
  /** What stands charged according to the file alone. */
  charged(bankFile: string): readonly Charged[]
}
