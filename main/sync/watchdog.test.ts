import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { canConnect, startWatchdog } from './watchdog.ts'
import type { SyncClock } from './pauser.ts'

/** A clock whose seconds pass when the test says so. */
function handClock(): SyncClock & { readonly tick: (seconds: number) => Promise<void> } {
  let now = 1_795_000_000_000
  const due = new Set<{ readonly at: number; readonly run: () => void }>()
  return {
    now: () => now,
    ticks: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run }
      due.add(entry)
      return () => due.delete(entry)
    },
    async tick(seconds) {
      for (let n = 0; n < seconds; n += 1) {
        now += 1_000
        for (const entry of [...due].filter(({ at }) => at <= now)) {
          due.delete(entry)
          entry.run()
        }
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

function watched() {
  const clock = handClock()
  const state = { reachable: true, waiting: 0, acknowledged: 100 }
  const peer = { answers: true }
  const alarms: boolean[] = []
  const dog = startWatchdog({ clock, state: () => state, probe: () => Promise.resolve(peer.answers), onAlarm: (stalled) => alarms.push(stalled) })
  return { clock, state, peer, alarms, dog }
}

it('alarms after ten seconds in which something waits, the peer can be reached and nothing gets there; once; and says when it is over', async () => {
  const { clock, state, alarms, dog } = watched()
  await clock.tick(30)
  state.waiting = 5
  await clock.tick(9)
  expect(alarms).toEqual([])
  await clock.tick(2)
  expect(alarms).toEqual([true])
  expect(dog.stalledSince()).toBe(clock.now() - 11_000)
  await clock.tick(60)
  state.acknowledged += 1
  await clock.tick(1)
  expect(alarms).toEqual([true, false])
  expect(dog.stalledSince()).toBeNull()
  dog.close()
})

it('a slow peer that takes a little each second is no alarm, nor one that is away', async () => {
  const { clock, state, peer, alarms, dog } = watched()
  state.waiting = 1_000_000
  for (let n = 0; n < 40; n += 1) {
    state.acknowledged += 500
    await clock.tick(1)
  }
  state.reachable = false
  peer.answers = false
  await clock.tick(100)
  expect(alarms).toEqual([])
  dog.close()
})

it('a peer that only the sender takes for away is asked past it', async () => {
  const { clock, state, alarms, dog } = watched()
  Object.assign(state, { reachable: false, waiting: 3 })
  await clock.tick(12)
  expect(alarms).toEqual([true])
  dog.close()
  await clock.tick(20)
  expect(alarms).toEqual([true])
})

it('a machine that listens is found, one that does not is not', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  expect(await canConnect(`http://127.0.0.1:${port}`)).toBe(true)
  server.close()
  await once(server, 'close')
  expect(await canConnect(`http://127.0.0.1:${port}/sync`)).toBe(false)
})
