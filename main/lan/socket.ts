import type { RawData, WebSocket } from 'ws'
import { z } from 'zod'
import type { Welcome } from '#contract/audience.ts'

/** A session that a token opened, as the api knows it; opaque here. */
export interface OpenedSession<S> {
  readonly session: S
  readonly welcome: Extract<Welcome, { ok: true }>
}

export interface SocketParts<S = unknown> {
  readonly open: (token: string) => OpenedSession<S> | null
  /** Whether this session may come over a line that others on the network can read: a citizen's, who sees one ticket. */
  readonly mayBePlain: (session: S) => boolean
  /** Calls back when the session's token is revoked; the answer ends that. */
  readonly onRevoked: (session: S, end: () => void) => () => void
  /** Serves the contract on a socket whose session is known. */
  readonly serve: (ws: WebSocket, session: S) => void
  /** Counts the connection; its answer is called when it ends. */
  readonly entered: (welcome: Extract<Welcome, { ok: true }>, session: S) => () => void
  readonly log: (code: string, error: unknown) => void
}

const helloMs = 5_000
const pingMs = 10_000
/** Who is sent away and doesn't go is cut off after this. */
const partingMs = 2_000
/** Messages a second: above what 1,000 numbers through one socket need (limits.md P10); a citizen's phone asks once and listens. */
const most = { ofOffice: 5_000, ofCitizen: 20 }
const hello = z.object({ token: z.string().min(8).max(200) })

/** The first message must be a known token, within five seconds; then the socket speaks the contract. `isPrivate`: nobody can read along. */
export function acceptSocket<S>(ws: WebSocket, isPrivate: boolean, parts: SocketParts<S>): void {
  const late = setTimeout(() => ws.terminate(), helloMs)
  ws.on('error', (error) => parts.log('lan.socket', error))
  ws.once('close', () => clearTimeout(late))
  ws.once('message', (data: RawData) => {
    clearTimeout(late)
    try {
      admit(ws, tokenOf(data), isPrivate, parts)
    } catch (error) {
      // A failure of ours (the database is closing): the screen shall come again, not be told that its token is unknown.
      parts.log('lan.hello', error)
      ws.close(1011)
    }
  })
}

function admit<S>(ws: WebSocket, token: string | null, isPrivate: boolean, parts: SocketParts<S>): void {
  const opened = token === null ? null : parts.open(token)
  if (!opened || !(isPrivate || parts.mayBePlain(opened.session))) {
    ws.send(JSON.stringify({ ok: false, code: 'unauthorised' } satisfies Welcome))
    ws.close(4401)
    return
  }
  refuseNoise(ws)
  limitRate(ws, parts.mayBePlain(opened.session) ? most.ofCitizen : most.ofOffice)
  parts.serve(ws, opened.session)
  ws.send(JSON.stringify(opened.welcome))
  const left = parts.entered(opened.welcome, opened.session)
  const stopPings = keepAlive(ws)
  const stopWatch = parts.onRevoked(opened.session, () => sendAway(ws, 4401))
  ws.once('close', () => {
    stopWatch()
    stopPings()
    left()
  })
}

/** Closes a socket and hears nothing more of it: what comes before the other side goes is nobody's any more. */
function sendAway(ws: WebSocket, code: number): void {
  ws.removeAllListeners('message')
  ws.close(code)
  setTimeout(() => ws.terminate(), partingMs).unref()
}

/** Closes a socket that speaks no JSON: each such message would be a page of log. */
function refuseNoise(ws: WebSocket): void {
  ws.on('message', (data: RawData) => {
    const message = jsonOf(data)
    if (typeof message !== 'object' || message === null) sendAway(ws, 1007)
  })
}

/** Closes a socket that talks without end: a screen sends a few messages a second, a station tens. */
function limitRate(ws: WebSocket, mostPerSecond: number): void {
  let [second, count] = [0, 0]
  ws.on('message', () => {
    const now = Math.floor(performance.now() / 1_000)
    count = now === second ? count + 1 : 1
    second = now
    if (count > mostPerSecond) sendAway(ws, 1008)
  })
}

/** The token of a hello, null when it is none. */
function tokenOf(data: RawData): string | null {
  const parsed = hello.safeParse(jsonOf(data))
  return parsed.success ? parsed.data.token : null
}

/** What a message says; undefined when it is no JSON. */
function jsonOf(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '')
  } catch {
    return undefined
  }
}

/** A screen that lost its cable without saying so is noticed within two pings. */
function keepAlive(ws: WebSocket): () => void {
  let answered = true
  ws.on('pong', () => {
    answered = true
  })
  const timer = setInterval(() => {
    if (!answered) return ws.terminate()
    answered = false
    ws.ping()
  }, pingMs)
  timer.unref()
  return () => clearInterval(timer)
}
