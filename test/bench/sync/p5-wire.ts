import { wanLoad } from '#sync/protocol/messages.ts'
import { startCluster } from '../../scenarios/sync-support/postgres.ts'
import { row, type Row } from '../figure.ts'
import { inScratch } from '../scratch.ts'
import { drain } from './drain.ts'
import { agency } from './office-weeks.ts'
import { centralReceiver, enrolled, place } from './processes.ts'
import { thinLine } from './thin-line.ts'
import { weeks } from './weeks.ts'

const tenMbit = 10_000_000

/** P5: the backlog to central on PostgreSQL through a line of 10 Mbit/s: its bytes on the wire, both ways and with HTTP's headers, and its time. */
export async function wire(): Promise<readonly Row[]> {
  const { source, events } = weeks()
  const cluster = await startCluster()
  try {
    const url = await cluster.database()
    return await inScratch(async (dir) => {
      const at = place(dir, url)
      const key = await enrolled(agency, at)
      const central = await centralReceiver(at)
      const line = await thinLine(central.url, tenMbit)
      try {
        const seconds = await drain(source, { url: line.url, key }, wanLoad)
        return [
          row('P5.bytes', 'bytes on the wire an event, both directions, HTTP included', line.bytes() / events, 'B', { atMost: 30 }),
          row('P5.seconds', '350k events over 10 Mbit/s', seconds, 's', { atMost: 12 }),
        ]
      } finally {
        line.close()
        await central.stop()
      }
    })
  } finally {
    cluster.stop()
  }
}
