import { randomBytes } from 'node:crypto'
import { Vault } from '#vault/vault.ts'
import { httpLine, type Arrival } from '../world/http-line.ts'
import { Machine, type Computer } from '../world/machine.ts'
import type { SimProcess } from '../world/process.ts'
import type { World } from '../world/world.ts'
import { bootCentral, type CentralProgram } from './central.ts'
import { bootHub, type HubProgram } from './hub.ts'
import { linkLine } from './link-line.ts'
import { central, counters, hub, kiosk, spare, type Office } from './rules.ts'
import { bootSpare, type SpareProgram } from './spare.ts'
import { bootStation, type StationProgram } from './station.ts'

/** All machines of a run. */
export interface Site {
  readonly central: Machine<CentralProgram>
  /** The one that owns the queue at the moment. */
  readonly hub: Machine<HubProgram>
  readonly spare: Machine<SpareProgram>
  /** The spare becomes the hub, from what is on its disk; the old one was scrapped. */
  readonly promote: (disk: Buffer) => void
  /** Whatever is linked to the hub: copies too. */
  readonly stations: readonly Machine<StationProgram>[]
  readonly kiosk: Machine<StationProgram>
  readonly counters: readonly Machine<StationProgram>[]
  readonly all: readonly Computer[]
  /** A machine that is not there yet, with a station's program: a copy of one, or a spare. */
  readonly another: (name: string) => Machine<StationProgram>
  readonly close: () => void
}

/** Builds the office, switched off. */
export function buildSite(world: World, office: Office): Site {
  const { timeline, network } = world
  const machines = new Map<string, Computer>()
  const stations: Machine<StationProgram>[] = []
  const vaults: Vault[] = []
  const lookUp = (name: string) => machines.get(name)?.process ?? null
  const answer = (process: SimProcess, arrival: Arrival) => {
    const program = machines.get(process.machine)?.program as HubProgram | CentralProgram | undefined
    if (!program) throw new Error(`${process.machine} is not running`)
    return program.answer(arrival)
  }
  const line = (from: string, to: () => string) => httpLine({ timeline, network, lookUp, answer }, from, to)
  const newVault = () => {
    const vault = new Vault(':memory:', randomBytes(32))
    vaults.push(vault)
    return vault
  }
  const add = <M extends Computer>(machine: M): M => {
    world.plant.machine?.(machine)
    machines.set(machine.name, machine)
    return machine
  }
  const toCentral = () => central
  let hubMachine = add(new Machine(hub, timeline, bootHub(world, office, newVault(), line(hub, toCentral), line(hub, () => spare))))
  const another = (name: string) => {
    const link = linkLine({ timeline, network, lookUp, hub: () => hubMachine, isLinked: () => !world.unlinked.has(name) }, name)
    const machine = add(new Machine(name, timeline, bootStation(world, office, newVault(), { link, toHub: line(name, () => hubMachine.name) })))
    stations.push(machine)
    return machine
  }
  const counterMachines = counters.map((name) => another(name))
  const kioskMachine = another(kiosk)
  return {
    central: add(new Machine(central, timeline, bootCentral(world))),
    get hub() {
      return hubMachine
    },
    spare: add(new Machine(spare, timeline, bootSpare(world))),
    promote(disk) {
      world.promotions += 1
      hubMachine = add(new Machine(spare, timeline, bootHub(world, office, newVault(), line(spare, toCentral), null)))
      hubMachine.disk = disk
      hubMachine.start()
    },
    counters: counterMachines,
    kiosk: kioskMachine,
    stations,
    get all() {
      return [...machines.values()]
    },
    another,
    close() {
      for (const machine of machines.values()) machine.crash()
      for (const vault of vaults) vault.close()
    },
  }
}
