import type { Person } from '#domain/dossier.ts'
import { idWarnings } from '#domain/identity.ts'
import { localDay } from '#domain/local-time.ts'
import type { StationConfig } from '#main/config.ts'
import { keyFromFields } from '#native/reader/chip/access/access-key.ts'
import { loadCsca } from '#native/reader/chip/authenticity/csca.ts'
import { ChipError } from '#native/reader/chip/chip-error.ts'
import { readChip, type ChipRead, type ChipRequest } from '#native/reader/chip/read-chip.ts'
import type { MrzScanned } from '#native/reader/scan.ts'
import { TransportError } from '#native/transport/transport.ts'
import type { CardDesk, ChipReading } from '#usecases/card-desk.ts'
import { openNotedReader } from './chip-contact.ts'
import type { LastContact } from './last-contact.ts'

/** Reads the chip of the card whose back was scanned. A dead reader costs nothing but the chip: it is opened for one card at a time, aside. */
export interface ChipDesk {
  readonly scanned: (mrz: MrzScanned) => void
  readonly close: () => Promise<void>
}

export interface ChipDeskHost {
  readonly cards: CardDesk
  /** Hears how the reader is, each time that it is opened. */
  readonly reader: LastContact
  readonly now: () => number
  /** Never hears what was read. */
  readonly log: (code: string, error: unknown) => void
}

/** As long as a clerk looks at the reader before turning to the citizen. */
const waitMs = 20_000

/** The card's own Vietnamese text where the chip has it, else the capitals of its zone. */
export function personOfChip({ dg1, dg13 }: ChipRead, personalNumber: string): Person {
  return {
    fullName: dg13?.fullName ?? `${dg1.surname} ${dg1.givenNames}`.trim(),
    idNumber: dg13?.number ?? personalNumber,
    oldIdNumber: dg13?.oldNumber ?? '',
    dob: dg1.dob ?? '',
    sex: dg1.sex,
    address: dg13?.residence ?? '',
    idIssued: dg13?.issued ?? '',
    phone: '',
    email: '',
  }
}

const yymmdd = (day: string | null): string => (day ?? '').replaceAll('-', '').slice(2)

/** Why a chip was not read, as the screens' catalogue has it under `chip.`. */
function codeOf(error: unknown): string {
  if (error instanceof ChipError) return error.code
  return error instanceof TransportError ? 'reader-unreachable' : 'unreadable'
}

function trusted(folder: string | null, log: ChipDeskHost['log']): ChipRequest['csca'] {
  try {
    return folder === null ? null : loadCsca(folder).certificates
  } catch (error) {
    log('chip-csca', error)
    return null
  }
}

/** Opens the desk of the configured reader; null when the station has none. */
export function openChipDesk(configured: StationConfig['chipReader'], { cards, reader: contact, now, log }: ChipDeskHost): ChipDesk | null {
  if (configured === null) return null
  const { csca } = configured
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null

  const read = async (mrz: MrzScanned, reading: ChipReading, signal: AbortSignal): Promise<void> => {
    const key = keyFromFields(mrz.documentNumber, yymmdd(mrz.dob), yymmdd(mrz.expiry))
    if (typeof key === 'string' || !mrz.valid) return cards.chipFailed(reading, 'mrz-check-digit')
    const reader = await openNotedReader(configured, contact, signal)
    try {
      const chip = await readChip(reader, { key, photo: false, csca: trusted(csca, log), today: localDay(now()), waitMs, signal })
      const person = personOfChip(chip, mrz.personalNumber ?? '')
      if (cards.isWanted(reading)) cards.read(person, idWarnings(person.idNumber, person.dob, person.sex), chip.verdict.authentic)
    } finally {
      await reader.close()
    }
  }
  const start = async (mrz: MrzScanned, before: Promise<void> | undefined, signal: AbortSignal): Promise<void> => {
    const reading = cards.beginChip()
    try {
      await before
      if (!signal.aborted) await read(mrz, reading, signal)
    } catch (error) {
      if (signal.aborted) return
      log('chip-read', error)
      cards.chipFailed(reading, codeOf(error))
    }
  }
  return {
    scanned(mrz) {
      running?.stop.abort()
      const stop = new AbortController()
      running = { stop, done: start(mrz, running?.done, stop.signal) }
    },
    async close() {
      running?.stop.abort()
      await running?.done
    },
  }
}
