import { createServer } from 'node:http'
import { join } from 'node:path'
import { Journal } from '#journal/journal.ts'
import { replicaStore } from '#main/station/replication.ts'
import { syncRequestHandler } from '#sync/receiver.ts'
import { openViews } from '#views/views.ts'
import { agency } from './office-weeks.ts'

/** A hub's receiving end as a process: its journal with views, FULL, behind HTTP. Argument: the folder. Prints its address. */
const journal = new Journal({ file: join(process.argv[2] ?? '.', 'hub.db'), station: 'receiver', views: openViews, now: Date.now })
const handle = syncRequestHandler({ office: agency, store: replicaStore(journal), authenticate: () => ({ mayPush: () => true }) })
const server = createServer((request, response) => void handle(request, response).catch((error: unknown) => process.stderr.write(`${String(error)}\n`)))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` })}\n`)
})
process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close(() => journal.close())
})
