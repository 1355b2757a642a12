import { isDiskFailure, setMeta, type Sqlite } from '#journal/database.ts'
import type { Mark } from '#sync/protocol/messages.ts'
import type { Remembered } from '#sync/pusher.ts'

/** What a peer was last known to have, kept over a restart. For people only: what is sent is decided by the peer's next answer, and goes out while the disk is full. */
export interface PeerMemory {
  readonly remembered: Remembered
  /** Written when the peer has got further since the last time. */
  readonly keep: (known: Remembered) => void
  /** Writes what was kept last, as it is now. */
  readonly close: () => void
}

/** The memory of one peer, in the journal's database. */
export function peerMemory(db: Sqlite, peer: string): PeerMemory {
  const key = `peer:${peer}`
  const text = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key)
  const read = typeof text === 'string' ? (JSON.parse(text) as { readonly marks: Readonly<Record<string, Mark>>; readonly lastContact: number | null }) : { marks: {}, lastContact: null }
  const remembered: Remembered = { marks: new Map(Object.entries(read.marks)), lastContact: read.lastContact }
  let [last, written] = [remembered, JSON.stringify(read.marks)]
  const write = (): void => {
    const marks = Object.fromEntries(last.marks)
    try {
      setMeta(db, key, JSON.stringify({ marks, lastContact: last.lastContact }))
      written = JSON.stringify(marks)
    } catch (error) {
      if (!isDiskFailure(error)) throw error
    }
  }
  return {
    remembered,
    keep(known) {
      last = known
      if (JSON.stringify(Object.fromEntries(known.marks)) !== written) write()
    },
    close() {
      if (last !== remembered) write()
    },
  }
}
