import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StationSetup } from '#contract/supervisor.ts'
import { readConfig } from '#main/config.ts'
import { sampleConfig } from './sample.ts'
import { saveSetup, setupOf } from './setup.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-setup-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const saved = (config: Parameters<typeof saveSetup>[1], change: Partial<StationSetup>) => {
  saveSetup(join(dir, 'station.json'), config, { ...setupOf(config).setup, ...change })
  const after = readConfig(join(dir, 'station.json'))
  if (!after) throw new Error('nothing was written')
  return after
}
const people = (config: ReturnType<typeof saved>) => config.counters.map(({ id, staff, staffName }) => [id, staff, staffName])

it('the clerks of the sample sat at the counters of a real office', () => {
  const real = saved(sampleConfig(), { roles: ['counter'], counter: 3, staffName: 'Đinh Thị Mới', hubUrl: 'http://192.168.1.10:7470', hubToken: 'token-of-quay-3-123' })
  expect(people(real)).toEqual([[1, null, null], [2, null, null], [3, 'dinh-thi-moi', 'Đinh Thị Mới'], [4, null, null], [5, null, null], [6, null, null]])
  expect(people(saved(real, { staffName: '' }))[2]).toEqual([3, null, null])
  expect(people(saved(real, { stationName: 'Quầy ba' }))).toEqual(people(real))
})

it('the sample’s clerk and telephone stood in the form of the real office', () => {
  expect(setupOf(sampleConfig()).setup).toMatchObject({ staffName: '', bank: null, office: { phone: '' } })
})

it('a counter that the office did not have was given a number and no place', () => {
  const real = saved(sampleConfig(), { counter: 7, staffName: 'Đinh Thị Mới' })
  expect(real.counters.at(-1)).toEqual({ id: 7, services: ['A', 'B', 'C', 'D', 'E', 'T'], staff: 'dinh-thi-moi', staffName: 'Đinh Thị Mới' })
})

describe('keys', () => {
  const linked = () => saved(sampleConfig(), { roles: ['counter'], counter: 3, hubUrl: 'http://192.168.1.10:7470', hubToken: 'token-of-quay-3-123', central: { url: 'https://tinh.example', key: 'key-of-the-office' } })

  it('are never read back, only that they are there', () => {
    const { setup, kept } = setupOf(linked())
    expect(JSON.stringify(setup)).not.toMatch(/token-of-quay-3-123|key-of-the-office/)
    expect(kept).toEqual({ hubToken: true, centralKey: true })
  })

  it('left empty stay as they are, and typed anew are the new ones', () => {
    const before = linked()
    expect(saved(before, { stationName: 'Quầy ba' })).toMatchObject({ hub: before.hub, central: before.central })
    expect(saved(before, { hubToken: 'another-token-123456' }).hub?.token).toBe('another-token-123456')
  })

  it('do not go to an address they were not given for', () => {
    expect(() => saved(linked(), { hubUrl: 'http://192.168.1.66:7470' })).toThrow('hub-token-needed')
    expect(() => saved(linked(), { central: { url: 'https://other.example', key: '' } })).toThrow('central-key-needed')
  })
})

it('a station that is no hub and knows none is refused, and nothing is written', () => {
  expect(() => saved(sampleConfig(), { roles: ['counter'], counter: 3 })).toThrow('hub-needed')
  expect(existsSync(join(dir, 'station.json'))).toBe(false)
})

it('a printer is kept with its cash drawer, which is changed as anything else', () => {
  const target = { address: 'tcp://192.168.1.61:9100', profile: 'generic-80' }
  const real = saved(sampleConfig(), { backupPrinter: target })
  expect(real.backupPrinter).toEqual({ ...target, drawer: 'pin2' })
  const without = saved(real, { backupPrinter: { ...target, drawer: 'none' }, printer: { ...target, drawer: 'pin5' } })
  expect(without.printer?.drawer).toBe('pin5')
  expect(saved(without, { printer: target }).printer?.drawer).toBe('pin5')
  expect(saved(without, { stationName: 'Khác' }).backupPrinter?.drawer).toBe('none')
  expect(saved(without, { backupPrinter: null }).backupPrinter).toBeNull()
})
