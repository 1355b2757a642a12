import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueCard } from '#native/sim/chip-reader/card-files.ts'
import { ChipCard } from '#native/sim/chip-reader/chip-card.ts'
import { insertCard, type VirtualSlot } from '#native/sim/chip-reader/virtual-slot.ts'
import { keyFromCan, keyFromMrz, type AccessKey } from '../access/access-key.ts'
import { openChipReader } from '../open-reader.ts'
import { readChip, type ChipRequest } from '../read-chip.ts'

const socket = '/run/pcscd/pcscd.comm'
const installed = existsSync('/usr/sbin/pcscd') && existsSync('/etc/reader.conf.d/vpcd') && process.getuid?.() === 0
if (!installed) console.warn('PC/SC is not tested: it takes root and the Debian packages pcscd and vsmartcard-vpcd')

/** The daemon is the system's own where it runs already. */
async function startDaemon(): Promise<ChildProcess | null> {
  if (spawnSync('pidof', ['pcscd']).status === 0) return null
  const child = spawn('/usr/sbin/pcscd', ['--foreground'], { stdio: 'ignore' })
  for (let tries = 0; tries < 1_000 && !existsSync(socket); tries++) await delay(50)
  await delay(300)
  return child
}

const request = (key: ReturnType<typeof keyFromMrz>, waitMs = 3_000): ChipRequest => ({ key: key as AccessKey, photo: true, csca: null, today: '2026-11-22', waitMs })

describe.skipIf(!installed)('a reader behind pcscd', () => {
  let daemon: ChildProcess | null = null
  beforeAll(async () => {
    daemon = await startDaemon()
  })
  afterAll(async () => {
    if (daemon === null) return
    const ended = new Promise((resolve) => daemon?.once('exit', resolve))
    daemon.kill()
    await ended
  })

  it('no card, then one laid down while we wait, then taken off', async () => {
    const issued = issueCard({ person: 2, signature: 'ecdsa', pace: true }, new Set())
    const reader = await openChipReader('pcsc', 'virtual')
    expect(reader.name).toContain('Virtual PCD')
    await expect(readChip(reader, request(keyFromMrz(issued.mrz), 300))).rejects.toMatchObject({ code: 'no-card' })
    const laid: Promise<VirtualSlot> = delay(300).then(() => insertCard(new ChipCard(issued, { longestRead: 256, losesSessionAfter: null })))
    const chip = await readChip(reader, request(keyFromMrz(issued.mrz), 5_000))
    expect([chip.dg13?.fullName, chip.photo?.format]).toEqual(['Nguyễn Hoàng Phương Uyên Thảo', 'jpeg'])
    expect((await readChip(reader, request(keyFromCan('123456')))).dg1.surname).toBe('NGUYEN')
    ;(await laid).remove()
    await expect(readChip(reader, request(keyFromMrz(issued.mrz), 1_500))).rejects.toMatchObject({ code: 'no-card' })
    await reader.close()
  })

  it('a reader of another name is not there', async () => {
    await expect(openChipReader('pcsc', 'no such reader')).rejects.toMatchObject({ code: 'no-reader' })
  })
})
