import { hash } from 'node:crypto'
import { checkEvening } from './checks/evening.ts'
import { mendForks } from './faults/disks.ts'
import { mend, unleash } from './faults/faults.ts'
import type { Scene } from './faults/scene.ts'
import { citizens } from './office/citizens.ts'
import { Clerk } from './office/clerk.ts'
import { Ledger } from './office/ledger.ts'
import { buildSite, type Site } from './office/office.ts'
import { Patience } from './office/people.ts'
import { seatAt, type Office } from './office/rules.ts'
import type { Plant } from './plants/plant.ts'
import { World } from './world/world.ts'

/**
 * After closing everything is mended, and after `drainMs` it must have drained. The technician looks in at each step, which is longer than a pusher is
 * idle (`idleMs`): only with its next hello it finds a peer that was put back, or a copy that went on with its chain.
 */
const [drainMs, stepMs] = [80_000, 3_500]

/** What became of one seed. */
export interface SeedResult {
  readonly seed: number
  /** Events that central holds in the end. */
  readonly events: number
  readonly violations: readonly string[]
  /** SHA-256 over every machine's journal heads: the same seed gives the same. */
  readonly digest: string
}

/** Makes one run: a day with faults, the mending, the evening's checks. */
export async function runSeed(seed: number, office: Office, plant: Plant, trace: ((line: string) => void) | null = null): Promise<SeedResult> {
  const world = new World(seed, plant, trace)
  const site = buildSite(world, office)
  const ledger = new Ledger()
  try {
    await live(world, site, ledger)
    checkEvening(world, office, site, ledger)
    const events = Number(site.central.program?.journal.db.prepare('SELECT count(*) FROM events').pluck().get() ?? 0)
    return { seed, events, violations: world.violations, digest: digestOf(site) }
  } finally {
    site.close()
  }
}

async function live(world: World, site: Site, ledger: Ledger): Promise<void> {
  const { timeline } = world
  const patience = new Patience(world)
  const busy = new Set<Promise<void>>()
  const begin = (work: Promise<void>) => {
    const ended: Promise<void> = work.catch((error: unknown) => world.violation(String(error))).finally(() => busy.delete(ended))
    busy.add(ended)
  }
  const staff = (machine: Site['counters'][number]) => {
    const seat = seatAt(machine.name)
    if (seat) begin(new Clerk(world, machine, seat, patience, ledger).work())
  }
  const scene: Scene = { world, site, ledger, onClone: staff }
  for (const machine of site.all) machine.start()
  begin(citizens(world, () => site.hub, patience, ledger))
  begin(citizens(world, () => site.kiosk, patience, ledger))
  site.counters.forEach(staff)
  begin(unleash(scene))
  while (timeline.now < world.closing) await timeline.runUntil(world.closing)
  mend(scene)
  for (let [since, quiet] = [stepMs, 0]; since <= drainMs && quiet < 2; since += stepMs) {
    await timeline.runUntil(world.closing + since)
    const forks = mendForks(world, site.stations)
    quiet = forks === 0 && busy.size === 0 && isDrained(site) ? quiet + 1 : 0
  }
}

function isDrained({ hub, stations }: Site): boolean {
  const pushers = [...[hub, ...stations].map(({ program }) => program?.pusher), ...(hub.program?.feed ? [hub.program.feed] : [])]
  return pushers.every((pusher) => {
    const state = pusher?.state()
    return state?.waiting === 0 && state.reachable && state.refused === null
  })
}

function digestOf(site: Site): string {
  const heads = site.all.map(({ name, program }) => [name, program?.journal.origins().map((origin) => [origin, program.journal.head(origin)])])
  return hash('sha256', JSON.stringify(heads), 'hex')
}
