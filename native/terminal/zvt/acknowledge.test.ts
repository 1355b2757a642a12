import { describe, expect, it } from 'vitest'
import { ackStep, initialAck, type AckAction, type AckInput } from './acknowledge.ts'
import { encodeFrame } from './frame.ts'

const sale = Uint8Array.of(0x06, 0x01, 0x00)
const done = Uint8Array.of(0x80, 0x00, 0x00)
const line = Uint8Array.of(0x06, 0xd1, 0x01, 0x00)
const frames = new Map([sale, done, line].map((apdu) => [Buffer.from(encodeFrame(apdu)).toString('hex'), Buffer.from(apdu).toString('hex')]))

const inputs: Readonly<Record<string, AckInput>> = {
  'send sale': { kind: 'send', apdu: sale },
  'send done': { kind: 'send', apdu: done },
  ack: { kind: 'ack' },
  nak: { kind: 'nak' },
  T2: { kind: 'timeout' },
  bad: { kind: 'bad' },
  done: { kind: 'frame', apdu: done },
  line: { kind: 'frame', apdu: line },
}

function textOf(action: AckAction): string {
  if (action.kind === 'write-frame') return `frame ${frames.get(Buffer.from(action.bytes).toString('hex'))}`
  if (action.kind === 'write') return Buffer.from(action.bytes).toString('hex')
  return action.kind === 'deliver' ? `deliver ${Buffer.from(action.apdu).toString('hex')}` : action.kind
}

function play(names: readonly string[]): readonly string[] {
  let state = initialAck
  return names.map((name) => {
    const input = inputs[name]
    if (!input) throw new Error(`no input ${name}`)
    const step = ackStep(state, input)
    state = step.state
    return step.actions.map(textOf).join(', ')
  })
}

describe('acknowledgement on a serial line', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['sent and acknowledged', ['send sale', 'ack', 'T2'], ['frame 060100', 'acknowledged', '']],
    ['NAK: at once again', ['send sale', 'nak', 'ack'], ['frame 060100', 'frame 060100', 'acknowledged']],
    ['three transmissions, then given up', ['send sale', 'T2', 'nak', 'T2'], ['frame 060100', 'frame 060100', 'frame 060100', 'give-up']],
    ['one frame at a time', ['send sale', 'send done', 'ack', 'ack'], ['frame 060100', '', 'acknowledged, frame 800000', 'acknowledged']],
    ['an ACK that was lost is said by the answer', ['send sale', 'done', 'T2'], ['frame 060100', '06, acknowledged, deliver 800000', '']],
    ['a repetition is acknowledged, not delivered, and our answer goes out again', ['line', 'send done', 'line', 'ack'], ['06, deliver 06d10100', 'frame 800000', '06, frame 800000', 'acknowledged']],
    ['the same line twice, each answered, is two lines', ['line', 'send done', 'ack', 'line'], ['06, deliver 06d10100', 'frame 800000', 'acknowledged', '06, deliver 06d10100']],
    ['a bad frame is answered with NAK', ['bad'], ['15']],
  ])('%s', (_name, steps, told) => {
    expect(play(steps)).toEqual(told)
  })
})
