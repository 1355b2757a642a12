import { describe, expect, it } from 'vitest'
import { idleRule, idleState } from './idle.ts'

describe('the time-out', () => {
  it('is 20 s, the bar empties in the last 14 s, the question comes at 10 s', () => {
    const rule = idleRule(false, false)
    expect(idleState(rule, 0)).toEqual({ fraction: 1, secondsLeft: 20, warn: false, over: false })
    expect(idleState(rule, 6_000).fraction).toBe(1)
    expect(idleState(rule, 13_000)).toMatchObject({ fraction: 0.5, secondsLeft: 7 })
    expect(idleState(rule, 9_999).warn).toBe(false)
    expect(idleState(rule, 10_000)).toMatchObject({ secondsLeft: 10, warn: true, over: false })
    expect(idleState(rule, 19_999).over).toBe(false)
    expect(idleState(rule, 20_000)).toEqual({ fraction: 0, secondsLeft: 0, warn: true, over: true })
  })

  it('is 60 s where a number is copied, and three times as long in the special modes', () => {
    expect(idleState(idleRule(true, false), 7_000).secondsLeft).toBe(53)
    expect(idleState(idleRule(false, true), 0).secondsLeft).toBe(60)
    expect(idleState(idleRule(true, true), 0).secondsLeft).toBe(180)
  })

  it('counts added time, and a clock set back as no idle time', () => {
    expect(idleState(idleRule(true, false), 60_000, 60_000)).toMatchObject({ secondsLeft: 60, over: false })
    expect(idleState(idleRule(false, false), -5_000).secondsLeft).toBe(20)
  })
})
