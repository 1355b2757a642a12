import { bestEncoding, compress, type Encoding } from '#sync/protocol/encoding.ts'
import { toWire, type WireBatch } from '#sync/protocol/batch.ts'
import { eventsPath, helloPath, lanLoad, ourVersions, type Load, type Mark, type Refusal, type Versions, type Welcome } from '#sync/protocol/messages.ts'
import { readRefusal, readWelcome } from '#sync/protocol/read-answer.ts'
import { PeerAwayError, type PeerAnswer, type PeerClient } from './http-client.ts'
import { lastShared } from './fork-point.ts'
import { nextBatches, onOurChain, type EventSource, type Limits } from './push-plan.ts'

/** What a pusher knows of its peer, and with what it talks to it. */
export interface Session {
  readonly source: EventSource
  readonly client: PeerClient
  readonly identity: { readonly office: string; readonly station: string }
  readonly signal: AbortSignal
  readonly speaks: Versions
  /** The version that the peer agreed to. */
  protocol: number
  /** The peer's last word on each origin. */
  marks: Map<string, Mark>
  epoch: string | null
  /** Origins whose marks were asked for since the last hello. */
  asked: ReadonlySet<string>
  /** Origins not to send before the next hello. */
  readonly skip: Set<string>
  /** Why, for people: stays until the origin gets further. */
  readonly complaints: Map<string, Refusal>
  /** Origins of which the peer has more than we: our own of earlier epochs, and those that we only have copies of. */
  readonly behind: Set<string>
  /** Where the chains of our origins part from the peer's, for the peer's mark of then. */
  readonly forks: Map<string, { readonly mark: string; readonly head: number; readonly common: number }>
  encoding: Encoding
  /** The most that goes into one request. */
  readonly load: Load
  /** What goes into one now: less after a request was too large. */
  limits: Limits
  /** Requests in a row that were sent and not answered in time. */
  silences: number
}

/** The peer answered, with a refusal that concerns all we send. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

const silenceMs = 5_000
/** How long an answer may take after so many requests in a row without one, ms. */
export const silenceOf = (silences: number): number => Math.min(longestSilenceMs, silenceMs * 2 ** silences)
const longestSilenceMs = 40_000
/** Requests in a row without any progress before we wait instead of asking at once. */
const patience = 3

/** A session that has not heard of its peer yet; marks that are given are what is shown until it has. */
export function newSession(parts: Pick<Session, 'source' | 'client' | 'identity' | 'signal'> & Partial<Pick<Session, 'marks' | 'speaks' | 'load'>>): Session {
  const nothing = { marks: new Map<string, Mark>(), epoch: null, asked: new Set<string>(), skip: new Set<string>(), complaints: new Map<string, Refusal>(), behind: new Set<string>(), forks: new Map() }
  const { speaks = ourVersions, load = lanLoad } = parts
  return { ...nothing, ...parts, speaks, protocol: speaks.newest, encoding: 'gzip', load, limits: load, silences: 0 }
}

/** Says hello and learns the peer's epoch and marks, whatever we believed before. Throws PeerAwayError or RefusedError. */
export async function greet(session: Session): Promise<void> {
  const origins = session.source.origins()
  const { oldest, newest } = session.speaks
  const hello = { protocol: newest, ...(oldest === newest ? {} : { oldest }), ...session.identity, origins }
  const welcome = await post(session, helloPath, Buffer.from(JSON.stringify(hello)), 'identity')
  if (welcome.protocol < oldest || welcome.protocol > newest) throw new RefusedError({ code: 'too-new' })
  session.protocol = welcome.protocol
  session.epoch = welcome.epoch
  session.encoding = bestEncoding(welcome.encodings)
  session.marks = new Map(Object.entries(welcome.marks))
  session.asked = new Set(origins)
  session.skip.clear()
  for (const [origin, complaint] of session.complaints) {
    // What was refused may have got there by a second copy of the request.
    const isThere = session.marks.get(origin)?.hash === session.source.head(origin)?.hash
    if (complaint.code === 'fork' || isThere) session.complaints.delete(origin)
  }
  for (const refusal of welcome.refused) hold(session, refusal)
  for (const origin of origins) await compare(session, origin)
}

