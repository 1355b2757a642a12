import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Command } from 'commander'
import { runInHost } from '#cli/start.ts'
import { addStartOptions, type StartOptions } from '#cli/start-options.ts'
import type { Ready, StartStation } from '#cli/run-station.ts'

/** A program with the start sequence of the real one around the smallest station: pages that report which screen was loaded on stderr. */
const startStation: StartStation = async ({ data = '' }) => {
  const running = join(data, 'running.json')
  if (existsSync(running)) {
    return { ready: JSON.parse(readFileSync(running, 'utf8')) as Ready, alreadyRunning: true, close: () => Promise.resolve() }
  }
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.html')) process.stderr.write(`page ${request.url}\n`)
    response.setHeader('content-type', 'text/html').end('<title>Một Cửa</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const kinds = ['kiosk', 'counter', 'board', 'touchpad', 'supervisor'] as const
  const urls = Object.fromEntries(kinds.map((kind) => [kind, `${origin}/${kind}.html#t=token`]))
  const ready: Ready = { ready: true, urls, station: 'thu-nghiem', sample: true }
  writeFileSync(running, JSON.stringify(ready))
  return {
    ready,
    alreadyRunning: false,
    close: async () => {
      server.closeAllConnections()
      server.close()
      rmSync(running)
      process.stderr.write('stored\n')
    },
  }
}

const options = addStartOptions(new Command('start')).parse().opts<StartOptions>()
process.exitCode = await runInHost(options, 'vi', startStation)
