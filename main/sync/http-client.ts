import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'

export interface Peer {
  /** Base URL, e.g. `https://motcua.haiphong.gov.vn`; `/sync/v1/…` is added. */
  readonly url: string
  readonly key: string
  /** PEM of the peer's own certificate: the only one believed, under whatever name or address it is reached. */
  readonly ca?: string
}

/** The peer can't be reached, hung up, or kept silent: nothing is known of what it did. */
export class PeerAwayError extends Error {
  override readonly name = 'PeerAwayError'
  /** Connected and sent, but no answer in time: a slower peer or line than allowed for. */
  readonly silent: boolean
  /** It is there, but asked not to be asked again before this is over, ms. */
  readonly notBeforeMs: number
  constructor(message: string, silent: boolean, notBeforeMs = 0) {
    super(message)
    this.silent = silent
    this.notBeforeMs = notBeforeMs
  }
}

export interface PeerRequest {
  readonly path: string
  readonly body: Uint8Array
  readonly encoding: string
  /** Longest silence on the socket, ms. */
  readonly silenceMs: number
  readonly signal: AbortSignal
}

export interface PeerAnswer {
  readonly status: number
  readonly body: unknown
  /** What the peer, or a proxy before it, said in Retry-After, ms. */
  readonly retryAfterMs?: number
}

export interface PeerClient {
  post(request: PeerRequest): Promise<PeerAnswer>
  close(): void
}

/** Bytes. What comes down is cut into answers of a megabyte of text, which escaped JSON in UTF-8 makes longer; a single larger thing comes alone. */
const longestAnswer = 16_000_000
/** A line that swallows packets is given up after this, so that the next try finds it mended. */
const connectMs = 4_000

/** As many as requests may be under way at a time. */
const maxSockets = 2

/** An answer that has begun is whole after this, ms; one that comes byte by byte would keep all else waiting, and is never silent. */
const longestAnswerMs = 60_000

/** What Node says of a certificate that is not the one believed (OpenSSL's names). */
const unbelieved: ReadonlySet<string> = new Set(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])

/** An HTTP client to one peer, with kept-alive connections. */
export function peerClient(peer: Peer, answerMs = longestAnswerMs): PeerClient {
  const base = new URL(peer.url)
  const secure = base.protocol === 'https:'
  const agent = secure ? new https.Agent({ keepAlive: true, maxSockets }) : new http.Agent({ keepAlive: true, maxSockets })
  const root = base.href.replace(/\/+$/, '')
  const send = (request: PeerRequest): Promise<PeerAnswer> =>
    new Promise((resolve, reject) => {
      const options: https.RequestOptions = { method: 'POST', agent, signal: request.signal, headers: headersOf(peer, request), ...(peer.ca ? { ca: peer.ca, checkServerIdentity: () => undefined } : {}) }
      const req = (secure ? https : http).request(`${root}${request.path}`, options)
      const connecting = setTimeout(() => req.destroy(new PeerAwayError('no connection', false)), connectMs)
      req.on('socket', (socket) => whenConnected(socket, secure, () => clearTimeout(connecting)))
      req.on('close', () => clearTimeout(connecting))
      req.setTimeout(request.silenceMs, () => req.destroy(new PeerAwayError('silent', req.socket?.connecting === false)))
      req.on('response', (res) => {
        const slow = setTimeout(() => res.destroy(new PeerAwayError('slow answer', false)), answerMs)
        res.on('close', () => clearTimeout(slow))
        void readAnswer(res).then(resolve, reject)
      })
      req.on('error', (error: NodeJS.ErrnoException) => {
        if (peer.ca && unbelieved.has(error.code ?? '')) reject(new PeerAwayError('other-certificate', false))
        else reject(error instanceof PeerAwayError ? error : new RequestFailed(error, req.reusedSocket))
      })
      req.end(request.body)
    })
  return {
    async post(request) {
      try {
        return await send(request)
      } catch (error) {
        // A kept connection may have been closed just as it was used; all requests may be repeated.
        if (error instanceof RequestFailed && error.reused && !request.signal.aborted) return send(request).catch(asAway)
        return asAway(error)
      }
    },
    close: () => agent.destroy(),
  }
}

function whenConnected(socket: Socket, secure: boolean, run: () => void): void {
  if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', run)
  else run()
}

class RequestFailed extends Error {
  readonly reused: boolean
  constructor(cause: Error, reused: boolean) {
    super(cause.message, { cause })
    this.reused = reused
  }
}

function asAway(error: unknown): never {
  if (error instanceof PeerAwayError) throw error
  throw new PeerAwayError(error instanceof Error ? error.message : String(error), false)
}

function headersOf(peer: Peer, { body, encoding }: PeerRequest): http.OutgoingHttpHeaders {
  return {
    authorization: `Bearer ${peer.key}`,
    'content-type': 'application/json',
    'content-encoding': encoding,
    'content-length': body.byteLength,
    accept: 'application/json',
  }
}

async function readAnswer(res: http.IncomingMessage): Promise<PeerAnswer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of res as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > longestAnswer) throw new PeerAwayError('answer too long', false)
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  const said = { status: res.statusCode ?? 0, retryAfterMs: retryAfter(res) }
  try {
    return { ...said, body: JSON.parse(text) }
  } catch {
    return { ...said, body: undefined }
  }
}

/** Longest wait that a peer may ask for, ms: R5 is broken by its own wish, but not for an hour by a mistyped figure. */
const longestRetryAfterMs = 60_000

/** Retry-After in seconds (RFC 9110, 10.2.3); a date, which would need clocks that agree, counts as none. */
function retryAfter({ headers }: http.IncomingMessage): number {
  const text = headers['retry-after'] ?? ''
  return /^\d{1,6}$/.test(text) ? Math.min(longestRetryAfterMs, Number(text) * 1_000) : 0
}
