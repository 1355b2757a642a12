import type { QuarantineLine } from '#contract/replication.ts'
import type { ApiParts } from '#api/parts.ts'
import type { Downstream } from '#journal/downstream.ts'
import type { Journal } from '#journal/journal.ts'
import type { StationConfig } from '#main/config.ts'
import { PeerAwayError, peerClient } from '#sync/http-client.ts'
import type { PersonEraser } from '#usecases/person-eraser.ts'
import { exportPerson, type ExportParts } from '#usecases/person-export.ts'
import type { Replication } from './replication.ts'

interface ReplicationSources {
  readonly journal: Journal
  readonly downstream: Downstream
  readonly replication: Pick<Replication, 'retry'>
  readonly central: StationConfig['central']
  readonly isHub: boolean
}

/** What the sync console stands on. */
export function replicationParts({ journal, downstream, replication, central, isHub }: ReplicationSources): ApiParts['replication'] {
  const settled = journal.db.prepare<[string, number]>('SELECT 1 FROM v_settled WHERE origin = ? AND seq = ?').pluck()
  const isOpen = ({ origin, seq }: Place): boolean => settled.get(origin, seq) === undefined
  const quarantine = (): readonly QuarantineLine[] => {
    // What came back of a station's own earlier epoch beside its present one counts where the hub says: there, not here, it is to be mended.
    const here = journal.quarantine.list((event) => isOpen(event) && (isHub || journal.standing(event.origin) === 'written'))
    const known = new Set(here.map(placeOf))
    return [...here.map((row) => ({ ...row, where: 'here' as const })), ...fromCentral(downstream).filter((line) => isOpen(line) && !known.has(placeOf(line)))]
  }
  return {
    quarantine,
    settle: (staff, { origin, seq }) => {
      const line = quarantine().find((one) => one.origin === origin && one.seq === seq)
      if (line) journal.append(staff, [{ type: 'quarantine.settled', subject: placeOf(line), data: { origin, seq, staff } }])
    },
    received: () => downstream.counts().filter(({ kind }) => kind !== 'quarantine'),
    retry: replication.retry,
    retryQuarantine: async () => {
      const here = journal.quarantine.retry()
      const there = central ? await retryAt(central) : 0
      return { mended: here + (there ?? 0), away: there === null }
    },
  }
}

type Place = Pick<QuarantineLine, 'origin' | 'seq'>
const placeOf = ({ origin, seq }: Place): string => `${origin}#${seq}`

/** Notices of events that central put aside; their key is `<origin>#<number>`. */
function fromCentral(downstream: Downstream): readonly QuarantineLine[] {
  return downstream.of('quarantine').map(({ key, at, body }) => {
    const [origin = '', seq] = key.split('#')
    const { type, subject, reason } = JSON.parse(body ?? '{}') as { readonly type: string; readonly subject: string; readonly reason: string }
    return { where: 'central', origin, seq: Number(seq), type, subject, reason: reason.split(':')[0] ?? reason, at }
  })
}

/** Has central try again; what came of it comes down. Null from a central that is away or says no. */
async function retryAt({ url, key }: NonNullable<StationConfig['central']>): Promise<number | null> {
  const client = peerClient({ url, key })
  try {
    const { status, body } = await client.post({ path: '/api/v1/quarantine/retry', body: Buffer.from('{}'), encoding: 'identity', silenceMs: 10_000, signal: AbortSignal.timeout(15_000) })
    return status === 200 ? (body as { readonly mended: number }).mended : null
  } catch (error) {
    if (error instanceof PeerAwayError) return null
    throw error
  } finally {
    client.close()
  }
}

/** A person's rights; looking at what is held is noted like any other look. */
export function personParts(parts: ExportParts & { readonly eraser: PersonEraser }): ApiParts['persons'] {
  return {
    export: async (actor, idNumber) => {
      const found = await exportPerson(parts, idNumber)
      parts.journal.append(actor, found.dossiers.map(({ code }) => ({ type: 'person.revealed' as const, subject: code, data: { code, staff: actor } })))
      return { ...found }
    },
    erase: (actor, idNumber) => parts.eraser.erase(actor, idNumber),
  }
}
