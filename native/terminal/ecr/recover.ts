import { setTimeout as delay } from 'node:timers/promises'
import type { ChargeIntent, ChargeOptions, ChargeResult } from '../port.ts'
import { answersSale, judged, readFinding, type Finding } from './match.ts'
import type { EcrMessage } from './message.ts'
import type { EcrProfile, Recovery } from './profile.ts'
import { referenceField, withoutAnswer } from './result.ts'
import type { EcrSession, Query } from './session.ts'

interface Case {
  readonly session: EcrSession
  readonly profile: EcrProfile
  readonly exponent: number
  readonly intent: ChargeIntent
  readonly record: ChargeOptions['record']
}

/** The inquiry of a method; null when this bank has none. */
function queryFor(method: Recovery, { profile, intent }: Case): Query {
  const { inquiry, last } = profile.codes
  if (method === 'last') return last === null ? null : { code: last, fields: [] }
  return inquiry === null || !profile.reference ? null : { code: inquiry, fields: referenceField(intent.reference, profile) }
}

const isSaleAnswer = (message: EcrMessage, { intent, profile, exponent }: Case): boolean =>
  [profile.codes.sale, profile.codes.qrSale, profile.codes.refund].some((code) => code !== null && answersSale(message, intent, code, profile, exponent))

/** What a round of asking came to; `silent`: the terminal gave no answer, it may be busy with the sale. */
type Heard = Finding | 'silent'

/** Asks in one way. The answer to the sale itself may come instead, late or again; it counts just the same. */
async function inquire(method: Recovery, about: Case): Promise<Heard> {
  const { session, profile, exponent, intent, record } = about
  const query = queryFor(method, about)
  if (!query) return 'unsure'
  let finding: Heard = 'silent'
  await session.ask(query, {
    answerMs: profile.times.inquiryMs,
    isAnswer: (message, accepted) => (message.code === query.code ? accepted : isSaleAnswer(message, about)),
    settle: (message) => {
      const found = message.code === query.code ? readFinding(message, intent, method, profile, exponent) : judged(message, intent, exponent)
      if (typeof found !== 'string' && found.outcome !== 'unknown') record(found)
      finding = found
    },
  })
  return finding
}

/** An answer that came when nobody waited for it any more. */
function lateAnswer(about: Case): ChargeResult | null {
  const { session, intent, exponent, record } = about
  const message = [...session.orphans].findLast((one) => isSaleAnswer(one, about))
  if (!message) return null
  const result = judged(message, intent, exponent)
  if (result.outcome !== 'unknown') record(result)
  session.orphans.delete(message)
  return result
}

/** One round of all methods: the first result, else what promises most. A bank without any method can only be listened to. */
async function askAll(about: Case): Promise<Heard> {
  const heard: Heard[] = []
  for (const method of about.profile.recovery) {
    const finding = await inquire(method, about)
    if (typeof finding !== 'string') return finding
    heard.push(finding)
  }
  const late = lateAnswer(about)
  if (late) return late
  if (heard.includes('absent')) return 'absent'
  return heard.includes('unsure') && !heard.includes('silent') ? 'unsure' : 'silent'
}

/** When no answer tells: declined if there was no such sale and none can come any more, else a person has to look. */
function withoutResult({ intent, record }: Case, finding: 'absent' | 'unsure' | 'silent', over: boolean): ChargeResult {
  if (finding !== 'absent' || !over) return withoutAnswer('unknown', intent, finding === 'absent' ? 'still-busy' : 'no-answer')
  const result = withoutAnswer('declined', intent, 'not-charged')
  record(result)
  return result
}

/**
 * Finds out what became of an unknown sale without ever sending it again. While the sale may still be going on at the terminal, "not found" is
 * asked again, and silence too; afterwards it is the end: declined where that is certain, else unknown, and a person looks at the terminal's slip.
 * An answer that proves nothing is unknown at once.
 * @param about.intent its `at` is the wall clock's; a clock that was set back only makes this wait longer
 */
export async function recoverSale(about: Case, signal?: AbortSignal): Promise<ChargeResult> {
  const { intent, profile, session } = about
  const { ackMs, tries, responseMs, pollMs } = profile.times
  const longest = ackMs * tries + responseMs
  const left = Math.min(longest, Math.max(0, intent.at + longest - Date.now()))
  const end = performance.now() + (profile.recovery.length === 0 ? Math.max(left, pollMs) : left)
  for (;;) {
    const over = performance.now() >= end
    await session.open(signal)
    const finding = await askAll(about)
    if (typeof finding !== 'string') return finding
    if (over || signal?.aborted || finding === 'unsure') return withoutResult(about, finding, over)
    await delay(Math.min(pollMs, Math.max(0, end - performance.now())), undefined, signal ? { signal } : {}).catch(() => undefined)
  }
}
