import { describe, expect, it } from 'vitest'
import shipped from '../public/voice/pack.json' with { type: 'json' }
import { schedule } from './clip-speaker.ts'
import { parsePack } from './pack.ts'
import { chooseVoice } from './system-speaker.ts'
import { packWords } from './words.ts'

describe('parsePack', () => {
  it('finds every word of a call in the pack that is shipped, with its text', () => {
    const pack = parsePack(shipped)
    const texts = Object.fromEntries(Object.entries(pack?.clips ?? {}).map(([id, clip]) => [id, clip.text]))
    expect(texts).toEqual(packWords())
  })

  it('leaves out clips outside the folder and keeps the others', () => {
    const clips = { 'so-1': { file: '../secret.wav' }, 'so-2': { file: 'http://x/y.wav' }, 'so-3': { file: 'ba.wav' }, 'so-4': null }
    expect(parsePack({ version: 1, clips })?.clips).toEqual({ 'so-3': { file: 'ba.wav', text: '' } })
  })

  it.each([null, [], 'x', {}, { version: 2, clips: {} }, { version: 1, clips: [] }])('is null for %j', (json) => {
    expect(parsePack(json)).toBeNull()
  })
})

describe('schedule', () => {
  it('starts each clip where the one before ends', () => {
    expect(schedule([1.5, 0.25, 0.5])).toEqual({ starts: [0, 1.5, 1.75], total: 2.25 })
  })
})

describe('chooseVoice', () => {
  const cloud = { lang: 'vi-VN', localService: false }
  const local = { lang: 'vi_VN', localService: true }
  it('takes a voice of this machine, never one of the network', () => {
    expect(chooseVoice([cloud, local], 'vi')).toBe(local)
    expect(chooseVoice([cloud], 'vi')).toBeNull()
    expect(chooseVoice([local], 'en')).toBeNull()
  })
})
