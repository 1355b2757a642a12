import { describe, expect, it } from 'vitest'
import { decodeApdu, encodeApdu, type Apdu } from './apdu.ts'
import { flowStep, initialFlow, type FlowAction, type FlowInput, type FlowState } from './flow.ts'

const timers = { gapMs: 200, ackMs: 5_000, answerMs: 5_000, completionMs: 180_000, pollMs: 2_000 }

function apdu(hex: string): Apdu {
  const found = decodeApdu(Uint8Array.from(Buffer.from(hex, 'hex')))
  if (!found) throw new Error(`no APDU: ${hex}`)
  return found
}

/** `<` what the terminal says; words are other inputs. */
function inputOf(text: string): FlowInput {
  if (text.startsWith('<')) return { kind: 'apdu', apdu: apdu(text.slice(1)) }
  if (text === 'taken' || text === 'not taken') return { kind: 'status-done', taken: text === 'taken' }
  return { kind: text as 'timeout' | 'lost' | 'abort' }
}

/** `>` what we send, `T` a time limit in seconds, else the action and what matters of it. */
function textOf(action: FlowAction): string {
  switch (action.kind) {
    case 'send':
      return `>${Buffer.from(encodeApdu(action.apdu)).toString('hex')}`
    case 'wait':
      return `T${action.ms / 1_000}`
    case 'status':
      return `status ${action.status.resultCode}${action.again ? ' again' : ''}`
    case 'progress':
      return `progress ${action.code}`
    case 'print':
      return 'print'
    case 'end':
      return `end ${action.end.kind}${'code' in action.end ? ` ${action.end.code.toString(16)}` : ''}`
  }
}

function play(inputs: readonly string[]): { readonly state: FlowState; readonly told: readonly string[] } {
  let state = initialFlow
  const told: string[] = []
  for (const input of inputs) {
    const step = flowStep(state, inputOf(input), timers)
    state = step.state
    told.push(step.actions.map(textOf).join(' '))
  }
  return { state, told }
}

const approved = '<040f022700'
const declined = '<040f022705'

describe('a command and its answers', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a sale that is paid', ['<800000', '<04ff010a', approved, 'taken', '<060f00'], ['T180', 'progress 10 >800000 T180', 'status 0', '>800000 T180', '>800000 end completed']],
    ['T4 that 04 FF brings: 5 minutes', ['<800000', '<04ff020a05'], ['T180', 'progress 10 >800000 T300']],
    ['the same 04 0F again is answered, not booked twice', ['<800000', approved, 'taken', approved], ['T180', 'status 0', '>800000 T180', '>800000 T180']],
    ['another 04 0F is a contradiction', ['<800000', approved, 'taken', declined], ['T180', 'status 0', '>800000 T180', 'status 5 again']],
    ['a payment we do not take is undone', ['<800000', approved, 'not taken', approved], ['T180', 'status 0', '>846600 T180', '>846600 T180']],
    ['refused at once', ['<849c00'], ['end refused 9c']],
    ['84 00 is positive', ['<840000', '<060f00'], ['T180', '>800000 end completed']],
    ['declined: 04 0F, then 06 1E', ['<800000', declined, 'taken', '<061e0105'], ['T180', 'status 5', '>800000 T180', '>800000 end aborted 5']],
    ['cancelled without a 04 0F', ['<800000', '<061e016c'], ['T180', '>800000 end aborted 6c']],
    ['what is left of the conversation with a till that died: not about this command', [approved, '<060f00', '<800000', '<060f00'], ['>846600', '>800000', 'T180', '>800000 end completed']],
    ['slips', ['<800000', '<06d10180', '<06d3020600'], ['T180', 'print >800000 T180', 'print >800000 T180']],
    ['a command that is none of ours', ['<800000', '<06e000'], ['T180', '>848300']],
    ['T3', ['timeout', '<800000'], ['end no-answer', '']],
    ['T4', ['<800000', 'timeout'], ['T180', 'end no-answer']],
    ['the line breaks', ['<800000', 'lost', 'lost'], ['T180', 'end line-broken', '']],
    ['abort asks, and what the terminal had done decides', ['<800000', 'abort', '<800000', approved], ['T180', '>06b000', '', 'status 0']],
    ['abort refused: it goes on', ['<800000', 'abort', '<848300', '<060f00'], ['T180', '>06b000', '', '>800000 end completed']],
  ])('%s', (_name, inputs, told) => {
    expect(play(inputs).told).toEqual(told)
  })
})
