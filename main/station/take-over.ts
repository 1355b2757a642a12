import type { DataFiles, StationConfig } from '#main/config.ts'
import { writeConfig } from '#main/config.ts'
import { nextWorkingDay, type OfficeCalendar } from '#domain/calendar.ts'
import { localDay } from '#domain/local-time.ts'
import type { Journal } from '#journal/journal.ts'
import { promote, type Promotion } from '#usecases/promotion.ts'
import { Refusal } from '#usecases/refusal.ts'
import { keptOffice } from './office-book.ts'

interface Parts {
  readonly config: StationConfig
  readonly files: DataFiles
  readonly journal: Journal
  readonly calendar: OfficeCalendar
  readonly now: () => number
}

/** Whether this machine holds what it needs to become the hub. */
export const mayTakeOver = (config: StationConfig, files: DataFiles): boolean => config.spare && (keptOffice(files.office)?.takeOver ?? null) !== null

/** Makes a spare the hub: in its journal first, then in its configuration, with which it must be started anew. Throws Refusal `not-a-spare`. */
export function takeOver({ config, files, journal, calendar, now }: Parts): Promotion {
  const office = config.spare ? keptOffice(files.office)?.takeOver : null
  if (!office) throw new Refusal('not-a-spare')
  const { services, counters, rules, stations } = office
  const today = localDay(now())
  const promotion = promote(journal, { ...rules, services, counters }, [today, nextWorkingDay(today, calendar)])
  const others = stations.filter((one) => one.id !== config.station.id)
  const roles = [...new Set([...config.roles, 'hub' as const])]
  writeConfig(files.config, { ...config, ...office, stations: others, roles, hub: null, spare: false, listen: { ...config.listen, host: '0.0.0.0' } })
  return promotion
}
