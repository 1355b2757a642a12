import { randomBytes } from 'node:crypto'
import https from 'node:https'
import { connect, type DetailedPeerCertificate } from 'node:tls'
import { fingerprintOf } from './certificate.ts'
import { pairingKey, proofOf } from './pairing-code.ts'
import { pinnedTo } from './pinned.ts'

/** Why a hub did not let us in; a key of the command's messages. */
export type JoinFault = 'unreachable' | 'wrong' | 'closed' | 'name-taken' | 'not-a-station' | 'not-the-hub' | 'malformed'

export class JoinError extends Error {
  override readonly name = 'JoinError'
  readonly fault: JoinFault
  constructor(fault: JoinFault) {
    super(fault)
    this.fault = fault
  }
}

const patienceMs = 6_000
/** A wrong code is answered late. */
const answerMs = 40_000

/** The certificate that the machine behind an address shows, PEM; not believed yet. */
function shownCertificate(url: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 443), rejectUnauthorized: false }, () => {
      const cert: Partial<DetailedPeerCertificate> = socket.getPeerCertificate(true)
      socket.destroy()
      if (cert.raw) resolve(`-----BEGIN CERTIFICATE-----\n${cert.raw.toString('base64').match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END CERTIFICATE-----\n`)
      else reject(new JoinError('unreachable'))
    })
    socket.setTimeout(patienceMs, () => socket.destroy(new JoinError('unreachable')))
    socket.on('error', () => reject(new JoinError('unreachable')))
  })
}

export interface Joined {
  /** The hub's answer, whose proof was checked. */
  readonly answer: Readonly<Record<string, unknown>>
  readonly cert: string
  readonly fingerprint: string
}

/**
 * Asks the hub at `url` to be let in by a code: proves it over the certificate that we see, believes the hub when it proves the same. Somebody
 * between the two shows another certificate and fails both. `says` is what our proof is over, given the nonce; `hears` what the hub's is over.
 */
export async function joinHub(
  url: string,
  code: string,
  request: { readonly path: string; readonly body: Readonly<Record<string, unknown>>; readonly says: (nonce: string) => readonly string[]; readonly hears: (nonce: string, token: string) => readonly string[] },
): Promise<Joined> {
  const base = new URL(url)
  const cert = await shownCertificate(base)
  const fingerprint = fingerprintOf(cert)
  const key = await pairingKey(code, fingerprint)
  const nonce = randomBytes(24).toString('base64url')
  const answer = await post(new URL(request.path, base), cert, { ...request.body, nonce, proof: proofOf(key, ...request.says(nonce)) })
  if (answer['proof'] !== proofOf(key, ...request.hears(nonce, String(answer['token'])))) throw new JoinError('wrong')
  return { answer, cert, fingerprint }
}

function post(url: URL, cert: string, body: unknown): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method: 'POST', agent: false, timeout: answerMs, headers: { 'content-type': 'application/json' }, ...pinnedTo(cert) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const said = parse(Buffer.concat(chunks))
        if (response.statusCode === 200 && said) resolve(said)
        else reject(new JoinError(faultOf(response.statusCode, said)))
      })
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => reject(new JoinError('unreachable')))
    request.end(JSON.stringify(body))
  })
}

const refusals = ['wrong', 'name-taken', 'not-a-station'] as const

function faultOf(status: number | undefined, said: Readonly<Record<string, unknown>> | null): JoinFault {
  if (status === 403) return refusals.find((one) => one === said?.['reason']) ?? 'closed'
  return status === 400 ? 'malformed' : 'not-the-hub'
}

function parse(body: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}
