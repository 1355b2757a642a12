import type { ContractRouterClient } from '@orpc/contract'
import { boardContract } from './board.ts'
import { counterContract } from './counter.ts'
import { followContract } from './follow.ts'
import { kioskContract } from './kiosk.ts'
import { linkContract } from './link.ts'
import { personContract } from './person.ts'
import { replicationContract } from './replication.ts'
import { stationsContract } from './stations.ts'
import { supervisorContract } from './supervisor.ts'
import { terminalDayContract } from './terminal-day.ts'
import { touchpadContract } from './touchpad.ts'

/** Everything that a screen or another station can ask of a station. What is not here cannot be called. */
export const contract = {
  kiosk: kioskContract,
  counter: counterContract,
  board: boardContract,
  touchpad: touchpadContract,
  follow: followContract,
  stations: stationsContract,
  supervisor: supervisorContract,
  terminalDay: terminalDayContract,
  link: linkContract,
  replication: replicationContract,
  person: personContract,
}

export type Contract = typeof contract
export type StationClient = ContractRouterClient<Contract>
