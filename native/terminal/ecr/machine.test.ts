import { expect, it } from 'vitest'
import { firstState, step, type ExchangeInput, type ExchangeState } from './machine.ts'

/** Runs inputs through the machine and tells what it sent and how it stands. */
function run(inputs: readonly ExchangeInput[], { tries = 2, echo = false } = {}): { readonly sent: readonly string[]; readonly state: ExchangeState } {
  let state: ExchangeState = firstState
  const sent = ['request']
  for (const input of inputs) {
    const next = step(state, input, { tries, echo })
    state = next.state
    if (next.send) sent.push(next.send)
  }
  return { sent, state }
}

const ended = (end: string) => ({ phase: 'ended', end })

it.each([
  ['a sale as it should be', ['ack', 'answer'], ['request'], ended('answered')],
  ['the answer comes glued to nothing: the ACK was lost', ['answer'], ['request'], ended('answered')],
  ['NAK once: sent again', ['nak', 'ack', 'answer'], ['request', 'request'], ended('answered')],
  ['NAK each time: the terminal took nothing', ['nak', 'nak'], ['request', 'request'], ended('not-accepted')],
  ['silence: once more, then nobody knows', ['timeout', 'timeout'], ['request', 'request'], ended('no-ack')],
  ['silence, then NAK: the first may have been taken', ['timeout', 'nak'], ['request', 'request'], ended('no-ack')],
  ['after ACK it is never sent again', ['ack', 'nak', 'nak', 'ack', 'timeout'], ['request'], ended('no-response')],
  ['a damaged response is asked for again', ['ack', 'broken', 'broken', 'answer'], ['request', 'nak', 'nak'], ended('answered')],
  ['a damaged response instead of ACK delays our repetition', ['broken', 'answer'], ['request', 'nak'], ended('answered')],
  ['a message in two parts', ['ack', 'more', 'answer'], ['request'], ended('answered')],
  ['the line breaks after ACK', ['ack', 'lost', 'timeout'], ['request'], ended('lost')],
  ['an end is an end', ['ack', 'answer', 'nak', 'timeout', 'lost', 'broken'], ['request'], ended('answered')],
] as const)('%s', (_, inputs, sent, state) => {
  expect(run(inputs)).toEqual({ sent, state })
})

it('an echo ends with its ACK', () => {
  expect(run(['ack'], { echo: true }).state).toEqual(ended('acknowledged'))
})

it('no sequence of eight inputs sends a request after an ACK', () => {
  const inputs: readonly ExchangeInput[] = ['ack', 'nak', 'answer', 'more', 'broken', 'timeout', 'lost']
  let walked = 0
  const walk = (state: ExchangeState, acknowledged: boolean, depth: number): void => {
    walked++
    if (depth === 0 || state.phase === 'ended') return
    for (const input of inputs) {
      const next = step(state, input, { tries: 3, echo: false })
      if (acknowledged) expect(next.send).not.toBe('request')
      walk(next.state, acknowledged || input === 'ack', depth - 1)
    }
  }
  walk(firstState, false, 7)
  expect(walked).toBeGreaterThan(10_000)
})
