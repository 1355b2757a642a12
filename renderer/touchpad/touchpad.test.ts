import { describe, expect, it } from 'vitest'
import { tones, withoutLast, withTone } from './keyboard.ts'
import { initials, shortName } from '../ui/names.ts'
import { fractionLeft, nextRating, secondsLeft, type RatingInput, type RatingState } from './rating.ts'

const run = (...inputs: readonly RatingInput[]): RatingState => inputs.reduce<RatingState>(nextRating, { step: 'choose' })
const tap = (score: 1 | 2 | 3 | 4 | 5): RatingInput => ({ kind: 'tap', score })

describe('a rating', () => {
  it.each([3, 4, 5] as const)('goes out with one tap on %i', (score) => {
    expect(run(tap(score))).toEqual({ step: 'sending', vote: { score, reasons: [], other: '' } })
  })

  it('is not changed by a second tap', () => {
    expect(run(tap(5), tap(1))).toEqual(run(tap(5)))
    expect(run(tap(2), tap(5))).toEqual(run(tap(2)))
    expect(run(tap(5), { kind: 'answered', ok: true }, tap(1))).toEqual({ step: 'sent' })
  })

  it.each([1, 2] as const)('asks why after %i and sends the reasons chosen', (score) => {
    const state = run(tap(score), { kind: 'reason', reason: 'slow' }, { kind: 'reason', reason: 'unclear' }, { kind: 'reason', reason: 'slow' }, { kind: 'text', text: ' chờ ở hành lang ' }, { kind: 'send' })
    expect(state).toEqual({ step: 'sending', vote: { score, reasons: ['unclear'], other: 'chờ ở hành lang' } })
  })

  it('counts a low vote whose reasons are skipped or whose time runs out', () => {
    const sent = { step: 'sending', vote: { score: 1, reasons: [], other: '' } }
    expect(run(tap(1), { kind: 'skip' })).toEqual(sent)
    expect(run(tap(1), { kind: 'time-up' })).toEqual(sent)
  })

  it('is no answer when skipped before a tap, and stays open when the time runs out', () => {
    expect(run({ kind: 'skip' })).toEqual({ step: 'skipping' })
    expect(run({ kind: 'skip' }, tap(5))).toEqual({ step: 'skipping' })
    expect(run({ kind: 'time-up' })).toEqual({ step: 'choose' })
  })

  it('says when the station did not take it', () => {
    expect(run(tap(4), { kind: 'answered', ok: false })).toEqual({ step: 'not-sent' })
  })

  it('cuts the free text at what the station takes', () => {
    const state = run(tap(1), { kind: 'text', text: 'a'.repeat(900) })
    expect(state.step === 'why' && state.vote.other.length).toBe(500)
  })

  it('counts down in whole seconds, never below none', () => {
    expect([secondsLeft(30_000, 0), secondsLeft(30_000, 8_000), secondsLeft(30_000, 29_001), secondsLeft(30_000, 40_000)]).toEqual([30, 22, 1, 0])
    expect(fractionLeft(0, 30_000, 7_500)).toBe(0.75)
    expect(fractionLeft(0, 30_000, 40_000)).toBe(0)
  })
})

describe('names', () => {
  it.each([['Trần Thị Mỹ Hạnh', 'MH'], ['H’Hương Niê Kdăm', 'NK'], ['Y Thiên Niê', 'TN'], ['Đức', 'Đ'], ['', '']])('initials of %j are %j', (name, letters) => {
    expect(initials(name)).toBe(letters)
  })

  it('shortens the middle and never the given name', () => {
    expect(shortName('Nguyễn Hoàng Phương Uyên Thảo', 22)).toBe('Nguyễn H. P. Uyên Thảo')
    expect(shortName('Nguyễn Hoàng Phương Uyên Thảo', 5)).toBe('Nguyễn H. P. U. Thảo')
    expect(shortName('Lê Văn Khánh', 20)).toBe('Lê Văn Khánh')
  })
})

describe('the on-screen keyboard', () => {
  const [sac, huyen, , , nang] = tones.map(({ mark }) => mark) as [string, string, string, string, string]
  it('puts a tone on the last vowel and replaces or removes it', () => {
    expect(withTone('chơ', huyen)).toBe('chờ')
    expect(withTone('hoan', sac)).toBe('hoán')
    expect(withTone('việt', sac)).toBe('viết')
    expect(withTone('viêt', nang)).toBe('việt')
    expect(withTone('chờ', huyen)).toBe('chơ')
  })

  it('leaves text alone that has no vowel in its last word', () => {
    expect(withTone('', sac)).toBe('')
    expect(withTone('th', sac)).toBe('th')
    expect(withTone('lâu ', sac)).toBe('lâu ')
  })

  it('deletes a whole letter with its marks', () => {
    expect(withoutLast('chờ')).toBe('ch')
    expect(withoutLast('')).toBe('')
  })
})
