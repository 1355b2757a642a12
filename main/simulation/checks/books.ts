import { openDatabase } from '#journal/database.ts'
import { verifyChains } from '#journal/verify.ts'
import { viewsThatDiffer } from '#views/verify.ts'
import type { Site } from '../office/office.ts'
import type { World } from '../world/world.ts'

/** What `motcua verify` asks of every machine: unbroken chains, and views that equal the fold. */
export function checkBooks(world: World, site: Site): void {
  for (const { name, program } of site.all) {
    if (!program) continue
    for (const problem of verifyChains(program.journal).problems) world.violation(`${name}: chain: ${problem}`)
    const empty = openDatabase(':memory:')
    for (const table of viewsThatDiffer(program.journal.db, empty)) world.violation(`${name}: ${table} differs from the fold`)
    empty.close()
  }
}
