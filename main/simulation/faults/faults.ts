import type { Computer } from '../world/machine.ts'
import { calm, type Weather } from '../world/network.ts'
import { burnDisk, cloneDisk, forgottenClone, restoreCentral, restoreStation } from './disks.ts'
import { promoteSpare, restoreHub } from './promotion.ts'
import { pause, type Fault, type Scene } from './scene.ts'

const minute = 60_000
const day = 24 * 60 * minute

const rough: Weather = { delayMs: [1, 120], loss: 0.03, duplicate: 0.03, lateMs: 8_000, corrupt: 0.03 }
const storm: Weather = { delayMs: [5, 900], loss: 0.15, duplicate: 0.15, lateMs: 20_000, corrupt: 0.12 }

const weather: Fault = async ({ world }) => {
  world.network.weather = world.faults.pick([rough, rough, storm])
  await pause(world, 1_500, 10_000)
  if (!world.mended) world.network.weather = world.faults.pick([calm, rough])
}

/** A line is cut, in one direction or both. */
const partition: Fault = async ({ world, site }) => {
  const { network, faults } = world
  const from = faults.pick([site.central, site.spare, ...site.stations]).name
  const hub = site.hub.name
  const ways = faults.pick([[[from, hub], [hub, from]], [[from, hub]], [[hub, from]]] as const)
  world.tell(`cut ${ways.map((way) => way.join('>')).join(' ')}`)
  for (const [a, b] of ways) network.cut(a, b)
  await pause(world, 300, 9_000)
  for (const [a, b] of ways) network.mend(a, b)
}

/** A station loses the hub, its power as well as often as not: it goes on with what it stored. What it had just asked may be done, and never answered. */
const alone: Fault = async ({ world, site }) => {
  const { network, faults } = world
  const machine = faults.pick(site.stations)
  const hub = site.hub.name
  world.tell(`${machine.name} is left alone`)
  network.cut(hub, machine.name)
  // Not long enough for the station to notice.
  if (faults.chance(0.5)) await pause(world, 0, 1_500)
  if (world.mended) return
  network.cut(machine.name, hub)
  if (faults.chance(0.75)) {
    machine.crash()
    await pause(world, 100, 800)
    machine.start()
  }
  await pause(world, 2_000, 7_000)
  network.mend(hub, machine.name)
  network.mend(machine.name, hub)
}

const crash: Fault = async ({ world, site }) => {
  const machine = world.faults.pick([site.central, site.hub, site.hub, site.spare, ...site.stations])
  world.tell(`${machine.name} crashes`)
  machine.crash()
  await pause(world, 100, 5_000)
  machine.start()
}

/** Any commit may be the last of its process for a while. */
const strikes: Fault = async ({ world }) => {
  world.strikes = world.faults.pick([0.005, 0.02, 0.05])
  await pause(world, 2_000, 10_000)
  world.strikes = 0
}

/** A clock is set wrong: by years, by days over midnight, by minutes; or right again. */
const clock: Fault = async ({ world, site, ledger }) => {
  const { faults } = world
  const machine = faults.pick<Computer>([site.central, site.hub, ...site.stations])
  const reach = faults.pick([3_650 * day, 3_650 * day, day, 20 * minute, 0])
  machine.skewMs = Math.round((faults.next() * 2 - 1) * reach)
  if (machine === site.hub) {
    world.hubsClock = 'moved'
    ledger.forgetWitnesses()
  }
  world.tell(`${machine.name}'s clock is off by ${machine.skewMs} ms`)
  await pause(world, 500, 5_000)
}

/** What is rare by itself stands twice. */
const kinds: readonly Fault[] = [weather, partition, alone, alone, crash, strikes, clock, restoreCentral, burnDisk, restoreStation, cloneDisk, forgottenClone, promoteSpare, restoreHub]

/** Lets the faults of this seed loose until the office closes: some kinds and not others, several at once. */
export async function unleash(scene: Scene): Promise<void> {
  const { world } = scene
  const chosen = kinds.filter(() => world.faults.chance(0.45))
  if (chosen.length === 0) return
  if (world.faults.chance(0.4)) world.network.weather = rough
  const hands = world.faults.int(1, 3)
  const work = async () => {
    for (;;) {
      await pause(world, 300, 4_000)
      if (world.timeline.now >= world.closing) return
      await world.faults.pick(chosen)(scene)
    }
  }
  await Promise.all(Array.from({ length: hands }, work))
}

/** Everything is repaired: lines, weather, power. Clocks stay wrong: nothing may depend on them. */
export function mend({ world, site }: Scene): void {
  world.tell('everything is mended')
  world.mended = true
  world.strikes = 0
  world.network.weather = calm
  world.network.mendAll()
  for (const machine of site.all) machine.start()
}
