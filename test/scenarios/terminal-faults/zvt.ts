import { chargedIn } from '#native/sim/zvt/ledger.ts'
import { TerminalSim } from '#native/sim/zvt/terminal.ts'
import { openZvt } from '#native/terminal/zvt/driver.ts'
import { findZvtProfile } from '#native/terminal/zvt/profile.ts'
import type { Transport } from '#native/transport/transport.ts'
import type { FaultedProtocol, PoweredTerminal } from './protocol.ts'

/** Seconds of the standard as milliseconds: short, and in the same order. */
const tillTimers = { gapMs: 6, ackMs: 15, answerMs: 60, completionMs: 250, pollMs: 5 }
const terminalTimers = { gapMs: 6, ackMs: 15, answerMs: 60 }

/** ZVT over a serial line (`framed`) or TCP. */
export function zvtUnderFaults(framed: boolean): FaultedProtocol {
  const generic = findZvtProfile('generic')
  if (!generic) throw new Error('no generic profile')
  const profile = { ...generic, timers: tillTimers }
  const address = framed ? 'serial:/dev/memory' : 'tcp://127.0.0.1:20007'
  return {
    name: framed ? 'zvt over serial' : 'zvt over tcp',
    noisy: framed,
    sellsByQr: false,
    driver: (connect) => openZvt(address, { profile, exponent: 0, connect }),
    powerOn(bankFile, seed) {
      const standsWhen = seed % 2 === 0 ? 'printed' : 'told'
      const sim = new TerminalSim({ bankFile, framed, citizenMs: seed % 3, timers: terminalTimers, standsWhen, approves: (minor) => minor % 7 !== 0 })
      return framed ? onSerial(sim) : onNetwork(sim)
    },
    charged: (bankFile) => chargedIn(bankFile).map(({ receipt, minor }) => ({ receipt: String(receipt).padStart(4, '0'), amount: minor })),
  }
}

/** The terminal hears when a connection ends. */
function onNetwork(sim: TerminalSim): PoweredTerminal {
  return {
    plug(wire) {
      const plug = sim.plug((bytes) => void wire.write(bytes).catch(() => undefined))
      wire.onData((bytes) => plug.take(bytes))
      wire.onClose(() => plug.out())
    },
    die: () => sim.die(),
  }
}

/** A serial line has no end that the terminal could hear: it goes on with its conversation, also when another till is plugged in. */
function onSerial(sim: TerminalSim): PoweredTerminal {
  let current: Transport | null = null
  const plug = sim.plug((bytes) => void current?.write(bytes).catch(() => undefined))
  return {
    plug(wire) {
      current = wire
      wire.onData((bytes) => plug.take(bytes))
    },
    die: () => sim.die(),
  }
}
