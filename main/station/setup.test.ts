import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '#main/config.ts'
import { sampleConfig } from './sample.ts'
import { saveSetup, setupOf } from './setup.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'motcua-setup-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const saved = (config: Parameters<typeof saveSetup>[1], change: Partial<ReturnType<typeof setupOf>>) => {
  saveSetup(join(dir, 'station.json'), config, { ...setupOf(config), ...change })
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

it('a counter that the office did not have was given a number and no place', () => {
  const real = saved(sampleConfig(), { counter: 7, staffName: 'Đinh Thị Mới' })
  expect(real.counters.at(-1)).toEqual({ id: 7, services: ['A', 'B', 'C', 'D', 'E', 'T'], staff: 'dinh-thi-moi', staffName: 'Đinh Thị Mới' })
})
