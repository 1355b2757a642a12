import { describe, expect, it } from 'vitest'
import { announcementClips, hasWords, spokenSentence } from './plan.ts'
import { packWords } from './words.ts'

const whole = { clips: packWords() }
const counterOf = (counter: number) => {
  const clips = announcementClips({ number: 'A1', counter }, whole)
  return clips.slice(clips.indexOf('den-quay') + 1)
}

describe('announcementClips', () => {
  it('says A012 letter by letter and digit by digit, zero included', () => {
    expect(announcementClips({ number: 'A012', counter: 3 }, whole)).toEqual(
      ['chime', 'moi-so', 'chu-a', 'so-0', 'so-1', 'so-2', 'den-quay', 'so-3'])
  })

  it('reads Đ apart from D and takes small letters', () => {
    expect(announcementClips({ number: 'Đ7', counter: 1 }, whole)).toContain('chu-dd')
    expect(announcementClips({ number: 'd7', counter: 1 }, whole)).toContain('chu-d')
  })

  it.each([
    [9, ['so-9']],
    [10, ['muoi-huyen']],
    [11, ['muoi-huyen', 'so-1']],
    [15, ['muoi-huyen', 'lam']],
    [20, ['so-2', 'muoi']],
    [21, ['so-2', 'muoi', 'mot']],
    [35, ['so-3', 'muoi', 'lam']],
    [99, ['so-9', 'muoi', 'so-9']],
  ])('reads counter %i as a Vietnamese number', (counter, clips) => {
    expect(counterOf(counter)).toEqual(clips)
  })

  it.each([['A-12', 3], ['', 3], ['A012', 0], ['A012', 100], ['A012', 1.5]])('gives the chime alone for %j at %d rather than half a number', (number, counter) => {
    const clips = announcementClips({ number, counter }, whole)
    expect(clips).toEqual(['chime'])
    expect(hasWords(clips)).toBe(false)
  })

  it('gives the chime alone when a recorded pack lacks one word', () => {
    const { 'so-0': _missing, ...clips } = packWords()
    expect(announcementClips({ number: 'A012', counter: 3 }, { clips })).toEqual(['chime'])
    expect(announcementClips({ number: 'A112', counter: 3 }, { clips })).toHaveLength(8)
  })

  it('leaves out a chime that the pack does not have', () => {
    const { chime: _missing, ...clips } = packWords()
    expect(announcementClips({ number: 'A1', counter: 3 }, { clips })[0]).toBe('moi-so')
  })
})

describe('spokenSentence', () => {
  it('is the sentence of domain.md 6.3', () => {
    expect(spokenSentence({ number: 'B017', counter: 12 })).toBe('Mời công dân có số bê, không, một, bảy, đến quầy số mười hai')
  })

  it('refuses what it cannot read', () => {
    expect(spokenSentence({ number: '?', counter: 1 })).toBeNull()
  })
})
