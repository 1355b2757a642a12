import { randomBytes } from 'node:crypto'
import type { Downstream, NewItem } from '#journal/downstream.ts'
import type { ChangeSource } from '#sync/protocol/changes.ts'
import type { ChangeStore } from '#sync/puller.ts'
import { openName, sealNames } from '#usecases/appointments.ts'
import type { Vault } from '#vault/vault.ts'

/**
 * What a hub hands down to its stations: all that central gave it, and its own. The epoch is drawn at each start: a data folder that was put
 * back from a backup doesn't say so, and reading everything again costs a station less than a second.
 */
export function hubChanges(downstream: Downstream, vault: Vault): ChangeSource {
  const epoch = randomBytes(8).toString('hex')
  return {
    epoch: () => epoch,
    after: (n, limit) => downstream.after(n, limit).map((item) => openName(vault, item)),
    wait: (n, ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          stop()
          signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, ms)
        const stop = downstream.onChange(done)
        signal.addEventListener('abort', done)
        if (signal.aborted || downstream.after(n, 1).length > 0) done()
      }),
    secrets: () => vault.erasureSecrets().map((secret) => secret.toString('base64')),
  }
}

/** Keeps what comes down from a peer; secrets first, so that erasures in the same answer can be understood. Names are sealed. */
export function changeStore(downstream: Downstream, vault: Vault, peer: 'hub' | 'central'): ChangeStore {
  return {
    cursor: () => downstream.cursor(peer),
    take({ epoch, fromStart, changes, secrets }, n) {
      for (const secret of secrets) vault.keepErasureSecret(Buffer.from(secret, 'base64'))
      const gone = fromStart ? notSaidAgain(downstream, changes) : []
      downstream.take(peer, { epoch, n }, sealNames(downstream, vault, [...gone, ...changes]))
    },
  }
}

/** Notices of events put aside that a database restored meanwhile knows nothing of: they are over. One that only comes on a later page is kept anew. */
function notSaidAgain(downstream: Downstream, changes: readonly NewItem[]): readonly NewItem[] {
  const said = new Set(changes.filter(({ kind }) => kind === 'quarantine').map(({ key }) => key))
  return downstream.of('quarantine').flatMap((item) => (said.has(item.key) ? [] : [{ ...item, body: null }]))
}