/** Looks whether the peer's chain of an origin is ours, and holds the origin back when it is not. */
async function compare(session: Session, origin: string): Promise<void> {
  const { source, marks, skip, forks } = session
  const mark = marks.get(origin)
  if (!mark || onOurChain(source, origin, mark)) return
  const standing = source.standing?.(origin) ?? 'written'
  const head = source.head(origin)?.seq ?? 0
  // A hub put back from a backup, or a spare that became it, is behind on others' events; whose machine is gone can't send them again.
  if (standing === 'copied' && mark.seq > head) {
    session.behind.add(origin)
    return void skip.add(origin)
  }
  const known = forks.get(origin)
  // Of a retired origin more may have come back since, from this peer or another.
  if (standing !== 'copied' && (known?.mark !== mark.hash || (standing === 'retired' && known.head !== head))) {
    forks.set(origin, { mark: mark.hash, head, common: await lastShared(Math.min(mark.seq, head), (seq) => peerHas(session, origin, seq)) })
  }
  // Our disk was put back from a backup, or another copy of it went on: all that we have of it is there, and more.
  if (standing === 'retired' && forks.get(origin)?.common === head) {
    session.behind.add(origin)
    return void skip.add(origin)
  }
  hold(session, { code: 'fork', origin, have: mark.seq })
}

/** Sends an event that the peer has a second time, which changes nothing there: it says whether its own is the same. */
async function peerHas(session: Session, origin: string, seq: number): Promise<boolean> {
  const batch = toWire(session.source.after(origin, seq - 1, 1))
  if (!batch) return false
  const { refused, marks } = await post(session, eventsPath, Buffer.from(JSON.stringify({ protocol: session.protocol, batches: [batch] })), 'identity')
  if (refused.some((refusal) => refusal.origin === origin && refusal.code === 'fork')) return false
  // A request that was garbled on the way says nothing of the chains; taken for a difference it would bring events there a second time.
  if (refused.length > 0 || !marks[origin]) throw new PeerAwayError('no clear answer', false)
  return true
}

interface Prepared {
  readonly batches: readonly WireBatch[]
  readonly body: Buffer
  readonly encoding: Encoding
}

/**
 * Sends until nothing is left, up to `load.inFlight` requests at a time, so that the line is busy while the peer stores; the next is packed meanwhile.
 * `contact` is called after each answer. Answers false when the peer's database turned out to be another one: say hello again. Throws as `greet`.
 */
export async function drain(session: Session, contact: () => void): Promise<boolean> {
  const flying: Flight[] = []
  try {
    let [expected, fruitless, astray]: [ReadonlyMap<string, Mark>, number, boolean] = [session.marks, 0, false]
    let ready: Prepared | null = null
    for (;;) {
      if (astray && flying.length === 0) [expected, astray] = [session.marks, false]
      ready = astray ? null : (ready ?? (await prepare(session, expected)))
      if (ready && flying.length < session.load.inFlight) {
        const sent = ready
        expected = marksAfter(expected, sent.batches)
        flying.push({ sent, marks: expected, answer: settled(post(session, eventsPath, sent.body, sent.encoding)) })
        ready = null
        continue
      }
      const oldest = flying.shift()
      if (!oldest) return true
      const answer = await oldest.answer
      if (answer.status === 'rejected') throw answer.reason
      if (answer.value.epoch !== session.epoch) return false
      fruitless = learn(session, answer.value, oldest.sent) ? 0 : fruitless + 1
      contact()
      if (fruitless >= patience) throw new PeerAwayError('no progress', false)
      // What flies behind follows what the peer didn't take: it comes back refused, and sending begins again at the peer's marks.
      astray ||= oldest.sent.batches.some(({ origin }) => session.marks.get(origin)?.hash !== oldest.marks.get(origin)?.hash)
    }
  } finally {
    await Promise.all(flying.map(({ answer }) => answer))
  }
}

