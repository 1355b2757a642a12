import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acr122sDevice } from './acr122s-device.ts'
import { issueCard, type IssuedCard } from './card-files.ts'
import { ChipCard } from './chip-card.ts'
import type { ChipFault } from './fault.ts'
import type { SignatureKind } from './issuer.ts'
import { openLine } from './line.ts'
import { createPn532Chip } from './pn532-chip.ts'
import { pn532Device } from './pn532-device.ts'

export const simReaders = { acr122s: acr122sDevice, pn532: pn532Device } as const
export type SimReader = keyof typeof simReaders

export interface ChipReaderSimOptions {
  /** `pty:PATH` or `tcp://HOST:PORT`. */
  readonly at: string
  readonly reader: SimReader
  /** One of the simulated people (`native/sim/scanner/cards.ts`), from 1. */
  readonly person?: number
  readonly signature?: SignatureKind
  /** Default true: EF.CardAccess offers PACE. */
  readonly pace?: boolean
  readonly faults?: ReadonlySet<ChipFault>
  /** The country's certificate is written here as `csca.pem`. */
  readonly cscaFolder?: string | null
  /** A card to show instead of one made now. */
  readonly card?: IssuedCard
}

export interface ChipReaderSim {
  readonly address: string
  /** What opens the card. */
  readonly mrz: string
  readonly can: string
  /** APDUs that reached the card. */
  readonly apdus: () => number
  readonly stop: () => Promise<void>
}

/** In the middle of reading, whatever opened the card. */
const middleApdu = 14
const middleSecured = 6
const liftedMs = 1_000

function everyNth(n: number, on: boolean): () => boolean {
  let count = 0
  return () => on && ++count % n === 0
}

/** Whether a card is there; lifts it in the middle when the fault says so. */
function createField(faults: ReadonlySet<ChipFault>): { readonly state: () => 'empty' | 'plain' | 'chip'; readonly count: () => number; readonly onApdu: () => void } {
  let apdus = 0
  let liftedAt: number | null = null
  return {
    count: () => apdus,
    onApdu: () => {
      apdus++
      if (apdus === middleApdu) liftedAt = performance.now()
    },
    state: () => {
      if (faults.has('no-card')) return 'empty'
      if (liftedAt !== null && faults.has('card-gone')) return 'empty'
      if (liftedAt !== null && faults.has('card-lifted') && performance.now() - liftedAt < liftedMs) return 'empty'
      return faults.has('plain-card') ? 'plain' : 'chip'
    },
  }
}

/** Starts a simulated contactless reader with a simulated card on it. It shares no code with the driver. Throws when the place can't be opened. */
export async function startChipReaderSim(options: ChipReaderSimOptions): Promise<ChipReaderSim> {
  const faults = options.faults ?? new Set<ChipFault>()
  const issued = options.card ?? issueCard({ person: options.person ?? 1, signature: options.signature ?? 'ecdsa', pace: options.pace ?? true }, faults)
  if (options.cscaFolder) {
    mkdirSync(options.cscaFolder, { recursive: true })
    writeFileSync(join(options.cscaFolder, 'csca.pem'), issued.cscaPem)
  }
  const card = new ChipCard(issued, { longestRead: faults.has('small-blocks') ? 64 : 256, losesSessionAfter: faults.has('session-lost') ? middleSecured : null })
  const field = createField(faults)
  const chip = createPn532Chip({ card, field: field.state, onApdu: field.onApdu })
  const bad = faults.has('bad-checksum')
  const device = simReaders[options.reader](chip, (bytes) => line.send(bytes), {
    damagesAnswer: everyNth(4, bad),
    damagesQuestion: everyNth(5, bad),
    delayMs: faults.has('slow') ? 300 : 0,
  })
  const line = await openLine(options.at, (bytes) => faults.has('dead') || device.take(bytes))
  return { address: line.address, mrz: issued.mrz, can: issued.can, apdus: field.count, stop: () => line.stop() }
}
