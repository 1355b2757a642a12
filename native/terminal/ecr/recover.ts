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

/** Asks in one way. The answer to the sale itself may come instead, late or again; it counts just the same. */
async function inquire(method: Recovery, about: Case): Promise<Finding> {
  const { session, profile, exponent, intent, record } = about
  const query = queryFor(method, about)
  if (!query) return 'unsure'
  let finding: Finding = 'unsure'
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

/** One round of all methods: the first result, else `absent` if any method said so. */
async function askAll(about: Case): Promise<Finding> {
  let verdict: Finding = 'unsure'
  for (const method of about.profile.recovery) {
    const finding = await inquire(method, about)
    if (typeof finding !== 'string') return finding
    if (finding === 'absent') verdict = 'absent'
  }
  return lateAnswer(about) ?? verdict
}

/**
 * Finds out what became of an unknown sale without ever sending it again. While the sale may still be going on at the terminal, "not found" is
 * asked again; afterwards it is the end: declined where that is certain, else unknown, and a person looks at the terminal's slip.
 * @param about.intent its `at` is the wall clock's; a clock that was set back only makes this wait longer
 */
export async function recoverSale(about: Case, signal?: AbortSignal): Promise<ChargeResult> {
  const { intent, profile, session, record } = about
  const { responseMs, pollMs } = profile.times
  const open = Math.min(responseMs, Math.max(0, intent.at + responseMs - Date.now()))
  const end = performance.now() + (profile.recovery.length === 0 ? Math.max(open, pollMs) : open)
  for (;;) {
    await session.open(signal)
    const finding = await askAll(about)
    if (typeof finding !== 'string') return finding
    const left = end - performance.now()
    if (signal?.aborted || left <= 0) {
      if (finding === 'unsure' || left > 0) return withoutAnswer('unknown', intent, finding === 'absent' ? 'still-busy' : 'no-answer')
      const result = withoutAnswer('declined', intent, 'not-charged')
      record(result)
      return result
    }
    await delay(Math.min(pollMs, left), undefined, signal ? { signal } : {}).catch(() => undefined)
  }
}
