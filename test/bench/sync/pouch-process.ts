import { createRequire } from 'node:module'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'

/** The CouchDB-style server of the PouchDB project over LevelDB, with only what replication needs. Argument: the folder. Prints its address. */
const require = createRequire(import.meta.url)
const dir = process.argv[2] ?? '.'
const pouch = (require('pouchdb') as { defaults(options: object): unknown }).defaults({ prefix: `${dir}/` })
const router = (require('express-pouchdb') as (pouch: unknown, options: object) => RequestListener)(pouch, {
  mode: 'minimumForPouchDB',
  inMemoryConfig: true,
  logPath: join(dir, 'log.txt'),
})
const app = (require('express') as () => RequestListener & { use(router: RequestListener): void })()
app.use(router)
const server = createServer(app)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` })}\n`)
})
process.once('SIGTERM', () => process.exit(0))
