import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { killLoop } from './kill-loop.ts'
import { withDiskError, type DiskError } from './disk-errors.ts'
import { powerLoss } from './power-loss.ts'
import { straceMissing } from './record.ts'

const missing = straceMissing()
if (missing) console.warn(`durability: skipped, ${missing}`)

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'motcua-disk-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(missing !== null)('power lost at any moment (R2; 100,000 states: npm run bench -- R2)', () => {
  it('loses nothing that was acknowledged', () => {
    expect(powerLoss({ folder, mode: 'full', states: 600, seed: 1 })).toEqual({ states: 600, lost: 0, faults: [] })
  })

  it('would be noticed with synchronous=NORMAL: the test can fail', () => {
    const { states, lost } = powerLoss({ folder, mode: 'normal', states: 200, seed: 1 })
    expect(lost / states).toBeGreaterThan(0.3)
  })
})

describe.skipIf(missing !== null)('a disk that fails (R4)', () => {
  const cases: readonly DiskError[] = (['pwrite64', 'fsync,fdatasync'] as const).flatMap((call) =>
    (['EIO', 'ENOSPC'] as const).flatMap((error) => ['3', '9..14', '20+'].map((when) => ({ file: 'journal.db-wal', call, error, when }) as const)),
  )
  const keys: readonly DiskError[] = (['pwrite64', 'fsync,fdatasync'] as const).map((call) => ({ file: 'vault.db-wal', call, error: 'EIO', when: '1..2' }))
  it.each([...cases, ...keys])('$error in $call of $file number $when: unknown is said, nothing acknowledged is lost or done twice', (fault) => {
    const report = withDiskError(folder, fault)
    expect(report.fault).toBe(null)
    expect(report.injected).toBeGreaterThan(0)
    expect(report.unknown).toBeGreaterThan(0)
  })

  it.each(['pwrite64', 'fsync,fdatasync'] as const)('EIO in %s of what a checkpoint writes: the log keeps what the file did not take', (call) => {
    const report = withDiskError(folder, { file: 'journal.db', call, error: 'EIO', when: '1+' })
    expect(report.fault).toBe(null)
    expect(report.injected).toBeGreaterThan(0)
    expect(report.acknowledged).toBeGreaterThan(0)
  })
})

describe('processes killed at any moment (R1; 10,000 kills: npm run bench -- R1)', () => {
  it('lose nothing that was acknowledged and do nothing twice', async () => {
    const { faults, acknowledged } = await killLoop(folder, 6, 1)
    expect(faults).toEqual([])
    expect(acknowledged.tickets).toBeGreaterThan(10)
    expect(acknowledged.dossiers).toBeGreaterThan(5)
  })
})
