import http from 'node:http'
import https from 'node:https'
import { z } from 'zod'
import { pinnedTo, type MachineAddress } from './pinned.ts'

/** Path where a machine says whether it is the hub, and of which generation it knows. Nothing secret; over TLS the certificate says who speaks. */
export const termPath = '/hub'

const said = z.object({ hub: z.boolean(), term: z.int().min(0) })
export type HubWord = z.infer<typeof said>

const patienceMs = 1_500

/** Asks a machine; null when it does not answer in time or is none of ours. */
export function askTerm({ url, cert }: MachineAddress): Promise<HubWord | null> {
  return new Promise((resolve) => {
    const lib = url.startsWith('https:') ? https : http
    const request = lib.get(`${url.replace(/\/$/, '')}${termPath}`, { ...pinnedTo(cert), agent: false, timeout: patienceMs }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(read(Buffer.concat(chunks))))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(null))
    request.on('close', () => resolve(null))
  })
}

function read(body: Buffer): HubWord | null {
  try {
    return said.parse(JSON.parse(body.toString('utf8')))
  } catch {
    return null
  }
}
