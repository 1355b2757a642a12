import type { SeedResult } from './run-seed.ts'

/** What a worker is started with. */
export interface WorkerData {
  /** Name of the planted bug, null for the product as it is. */
  readonly plant: string | null
  /** Whether to tell what happens, line by line. */
  readonly verbose: boolean
}

/** What a worker says: a line of the seed under way, or its result. */
export type FromWorker = { readonly line: string } | { readonly result: SeedResult }
