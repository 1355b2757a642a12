import type { Site } from '../office/office.ts'
import type { World } from '../world/world.ts'
import type { Ledger } from '../office/ledger.ts'
import type { Office } from '../office/rules.ts'
import { checkBooks } from './books.ts'
import { checkCopies } from './copies.ts'
import { checkNumbers } from './numbers.ts'
import { checkPromises } from './promises.ts'
import { checkQueues } from './queues.ts'

/** Holds the journals of a mended and drained office against what it promises; every broken promise is a violation of the world. */
export function checkEvening(world: World, office: Office, site: Site, ledger: Ledger): void {
  checkBooks(world, site)
  checkCopies(world, site)
  checkQueues(world, office, site)
  checkNumbers(world, site, ledger)
  checkPromises(world, site, ledger)
}
