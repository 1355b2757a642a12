import { isDeepStrictEqual } from 'node:util'
import { parseJson, readEvents, readHello } from '#sync/protocol/read.ts'
import { readRefusal, readWelcome } from '#sync/protocol/read-answer.ts'
import { Random } from './random.ts'
import { spoiled } from './spoil.ts'

export interface MessageRun {
  readonly messages: number
  readonly crashes: number
  /** A good message right after rubbish was not taken as it is. */
  readonly missed: number
  readonly example: string | null
}

/** A kind of message: a good one, and its reader, which answers undefined to anything else. */
interface Kind {
  readonly read: (value: unknown) => unknown
  readonly good: (random: Random) => unknown
}

const hash = (random: Random): string => Array.from({ length: 8 }, () => random.below(2 ** 32).toString(16).padStart(8, '0')).join('')
const origin = (random: Random): string => `quay-${random.below(99)}.${hash(random).slice(0, 8)}`

function batch(random: Random): unknown {
  const rows = 1 + random.below(4)
  const column = <T>(item: () => T): T[] => Array.from({ length: rows }, item)
  return {
    origin: origin(random), first: 1 + random.below(1_000), prev: hash(random), hash: hash(random), at: column(() => 1_795_000_000_000 + random.below(1_000_000)),
    actor: column(() => 'hanh'), type: column(() => 'ticket.issued'), version: column(() => 1), subject: column(() => `t${random.below(99)}`),
    data: column(() => JSON.stringify({ number: random.text(4, 'A0123456789'), title: 'Đăng ký khai sinh' })),
  }
}

const kinds: readonly Kind[] = [
  { read: readHello, good: (random) => ({ protocol: 1, oldest: 1, office: 'H15.50.05.13', station: 'quay-3', origins: [origin(random)] }) },
  { read: readEvents, good: (random) => ({ protocol: 1, batches: Array.from({ length: 1 + random.below(2) }, () => batch(random)) }) },
  { read: readWelcome, good: (random) => ({ protocol: 1, epoch: hash(random), marks: { [origin(random)]: { seq: random.below(99), hash: hash(random) } }, encodings: ['br'], refused: [] }) },
  { read: readRefusal, good: (random) => ({ code: 'gap', origin: origin(random), have: random.below(99) }) },
]

const odd: readonly unknown[] = [null, true, -1, 1.5, 1e308, '', '\0', '\x1e', '\ud800', 'a'.repeat(300), [], {}, [[]], { length: 1 }, '__proto__', 2 ** 53]

/** The message with one of its values, somewhere inside, replaced, taken away or put twice. */
function bent(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.below(8) === 0) return random.pick(odd)
  const entries: [string, unknown][] = Object.entries(value)
  const at = random.below(entries.length)
  const changed = entries.flatMap(([key, item], index): [string, unknown][] => {
    if (index !== at) return [[key, item]]
    const way = random.below(6)
    return way === 0 ? [] : way === 1 ? [[key, item], [`${key}x`, item]] : [[key, bent(item, random)]]
  })
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed)
}

/** `count` spoiled messages, as bytes or as JSON with a wrong shape, each followed by a good one that must come through as it is. */
export function fuzzMessages(count: number, seed: number): MessageRun {
  const random = new Random(seed)
  const run = { messages: 0, crashes: 0, missed: 0, example: null as string | null }
  while (run.messages < count) {
    const kind = random.pick(kinds)
    const good = kind.good(random)
    const bytes = Buffer.from(JSON.stringify(good))
    const rubbish = random.below(4) === 0 ? Buffer.from(spoiled(bytes, random)) : Buffer.from(JSON.stringify(bent(good, random)) ?? '')
    run.messages++
    try {
      random.pick(kinds).read(parseJson(rubbish))
      kind.read(parseJson(rubbish))
      if (isDeepStrictEqual(kind.read(parseJson(bytes)), good)) continue
      run.missed++
    } catch {
      run.crashes++
    }
    run.example ??= rubbish.toString('utf8').slice(0, 500)
  }
  return run
}
