import type { QueueSnapshot } from '#domain/ticket.ts'
import { PeerAwayError } from '#sync/http-client.ts'
import type { HubListener, HubPort } from '#usecases/hub-port.ts'
import type { Plant } from './plant.ts'

/** A link whose words reach the station as `hears` makes them. */
const hearing = (hears: (listener: HubListener) => HubListener): Plant => ({ hub: (port: HubPort) => ({ ...port, open: (listener) => port.open(hears(listener)) }) })

export const linking: Readonly<Record<string, () => Plant>> = {
  'next-hub-not-told': () => ({ hub: (port) => ({ ...port, witness: () => Promise.resolve() }) }),
  'hub-followed-no-more': () =>
    hearing((listener) => {
      let lost = 0
      return { ...listener, lost: () => ((lost += 1), listener.lost()), news: (news) => (lost < 3 ? listener.news(news) : undefined) }
    }),
  'lease-given-back-and-kept': () => hearing((listener) => ({ ...listener, recall: (leases) => leases })),
  'asked-of-the-hub-forgotten-at-restart': () => ({ atBoot: (db) => void db.exec(`DELETE FROM meta WHERE key = 'unclear-commands'`) }),
  'spare-never-fed': () => ({ toSpare: (client) => ({ close: () => client.close(), post: () => Promise.reject(new PeerAwayError('no connection', false)) }) }),
  'queue-shown-late': () => {
    const shown = new WeakMap<object, { readonly at: number; readonly snapshot: QueueSnapshot }>()
    return {
      snapshot: (desk) => {
        const before = shown.get(desk)
        if (before && performance.now() - before.at < 30_000) return before.snapshot
        const snapshot = desk.snapshot()
        shown.set(desk, { at: performance.now(), snapshot })
        return snapshot
      },
    }
  },
}
