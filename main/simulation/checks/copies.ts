import type { Journal } from '#journal/journal.ts'
import type { Pusher } from '#sync/pusher.ts'
import type { Site } from '../office/office.ts'
import type { World } from '../world/world.ts'

/** Outboxes are empty, nothing is refused, and every event of a station stands in the hub's chain, in central's and in the spare's. */
export function checkCopies(world: World, site: Site): void {
  const central = site.central.program?.journal
  const hub = site.hub.program
  if (!central || !hub) return world.violation('central or the hub does not run')
  checkOutbox(world, site.hub.name, hub.pusher)
  compare(world, 'hub', hub.journal, 'central', central, hub.journal.origins())
  const spare = site.spare.program?.journal
  if (spare) {
    if (hub.feed) checkOutbox(world, `${site.hub.name} to ${site.spare.name}`, hub.feed)
    compare(world, 'hub', hub.journal, 'spare', spare, hub.journal.origins())
  }
  for (const { name, program } of site.stations) {
    if (!program) continue
    checkOutbox(world, name, program.pusher)
    const own = program.journal.origins().filter((origin) => program.journal.standing(origin) !== 'copied')
    compare(world, name, program.journal, 'hub', hub.journal, own)
  }
}

function checkOutbox(world: World, name: string, pusher: Pusher): void {
  const { waiting, refused, reachable } = pusher.state()
  if (!reachable) world.violation(`${name}: its peer is there and can't be reached`)
  if (waiting > 0) world.violation(`${name}: ${waiting} events still wait in the outbox`)
  if (refused) world.violation(`${name}: refused: ${refused.code}`)
}

function compare(world: World, from: string, source: Journal, to: string, copy: Journal, origins: readonly string[]): void {
  for (const origin of origins) {
    const ours = source.head(origin)
    if (!ours) continue
    const same = copy.after(origin, ours.seq - 1, 1)[0]
    const beyond = (copy.head(origin)?.seq ?? 0) - ours.seq
    if (same?.hash !== ours.hash || beyond > 0) world.violation(`${origin}: ${from} has ${ours.seq} events, ${to} ${copy.head(origin)?.seq ?? 0}, or others`)
  }
}
