import { describe, expect, it } from 'vitest'
import { acceptedView, calledView, centralLostView, counterView, crowdedView, emptyView, hubLostView, idleView, pausedView, troubledView } from '../dev/counter-views.ts'
import { actionForKey, actionsOf, keyName, phaseOf, primaryOf, queueKeys, type Press } from './actions.ts'
import { alertsOf, bandOf, shownAlerts } from './alerts.ts'
import { maskedId, rowModel, shortCode } from './rows.ts'

const press = (key: string, more: Partial<Press> = {}): Press => ({ key, code: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, repeat: false, ...more })
const why = (view: typeof counterView) => Object.fromEntries(actionsOf(view).map((action) => [action.id, action.why]))
const views = { counterView, calledView, idleView, emptyView, pausedView, acceptedView, hubLostView, crowdedView }

describe('key names', () => {
  it.each([
    [press('F2'), 'F2'], [press('n', { altKey: true, code: 'KeyN' }), 'Alt N'], [press('k', { ctrlKey: true, code: 'KeyK' }), 'Ctrl K'], [press('Escape'), 'Esc'], [press('Enter'), 'Enter'],
    [press('a'), null], [press('F2', { repeat: true }), null], [press('F2', { shiftKey: true }), null], [press('n', { altKey: true, ctrlKey: true, code: 'KeyN' }), null],
  ])('%j', (event, name) => expect(keyName(event)).toBe(name))

  it('reads the key cap, not the letter that a Vietnamese input tool made of it', () => expect(keyName(press('Đ', { altKey: true, code: 'KeyL' }))).toBe('Alt L'))

  it('uses none of the keys of browsers and of input tools', () => {
    const taken = ['F5', 'F11', 'F12', 'Ctrl N', 'Ctrl T', 'Ctrl W', 'Alt D', 'Alt E', 'Alt F', 'Alt Z']
    expect(Object.values(queueKeys).filter((key) => taken.includes(key))).toEqual([])
  })
})

describe('what can be done', () => {
  it('while serving: take in, finish and call, finish, hold, transfer; recall and absent say why not', () => {
    expect(phaseOf(counterView)).toBe('serving')
    expect(why(counterView)).toMatchObject({ intake: null, 'call-next': null, finish: null, hold: null, transfer: null, recall: 'already-serving', 'no-show': 'already-serving' })
    expect(primaryOf(actionsOf(counterView))?.id).toBe('intake')
  })
  it('after a call: start is the primary; the next one waits for an answer', () => {
    expect(why(calledView)).toMatchObject({ start: null, recall: null, 'no-show': null, 'call-next': 'answer-call-first', finish: 'not-started' })
    expect(primaryOf(actionsOf(calledView))?.id).toBe('start')
  })
  it('after a dossier was accepted, finish and call is the primary', () => expect(primaryOf(actionsOf(acceptedView))?.id).toBe('call-next'))
  it('idle, empty, paused', () => {
    expect([why(idleView)['call-next'], why(emptyView)['call-next'], why(pausedView)['call-next']]).toEqual([null, 'nobody-waiting', 'paused'])
    expect(primaryOf(actionsOf(pausedView))?.id).toBe('unpause')
    expect(primaryOf(actionsOf(emptyView))).toBeNull()
  })
  it('without the hub the counter goes on with what is leased to it, and says when that is used up', () => {
    const { intake, finish, hold } = why(hubLostView)
    expect([intake, finish, hold]).toEqual([null, null, null])
    const idle = { ...hubLostView, current: null }
    expect([why(idle)['call-next'], why({ ...idle, mine: [] })['call-next']]).toEqual([null, 'hub-lost'])
  })
  it.each(Object.entries(views))('%s: no key twice, at most one primary, always something to press', (_, view) => {
    const actions = actionsOf(view)
    const keys = actions.flatMap((action) => (action.key === null ? [] : [action.key]))
    expect(new Set(keys).size).toBe(keys.length)
    expect(actions.filter((action) => action.rank === 'primary').length).toBe(1)
    expect(actions.some((action) => action.why === null)).toBe(true)
    expect(actionForKey(actions, 'F2')?.id).toBe('call-next')
  })
})

describe('rows', () => {
  it('says the one thing that matters under the title', () => {
    expect(counterView.mine.map((row) => rowModel(row).sub.kind)).toEqual(['priority', 'priority', 'papers', 'papers', 'papers', 'booked', 'undeclared', 'returned', 'papers'])
    expect(rowModel(counterView.mine[0] ?? crash()).papers).toEqual({ kind: 'papers', missing: 0 })
    expect(counterView.held.map((row) => rowModel(row).sub.kind)).toEqual(['held'])
    expect(counterView.absent.map((row) => rowModel(row).sub)).toMatchObject([{ kind: 'absent', calls: 3 }])
  })
  it('hides the middle of a number and the front of a code', () => {
    expect([maskedId('066194004827'), maskedId('C123'), shortCode('H15.50.05.13-261118-0027'), shortCode('A012')]).toEqual(['0661****4827', '****', '…261118-0027', 'A012'])
  })
})

describe('alerts', () => {
  it('puts danger first and shows two', () => {
    const alerts = alertsOf(troubledView)
    expect(alerts.map((alert) => alert.tone)).toEqual(['danger', 'warn', 'info'])
    expect(shownAlerts(alerts, false)).toMatchObject({ more: 1, shown: [{ kind: 'print' }, { kind: 'print' }] })
    expect(shownAlerts(alerts, true).more).toBe(0)
    expect(alertsOf(counterView)).toEqual([])
  })
  it('one band: the hub before the province', () => {
    expect([bandOf(counterView), bandOf(centralLostView)?.kind, bandOf({ ...centralLostView, hubLostSince: 1 })?.kind]).toEqual([null, 'central', 'hub'])
  })
})

function crash(): never {
  throw new Error('no first row')
}
