import { Bank, standing } from '#native/sim/ecr/bank.ts'
import { dialects } from '#native/sim/ecr/dialect.ts'
import { parseFaults } from '#native/sim/ecr/fault.ts'
import { BankTerminal } from '#native/sim/ecr/terminal.ts'
import { openEcr } from '#native/terminal/ecr/driver.ts'
import { findEcrProfile } from '#native/terminal/ecr/profile.ts'
import type { FaultedProtocol } from './protocol.ts'

/** Seconds of the dialect as milliseconds: short, and in the same order. */
const tillTimes = { ackMs: 25, tries: 2, responseMs: 150, inquiryMs: 60, settlementMs: 150, byteMs: 8, resendMs: 40, pollMs: 8 }
const terminalTimes = { ackMs: 25, resends: 9, byteMs: 8 }
/** How long citizens take: also longer than an inquiry waits, so that recovery comes while the sale is still going on. */
const thinking = [60, 5, 20] as const

/** The banks' ECR dialect; `generic` recovers by our own reference. */
export function ecrUnderFaults(id = 'generic'): FaultedProtocol {
  const [known, dialect] = [findEcrProfile(id), dialects[id]]
  if (!known || !dialect) throw new Error(`no profile ${id}`)
  const profile = { ...known, times: tillTimes }
  const faults = parseFaults('')
  return {
    name: `ecr ${id}`,
    noisy: true,
    sellsByQr: known.codes.qrSale !== null,
    driver: (connect) => openEcr('serial:/dev/memory', { profile, connect }),
    powerOn: (bankFile, seed) =>
      new BankTerminal({ bank: new Bank(bankFile), dialect, faults, ...terminalTimes, thinkMs: thinking[seed % 3] ?? 0, approves: (units) => units % 7 !== 0 }),
    charged: (bankFile) => standing(bankFile).map(({ invoice, units }) => ({ receipt: invoice, amount: units })),
  }
}
