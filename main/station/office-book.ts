import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { officeSettings, takeOverSettings, type StationConfig } from '#main/config.ts'
import type { Pairings } from './pairings.ts'

const machine = z.object({ url: z.string(), cert: z.string().optional() })
/** What a station keeps of its hub's office: where the hub's spares are, and at a spare what it needs to take over. */
const officeCopy = z.object({ spares: z.array(machine), takeOver: takeOverSettings.nullable() })
export type OfficeCopy = z.infer<typeof officeCopy>

/** What a hub tells its stations of the office. */
export function officeBook(config: StationConfig, pairings: Pairings) {
  return {
    /** Another text when something that stations keep has changed. */
    revision: (): string => createHash('sha256').update(JSON.stringify(pairings.list())).digest('base64url').slice(0, 12),
    read: (station: string): OfficeCopy => {
      const machines = pairings.list()
      const asks = machines.find((one) => one.id === station)
      const spares = machines.flatMap(({ id, spare }) => (spare && id !== station ? [spare] : []))
      const takeOver = asks?.spare ? { ...officeSettings.parse(config), stations: [...machines], central: config.central } : null
      return { spares, takeOver }
    },
  }
}

/** Keeps the copy in a file that only its owner may read: a spare's holds the keys of the office. */
export function keepOffice(file: string, heard: unknown): OfficeCopy {
  const copy = officeCopy.parse(heard)
  writeFileSync(`${file}.new`, JSON.stringify(copy), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return copy
}

/** The copy; null at a station that never met a hub. */
export function keptOffice(file: string): OfficeCopy | null {
  return existsSync(file) ? officeCopy.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}
