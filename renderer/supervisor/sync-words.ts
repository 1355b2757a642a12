import type { SyncView } from '#contract/shared.ts'
import type { MessageKey } from '../i18n/catalogue.ts'
import type { Tone } from '../ui/status.tsx'

type TagTone = 'green' | 'yellow' | 'red' | 'neutral'
type StateKey = MessageKey & `sync.state.${string}`

/** State of a peer in one word or two. */
export function stateOf(peer: SyncView): { readonly key: StateKey; readonly tone: TagTone } {
  if (peer.refused && peer.lostSince === null) return { key: 'sync.state.refused', tone: 'red' }
  if (peer.stalledSince != null) return { key: 'sync.state.stalled', tone: 'red' }
  if (peer.lostSince !== null) return { key: 'sync.state.lost', tone: 'yellow' }
  if (peer.lastContact === null) return { key: 'sync.state.never', tone: 'neutral' }
  if (peer.waiting > 0) return { key: 'sync.state.sending', tone: 'neutral' }
  return peer.nothingComes === true ? { key: 'sync.state.nothing', tone: 'yellow' } : { key: 'sync.state.ok', tone: 'green' }
}

const worded = ['unauthorised', 'revoked', 'too-old', 'too-new', 'unknown-origin', 'bad-hash'] as const
type Refused = `sync.refused.${(typeof worded)[number] | 'fork' | 'fork.other' | 'unpaired' | 'other'}`
type ProblemKey = 'sync.lost' | 'sync.stranger' | 'sync.stalled' | 'sync.nothing' | 'sync.atHub' | Refused

export interface Problem {
  readonly tone: Tone
  readonly title: ProblemKey
  readonly next: `${ProblemKey}.next`
  /** The way out is the command `station new-epoch`. */
  readonly command: boolean
}

/** What is wrong with a peer and what to do; null when nothing is. Why it refuses says most; a machine that answers and takes nothing is more than lost. */
export function problemOf(peer: SyncView): Problem | null {
  const refused = peer.refused && peer.lostSince === null ? peer.refused : null
  // The hub's trouble with central: what this machine would do about it, it would do to the wrong data.
  if (peer.ofHub === true && (refused ?? peer.stalledSince ?? null) !== null) return { tone: 'danger', title: 'sync.atHub', next: 'sync.atHub.next', command: false }
  if (refused) return refusalOf(peer.peer, refused.code, refused.own)
  if (peer.lostBecause === 'other-certificate') return { tone: 'danger', title: 'sync.stranger', next: 'sync.stranger.next', command: false }
  if (peer.stalledSince != null) return { tone: 'danger', title: 'sync.stalled', next: 'sync.stalled.next', command: false }
  if (peer.lostSince !== null) return { tone: 'warn', title: 'sync.lost', next: 'sync.lost.next', command: false }
  return peer.nothingComes === true ? { tone: 'warn', title: 'sync.nothing', next: 'sync.nothing.next', command: false } : null
}

function refusalOf(peer: SyncView['peer'], code: string, own: boolean): Problem {
  if (code === 'fork') return { tone: 'danger', title: own ? 'sync.refused.fork' : 'sync.refused.fork.other', next: own ? 'sync.refused.fork.next' : 'sync.refused.fork.other.next', command: true }
  // The hub's keys come by pairing, central's from whoever runs it.
  if (peer === 'hub' && code === 'unauthorised') return { tone: 'danger', title: 'sync.refused.unpaired', next: 'sync.refused.unpaired.next', command: false }
  const known = worded.find((one) => one === code) ?? 'other'
  return { tone: 'danger', title: `sync.refused.${known}`, next: `sync.refused.${known}.next`, command: false }
}

const becauses = ['silent', 'no-connection', 'slow-answer', 'answer-too-long', 'no-progress', 'no-clear-answer'] as const

/** Reasons of our own for not reaching a peer have words; what the system says is shown as it is. */
export function becauseKey(reason: string): `sync.because.${(typeof becauses)[number]}` | null {
  const known = becauses.find((one) => one === reason.replaceAll(' ', '-'))
  return known === undefined ? null : `sync.because.${known}`
}

/** How long the oldest has waited, in one unit: `12:00` beside times of day would be noon. */
export function lagOf(ms: number): { readonly key: `sync.lag.${'moment' | 'minutes' | 'hours' | 'days'}`; readonly count: number } {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return { key: 'sync.lag.moment', count: 1 }
  if (minutes < 120) return { key: 'sync.lag.minutes', count: minutes }
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? { key: 'sync.lag.hours', count: hours } : { key: 'sync.lag.days', count: Math.floor(hours / 24) }
}

const whats = { 'dossier.accepted': 'sync.what.dossier.accepted', ticket: 'sync.what.ticket', payment: 'sync.what.payment', rating: 'sync.what.rating' } as const

/** What kind of thing an event type is about. */
export function whatKey(type: string): (typeof whats)[keyof typeof whats] | 'sync.what.other' {
  const group = type === 'dossier.accepted' ? type : type.split('.')[0]
  return Object.entries(whats).find(([name]) => name === group)?.[1] ?? 'sync.what.other'
}

/** Kinds of what comes down that have words; one of a later version is shown by its name. */
const kinds = ['calendar', 'procedure', 'price', 'staff', 'status', 'online', 'appointment', 'erasure'] as const

export function kindKey(kind: string): `sync.received.${(typeof kinds)[number]}` | null {
  const known = kinds.find((one) => one === kind)
  return known === undefined ? null : `sync.received.${known}`
}

const reasons = ['duplicate', 'another-office', 'unknown-procedure', 'impossible-amount', 'malformed'] as const

export function reasonKey(reason: string): `sync.reason.${(typeof reasons)[number] | 'other'}` {
  return `sync.reason.${reasons.find((one) => one === reason) ?? 'other'}`
}
