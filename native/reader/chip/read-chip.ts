import type { Certificate } from 'pkijs'
import type { AccessKey } from './access/access-key.ts'
import type { CardSession } from './access/apdu.ts'
import { openSession } from './access/open-session.ts'
import { authenticate, type ShownFiles, type Verdict } from './authenticity/passive.ts'
import type { ChipReader } from './card-channel.ts'
import { ChipError } from './chip-error.ts'
import { readDg1, type Dg1 } from './files/dg1.ts'
import { readDg13, type Dg13 } from './files/dg13.ts'
import { readDg2, type Photo } from './files/dg2.ts'
import { fileIds, readFile } from './files/read-file.ts'

type FileName = 'sod' | 'dg1' | 'dg13' | 'dg2'
const dataGroups = { dg1: 1, dg2: 2, dg13: 13 } as const

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
  /** Null when the chip has none or it can't be understood. */
  readonly dg13: Dg13 | null
  readonly photo: Photo | null
  readonly verdict: Verdict
}

/** Lifted cards and lost sessions before giving up. */
const mostSessions = 4

type Files = Map<FileName, Uint8Array | null>

async function readFiles(session: CardSession, wanted: readonly FileName[], files: Files, tell: (progress: ChipProgress) => void): Promise<void> {
  for (const file of wanted) {
    if (files.has(file)) continue
    tell({ kind: 'reading', file, read: 0, total: 0 })
    files.set(file, await readFile(session, fileIds[file], (read, total) => tell({ kind: 'reading', file, read, total })))
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

/** The day of issue on the card, or today. */
function issueDay(dg13: Dg13 | null, today: string): Date {
  const issued = new Date(`${dg13?.issued ?? today}T12:00:00Z`)
  return Number.isNaN(issued.getTime()) ? new Date(`${today}T12:00:00Z`) : issued
}

function parsed13(file: Uint8Array | null | undefined): Dg13 | null {
  try {
    return file ? readDg13(file) : null
  } catch {
    return null
  }
}

/** Reads a card that is laid on the reader. Throws `ChipError`; `unreadable` also when DG1 or an asked photo isn't there. */
export async function readChip(reader: ChipReader, request: ChipRequest): Promise<ChipRead> {
  const wanted: readonly FileName[] = request.photo ? ['sod', 'dg1', 'dg13', 'dg2'] : ['sod', 'dg1', 'dg13']
  const files = await collect(reader, request, wanted)
  const [file1, file2] = [files.get('dg1'), files.get('dg2')]
  if (!file1 || (request.photo && !file2)) throw new ChipError('unreadable', file1 ? 'DG2' : 'DG1')
  const dg13 = parsed13(files.get('dg13'))
  const shown: ShownFiles = new Map(
    (['dg1', 'dg2', 'dg13'] as const).flatMap((name) => {
      const file = name === 'dg13' && dg13 === null ? null : files.get(name)
      return file ? [[dataGroups[name], file] as const] : []
    }),
  )
  return {
    dg1: readDg1(file1, request.today),
    dg13,
    photo: file2 ? readDg2(file2) : null,
    verdict: authenticate(files.get('sod') ?? null, shown, { csca: request.csca, signedAt: issueDay(dg13, request.today) }),
  }
}
