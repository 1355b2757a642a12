import { chargedIn } from '#native/sim/zvt/ledger.ts'
import { TerminalSim } from '#native/sim/zvt/terminal.ts'
import { openZvt } from '#native/terminal/zvt/driver.ts'
import { findZvtProfile } from '#native/terminal/zvt/profile.ts'
import type { FaultedProtocol } from './protocol.ts'

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
    driver: (connect) => openZvt(address, { profile, exponent: 0, connect }),
    powerOn(bankFile, seed) {
      const sim = new TerminalSim({ bankFile, framed, citizenMs: seed % 3, timers: terminalTimers, approves: (minor) => minor % 7 !== 0 })
      return {
        plug(wire) {
          const plug = sim.plug((bytes) => void wire.write(bytes).catch(() => undefined))
          wire.onData((bytes) => plug.take(bytes))
          wire.onClose(() => plug.out())
        },
        die: () => sim.die(),
      }
    },
    charged: (bankFile) => chargedIn(bankFile).map(({ receipt, minor }) => ({ receipt: String(receipt).padStart(4, '0'), amount: minor })),
  }
}
