import { describe, expect, it } from 'vitest'
import type { IssuedTicket } from '#contract/kiosk.ts'
import { freshSession, screenKey, stepSession, type Session, type SessionAction } from './session.ts'

const run = (...actions: readonly SessionAction[]): Session => actions.reduce(stepSession, freshSession)
const issued = (id: string, slip: IssuedTicket['slip']) => ({ ticket: { id }, slip }) as IssuedTicket
const chosen: readonly SessionAction[] = [
  { kind: 'find', mode: 'ticket' },
  { kind: 'keyboard', open: true },
  { kind: 'query', query: 'khai sinh' },
  { kind: 'choose', code: '1.001193' },
]

describe('the way of one citizen', () => {
  it('closes the keyboard when a procedure is chosen and keeps the words typed', () => {
    expect(run(...chosen).screen).toEqual({ kind: 'find', mode: 'ticket', query: 'khai sinh', service: null, keyboard: false, code: '1.001193' })
  })

  it('forgets the papers of one procedure when another is chosen', () => {
    const session = run(...chosen, { kind: 'answer', paper: 'Giấy chứng sinh', have: true }, { kind: 'choose', code: '2.000635' })
    expect(session.answers).toEqual({})
  })

  it('comes back from the priority groups to the same procedure, with the group and the answers', () => {
    const session = run(...chosen, { kind: 'answer', paper: 'Tờ khai', have: false }, { kind: 'ask-priority' }, { kind: 'priority', group: 'elderly' })
    expect(session.screen).toMatchObject({ kind: 'find', code: '1.001193' })
    expect(session).toMatchObject({ priority: 'elderly', answers: { 'Tờ khai': false } })
  })

  it('steps back from keyboard to list, from procedure to list, from list to the start', () => {
    const keys = run({ kind: 'find', mode: 'browse' }, { kind: 'keyboard', open: true })
    const list = stepSession(keys, { kind: 'back' })
    expect(list.screen).toMatchObject({ kind: 'find', keyboard: false })
    expect(stepSession(list, { kind: 'back' })).toEqual(freshSession)
    expect(run(...chosen, { kind: 'back' }).screen).toMatchObject({ kind: 'find', code: null, query: 'khai sinh' })
  })

  it('goes back from "no paper" and from a refusal to what was being asked', () => {
    expect(run(...chosen, { kind: 'no-paper' }, { kind: 'back' }).screen).toMatchObject({ kind: 'find', code: '1.001193' })
    const refused = run(...chosen, { kind: 'no-paper' }, { kind: 'refused', refusal: { ok: false, code: 'REFUSED', reason: 'closed', details: {} } })
    expect(stepSession(refused, { kind: 'back' }).screen).toMatchObject({ kind: 'find', code: '1.001193' })
  })

  it('takes the slip of its own ticket only', () => {
    const shown = run(...chosen, { kind: 'issued', issued: issued('t1', 'printing'), onScreen: false })
    expect(stepSession(shown, { kind: 'slip', issued: issued('t2', 'printed') })).toBe(shown)
    expect(stepSession(shown, { kind: 'slip', issued: issued('t1', 'printed') }).screen).toMatchObject({ issued: { slip: 'printed' } })
  })

  it('wipes everything', () => {
    expect(run(...chosen, { kind: 'answer', paper: 'Tờ khai', have: true }, { kind: 'ask-priority' }, { kind: 'priority', group: 'merit' }, { kind: 'help', state: 'asked' }, { kind: 'wipe' })).toEqual(freshSession)
  })

  it('never leaves a screen without a way back to the start', () => {
    const ends = [
      run({ kind: 'service', service: 'T' }),
      run({ kind: 'find', mode: 'ticket' }, { kind: 'filter', service: 'A' }, { kind: 'service', service: 'A' }, { kind: 'ask-priority' }),
      run(...chosen, { kind: 'no-paper' }),
      run(...chosen, { kind: 'issued', issued: issued('t1', 'printed'), onScreen: false }),
    ]
    for (const end of ends) {
      let session = end
      for (let step = 0; step < 6; step++) session = stepSession(session, { kind: 'back' })
      expect(session).toMatchObject({ screen: { kind: 'start' } })
    }
  })
})

describe('screenKey', () => {
  it('stays the same while typing and changes with the procedure', () => {
    const typing = run({ kind: 'find', mode: 'ticket' }, { kind: 'query', query: 'k' })
    expect(screenKey(typing.screen)).toBe(screenKey(stepSession(typing, { kind: 'query', query: 'kh' }).screen))
    expect(screenKey(run(...chosen).screen)).not.toBe(screenKey(typing.screen))
  })
})
