import { ack, nak } from './frame.ts'
import type { EcrLink, LinkEvent } from './link.ts'
import { firstState, step, type ExchangeEnd, type ExchangeInput, type ExchangeState } from './machine.ts'
import type { EcrMessage } from './message.ts'
import type { EcrTimes } from './profile.ts'

/** What to say and how to take the answer. */
export interface ExchangeRequest {
  readonly frame: Uint8Array
  readonly echo: boolean
  /** Whether a response answers this request; one that doesn't is left to the caller of `offer`. */
  readonly isAnswer: (message: EcrMessage, accepted: boolean) => boolean
  /** Stores the answer durably. It runs before the ACK that ends the terminal's resends; when it throws, no ACK is sent. */
  readonly settle: (message: EcrMessage) => void
  /** From ACK to the response. */
  readonly answerMs: number
  readonly onAccepted?: () => void
}

/** `answered` carries the message, with the fields of all its parts. `not-stored`: it came, but `settle` failed. */
export type ExchangeOutcome =
  | { readonly end: 'answered'; readonly message: EcrMessage }
  | { readonly end: 'not-stored'; readonly cause: unknown }
  | { readonly end: Exclude<ExchangeEnd, 'answered'> }

export interface Exchange {
  readonly outcome: Promise<ExchangeOutcome>
  /** Hands over what came; false when it isn't for this exchange. */
  offer(event: LinkEvent, message: EcrMessage | null): boolean
  /** The terminal has acknowledged the request. */
  accepted(): boolean
}

/** Sends a request over an open link and runs the timers of its state machine. */
export function startExchange(link: EcrLink, request: ExchangeRequest, times: EcrTimes): Exchange {
  const done = Promise.withResolvers<ExchangeOutcome>()
  const rules = { tries: times.tries, echo: request.echo }
  let state: ExchangeState = firstState
  let timer: NodeJS.Timeout | undefined
  let parts: EcrMessage[] = []

  const disarm = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  /** When the process was held up, the timer fires before bytes that came in time are handed over: those go first, or a sale were sent twice. */
  const arm = (ms: number): void => {
    disarm()
    const mine = setTimeout(() => setImmediate(() => timer === mine && take('timeout')), ms)
    timer = mine
  }
  const send = (bytes: Uint8Array): void => void link.write(bytes).catch(() => take('lost'))
  const take = (input: ExchangeInput): void => {
    const next = step(state, input, rules)
    const [before, now] = [state, next.state]
    state = now
    if (before.phase === 'sent' && now.phase === 'accepted') request.onAccepted?.()
    if (next.timer === 'ack') arm(times.ackMs)
    if (next.timer === 'response') arm(request.answerMs)
    if (next.timer === 'none') disarm()
    if (next.send) send(next.send === 'nak' ? nak : request.frame)
    if (before.phase !== 'ended' && now.phase === 'ended' && now.end !== 'answered') done.resolve({ end: now.end })
  }

  const answer = (last: EcrMessage): void => {
    const message = { ...last, fields: [...parts, last].flatMap((part) => part.fields) }
    take('answer')
    try {
      request.settle(message)
    } catch (cause) {
      return done.resolve({ end: 'not-stored', cause })
    }
    const answered = (): void => done.resolve({ end: 'answered', message })
    link.write(ack).then(answered, answered)
  }

  send(request.frame)
  arm(times.ackMs)
  return {
    outcome: done.promise,
    accepted: () => state.phase === 'accepted',
    offer(event, message) {
      if (state.phase === 'ended') return false
      if (event.kind !== 'frame') {
        take(event.kind)
        return true
      }
      if (message?.kind !== 'response' || !request.isAnswer(message, state.phase === 'accepted')) return false
      if (!message.more) answer(message)
      else {
        parts = [...parts, message]
        take('more')
        send(ack)
      }
      return true
    },
  }
}
