import type { Certificate } from 'pkijs'
import type { AccessKey } from './access/access-key.ts'
import type { CardSession } from './access/apdu.ts'
import { openSession } from './access/open-session.ts'
import { authenticate, type Verdict } from './authenticity/passive.ts'
import type { ChipReader } from './card-channel.ts'
import { ChipError } from './chip-error.ts'
import { readDg1, type Dg1 } from './files/dg1.ts'
import { readDg13, type Dg13 } from './files/dg13.ts'
import { readDg2, type Photo } from './files/dg2.ts'
import { fileIds, readFile } from './files/read-file.ts'

type FileName = 'sod' | 'dg1' | 'dg13' | 'dg2'
const dataGroups: Readonly<Record<'dg1' | 'dg2' | 'dg13', number>> = { dg1: 1, dg2: 2, dg13: 13 }

/** What is going on, for whoever holds the card. */
export type ChipProgress =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'reading'; readonly file: FileName; readonly read: number; readonly total: number }
  /** The card was lifted or lost its session; it is read on once it lies there again. */
  | { readonly kind: 'again' }

export interface ChipRequest {
  readonly key: AccessKey
  /** The photo is ten times everything else; it is read last and only when asked for. */
  readonly photo: boolean
  /** Country certificates to trust; null: none are at hand. */
  readonly csca: readonly Certificate[] | null
  /** `yyyy-mm-dd`. */
  readonly today: string
  /** How long to wait for the card, each time, ms. */
  readonly waitMs: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ChipProgress) => void
}

/** What the chip says, and whether that is proved. Nothing of it is kept anywhere. */
export interface ChipRead {
  readonly dg1: Dg1
  /** Null when the chip doesn't give it or it can't be understood. */
  readonly dg13: Dg13 | null
  /** The same; null also when it wasn't asked for. */
  readonly photo: Photo | null
  readonly verdict: Verdict
}

/** Lifted cards and lost sessions before giving up. */
const mostSessions = 4

type Files = Map<FileName, Uint8Array | null>

const refusesFile = (error: unknown): boolean => error instanceof ChipError && (error.code === 'card-refused' || error.code === 'unreadable')

/** DG1 is what makes it an identity card; whatever else a chip doesn't give counts as not there. */
async function readOne(session: CardSession, file: FileName, tell: (progress: ChipProgress) => void): Promise<Uint8Array | null> {
  try {
    return await readFile(session, fileIds[file], (read, total) => tell({ kind: 'reading', file, read, total }))
  } catch (error) {
    if (file !== 'dg1' && refusesFile(error)) return null
    throw error
  }
}

async function readFiles(session: CardSession, wanted: readonly FileName[], files: Files, tell: (progress: ChipProgress) => void): Promise<void> {
  for (const file of wanted) {
    if (files.has(file)) continue
    tell({ kind: 'reading', file, read: 0, total: 0 })
    files.set(file, await readOne(session, file, tell))
  }
}

const worthAnotherTry = (error: unknown): boolean => error instanceof ChipError && (error.code === 'card-lost' || error.code === 'session-lost')

/** Reads on where the last session stopped. A key that the card refused is not tried again. */
async function collect(reader: ChipReader, request: ChipRequest, wanted: readonly FileName[]): Promise<Files> {
  const files: Files = new Map()
  const tell = request.onProgress ?? (() => undefined)
  for (let sessions = 1; ; sessions++) {
    tell({ kind: 'waiting' })
    const channel = await reader.connect({ waitMs: request.waitMs, ...(request.signal ? { signal: request.signal } : {}) })
    try {
      tell({ kind: 'opening' })
      await readFiles(await openSession(channel, request.key), wanted, files, tell)
      return files
    } catch (error) {
      if (!worthAnotherTry(error) || sessions === mostSessions || request.signal?.aborted) throw error
      tell({ kind: 'again' })
    }
  }
}

/** What is in a file that may be missing or not understood: then null. */
function understood<T>(file: Uint8Array | null | undefined, read: (file: Uint8Array) => T | null): T | null {
  try {
    return file ? read(file) : null
  } catch (error) {
    if (error instanceof ChipError) return null
    throw error
  }
}

/** The day of issue on the card, or today. */
function issueDay(dg13: Dg13 | null, today: string): Date {
  const issued = new Date(`${dg13?.issued ?? today}T12:00:00Z`)
  return Number.isNaN(issued.getTime()) ? new Date(`${today}T12:00:00Z`) : issued
}

/** Reads a card that is laid on the reader. Throws `ChipError`. */
export async function readChip(reader: ChipReader, request: ChipRequest): Promise<ChipRead> {
  const files = await collect(reader, request, request.photo ? ['sod', 'dg1', 'dg13', 'dg2'] : ['sod', 'dg1', 'dg13'])
  const file1 = files.get('dg1')
  if (!file1) throw new ChipError('unreadable', 'DG1')
  const dg1 = readDg1(file1, request.today)
  const dg13 = understood(files.get('dg13'), readDg13)
  const photo = understood(files.get('dg2'), readDg2)
  const shown = new Map([[dataGroups.dg1, file1]])
  for (const [name, content] of [['dg2', photo], ['dg13', dg13]] as const) {
    const file = files.get(name)
    if (content !== null && file) shown.set(dataGroups[name], file)
  }
  const verdict = authenticate(files.get('sod') ?? null, shown, { csca: request.csca, signedAt: issueDay(dg13, request.today) })
  return { dg1, dg13, photo, verdict }
}
