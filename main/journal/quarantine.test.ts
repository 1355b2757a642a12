import { expect, it, onTestFinished } from 'vitest'
import { Journal } from './journal.ts'

const help = { type: 'help.asked', subject: 'kiosk-1', data: { station: 'kiosk-1' } } as const

it('what the views could not take is taken by a retry, once they can, and each for itself', () => {
  const taken: string[] = []
  let refused = ['kiosk-1', 'kiosk-2']
  const views = () => ({ subject }: { readonly subject: string }) => {
    if (refused.includes(subject)) throw new Error('no view takes this')
    taken.push(subject)
  }
  const [station, hub] = [new Journal({ file: ':memory:', station: 'kiosk-1', views: () => () => undefined, now: Date.now }), new Journal({ file: ':memory:', station: 'hub', views, now: Date.now })]
  onTestFinished(() => [station, hub].forEach((one) => one.close()))
  hub.appendReplica(station.append('system', [help, { ...help, subject: 'kiosk-2' }]))
  expect(hub.quarantine.list().map(({ subject }) => subject)).toEqual(['kiosk-1', 'kiosk-2'])
  expect(hub.quarantine.retry()).toBe(0)
  refused = ['kiosk-2']
  expect(hub.quarantine.retry()).toBe(1)
  expect(taken).toEqual(['kiosk-1'])
  expect(hub.quarantine.list().map(({ subject }) => subject)).toEqual(['kiosk-2'])
})
