import { setTimeout as delay } from 'node:timers/promises'
import { Bank } from './bank.ts'
import { dialects, type Dialect } from './dialect.ts'
import { parseFaults } from './fault.ts'
import { serveWires } from './place.ts'
import { BankTerminal, type Wire } from './terminal.ts'

export interface EcrSimOptions {
  /** `pty:PATH` or `tcp://HOST:PORT` (port 0: a free one). */
  readonly at: string
  /** Where the bank keeps what was charged; made when missing, read when there. */
  readonly bankFile: string
  readonly dialect?: Dialect
  /** See `faultHelp`; default none. */
  readonly fault?: string
  readonly thinkMs?: number
  readonly ackMs?: number
  /** How long it stays dark after a loss of power. */
  readonly bootMs?: number
}

export interface EcrSim {
  readonly address: string
  stop(): Promise<void>
}

/** Starts a simulated bank terminal. Rejects when the place is taken or is none, `RangeError` for an unknown fault. */
export async function startEcrSim(options: EcrSimOptions): Promise<EcrSim> {
  const { thinkMs = 300, ackMs = 2000, bootMs = 1500, dialect = dialects['generic'] } = options
  if (!dialect) throw new RangeError('no dialect')
  const faults = parseFaults(options.fault ?? '')
  let plugged: Wire | null = null
  let stopped = false

  const approves = (): boolean => !faults.declined
  const powerOn = (): BankTerminal => new BankTerminal({ bank: new Bank(options.bankFile), dialect, faults, approves, thinkMs, ackMs, resends: 9, byteMs: 200 })
  let terminal = powerOn()
  const onPowerLoss = (): void => {
    terminal.die()
    void delay(bootMs).then(() => {
      if (stopped) return
      terminal = powerOn()
      if (plugged) terminal.plug(plugged)
    })
  }
  const cuts = { in: faults.cutIn ?? Infinity, out: faults.cutOut ?? Infinity, both: faults.powerLoss ?? Infinity, onPowerLoss }
  const place = await serveWires(options.at, cuts, (wire) => {
    plugged = wire
    terminal.plug(wire)
  })
  return {
    address: place.address,
    async stop() {
      stopped = true
      terminal.die()
      await place.stop()
    },
  }
}