/** A request under way, and the marks that follow when the peer takes all of it. */
interface Flight {
  readonly sent: Prepared
  readonly marks: ReadonlyMap<string, Mark>
  readonly answer: Promise<PromiseSettledResult<Welcome>>
}

/** Never rejects: an answer may come while nobody waits for it yet. */
async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([promise])
  return result
}

/** The peer found the request too large: send less, until it works again. */
export function sendLess(session: Session): void {
  session.limits = { events: Math.max(1, session.limits.events >> 2), bytes: Math.max(10_000, session.limits.bytes >> 2) }
}

function hold(session: Session, refusal: Refusal | undefined): void {
  // An origin that is none of ours was garbled on the way: sent again it will do.
  if (!refusal?.origin || refusal.code === 'gap' || !session.source.origins().includes(refusal.origin)) return
  session.skip.add(refusal.origin)
  session.complaints.set(refusal.origin, refusal)
}

async function post(session: Session, path: string, body: Uint8Array, encoding: string): Promise<Welcome> {
  const answer = await session.client.post({ path, body, encoding, silenceMs: silenceOf(session.silences), signal: session.signal })
  session.silences = 0
  const welcome = answer.status === 200 || answer.status === 409 ? readWelcome(answer.body) : undefined
  if (welcome) return welcome
  throw noOf(answer)
}

/** What an answer that isn't one says: no to us, or nothing of the peer itself. A proxy before it speaks by its status alone. */
export function noOf({ status, body, retryAfterMs }: PeerAnswer): RefusedError | PeerAwayError {
  if (status === 413) return new RefusedError({ code: 'too-large' })
  const refusal = status < 500 && status !== 429 ? readRefusal(body) : undefined
  return refusal ? new RefusedError(refusal) : new PeerAwayError(`HTTP ${status}`, false, retryAfterMs)
}

async function prepare(session: Session, from: ReadonlyMap<string, Mark>): Promise<Prepared | null> {
  const { encoding } = session
  const batches = nextBatches(session.source, from, session.skip, session.limits)
  if (batches.length === 0) return null
  return { batches, encoding, body: await compress(encoding, Buffer.from(JSON.stringify({ protocol: session.protocol, batches })), session.load.effort) }
}

/** Takes the peer's word for where the sent origins are now. Answers whether anything came of it. */
function learn(session: Session, welcome: Welcome, sent: Prepared): boolean {
  let moved = false
  for (const { origin } of sent.batches) {
    const mark = welcome.marks[origin]
    const further = (mark?.seq ?? 0) > (session.marks.get(origin)?.seq ?? 0)
    moved ||= further
    if (further) session.complaints.delete(origin)
    if (mark) session.marks.set(origin, mark)
    else session.marks.delete(origin)
    // Someone else pushes an origin of the same name: a cloned disk.
    if (mark && mark.seq > (session.source.head(origin)?.seq ?? 0)) hold(session, { code: 'fork', origin, have: mark.seq })
  }
  const before = session.skip.size
  for (const refusal of welcome.refused) hold(session, refusal)
  if (moved) session.limits = { events: Math.min(session.load.events, session.limits.events * 2), bytes: Math.min(session.load.bytes, session.limits.bytes * 2) }
  return moved || session.skip.size > before
}

function marksAfter(marks: ReadonlyMap<string, Mark>, batches: readonly WireBatch[]): ReadonlyMap<string, Mark> {
  const after = new Map(marks)
  for (const { origin, first, data, hash } of batches) after.set(origin, { seq: first + data.length - 1, hash })
  return after
}
