import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { issueCard, type IssuedCard } from '#native/sim/chip-reader/card-files.ts'
import type { ChipFault } from '#native/sim/chip-reader/fault.ts'
import { signatureKinds } from '#native/sim/chip-reader/issuer.ts'
import { startChipReaderSim, type ChipReaderSim, type ChipReaderSimOptions, type SimReader } from '#native/sim/chip-reader/start.ts'
import { keyFromCan, keyFromMrz, type AccessKey } from './access/access-key.ts'
import { loadCsca } from './authenticity/csca.ts'
import { openChipReader } from './open-reader.ts'
import { readChip, type ChipProgress, type ChipRead } from './read-chip.ts'

let folder = ''
let sim: ChipReaderSim | null = null
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chip-'))
})
afterEach(async () => {
  await sim?.stop()
  sim = null
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasSocat = spawnSync('socat', ['-V']).status === 0
if (!hasSocat) console.warn('socat is not installed: chip readers on a pty are not tested')

const start = async (options: Partial<ChipReaderSimOptions> & { readonly reader: SimReader }): Promise<ChipReaderSim> => {
  sim = await startChipReaderSim({ at: 'tcp://127.0.0.1:0', cscaFolder: join(folder, 'csca'), ...options })
  return sim
}
const usable = (key: ReturnType<typeof keyFromMrz>): AccessKey => (typeof key === 'string' ? expect.fail(key) : key)

async function read(running: ChipReaderSim, reader: SimReader, key: AccessKey, photo = false, told: ChipProgress[] = []): Promise<ChipRead> {
  const opened = await openChipReader(reader, running.address)
  try {
    const { certificates } = loadCsca(join(folder, 'csca'))
    return await readChip(opened, { key, photo, csca: certificates, today: '2026-11-22', waitMs: 1_500, onProgress: (progress) => told.push(progress) })
  } finally {
    await opened.close()
  }
}
const faults = (...names: readonly ChipFault[]): ReadonlySet<ChipFault> => new Set(names)

describe.each(['acr122s', 'pn532'] as const)('%s', (reader) => {
  it('PACE with the zone, photo and all, verified', async () => {
    const running = await start({ reader })
    const chip = await read(running, reader, usable(keyFromMrz(running.mrz)), true)
    expect(chip.verdict).toEqual({ authentic: 'verified', reason: null, dataGroup: null })
    expect([chip.dg13?.fullName, chip.dg13?.number, chip.dg1.dob, chip.photo?.format]).toEqual(['H’Hương Niê Kdăm', '066187003095', '1987-09-02', 'jpeg'])
    expect([chip.photo?.bytes.subarray(0, 2), chip.photo?.bytes.subarray(-2)]).toEqual([Uint8Array.of(0xff, 0xd8), Uint8Array.of(0xff, 0xd9)])
  })

  it('PACE with the access number; BAC where the card has no PACE', async () => {
    const can = await start({ reader, person: 2 })
    expect((await read(can, reader, usable(keyFromCan(can.can)))).dg13?.oldNumber).toBe('241567890')
    await can.stop()
    const bac = await start({ reader, person: 3, pace: false })
    const chip = await read(bac, reader, usable(keyFromMrz(bac.mrz)))
    expect([chip.dg13?.expiry, chip.dg1.expiry, chip.verdict.authentic]).toEqual(['Không thời hạn', '2099-12-31', 'verified'])
    await expect(read(bac, reader, usable(keyFromCan('123456')))).rejects.toMatchObject({ code: 'pace-missing' })
  })

  it.each([[true, 'wrong-key'], [false, 'wrong-key']] as const)('a wrong key is refused and not tried again (PACE %s)', async (pace, code) => {
    const running = await start({ reader, pace })
    const wrong = await start({ reader, person: 4 })
    await wrong.stop()
    sim = running
    await expect(read(running, reader, usable(keyFromMrz(wrong.mrz)))).rejects.toMatchObject({ code })
    expect(running.apdus()).toBeLessThanOrEqual(9)
  })

  it.each([
    ['tampered-dg', 'failed', 'hash-mismatch'],
    ['tampered-sod', 'failed', 'signature-wrong'],
    ['expired-dsc', 'not-verified', 'not-valid-when-signed'],
    ['other-csca', 'not-verified', 'issuer-unknown'],
    ['no-dg13', 'verified', null],
    ['small-blocks', 'verified', null],
    ['bad-checksum', 'verified', null],
  ] as const)('%s: %s %s', async (fault, authentic, reason) => {
    const running = await start({ reader, faults: faults(fault) })
    const chip = await read(running, reader, usable(keyFromMrz(running.mrz)))
    expect(chip.verdict).toMatchObject({ authentic, reason })
    expect(chip.dg13 === null).toBe(fault === 'no-dg13')
  })

  it.each(['card-lifted', 'session-lost'] as const)('%s: reads on from where it was', async (fault) => {
    const running = await start({ reader, faults: faults(fault) })
    const told: ChipProgress[] = []
    const chip = await read(running, reader, usable(keyFromMrz(running.mrz)), false, told)
    expect(chip.verdict.authentic).toBe('verified')
    expect(told.filter(({ kind }) => kind === 'again').length).toBe(1)
    expect(told.filter((one) => one.kind === 'reading' && one.file === 'sod' && one.read === 0).length).toBeLessThanOrEqual(2)
  })

  it.each([['no-card', 'no-card'], ['plain-card', 'no-chip'], ['card-gone', 'no-card'], ['dead', 'reader-silent']] as const)('%s: %s', async (fault, code) => {
    const running = await start({ reader, faults: faults(fault) })
    await expect(read(running, reader, usable(keyFromMrz(running.mrz)))).rejects.toMatchObject({ code })
  })

  it.skipIf(!hasSocat)('over a pty, twice; the ACR122S stays at the speed it was set to', async () => {
    const path = join(folder, `pty-${reader}`)
    const running = await start({ reader, at: `pty:${path}` })
    for (let times = 0; times < 2; times++) expect((await read(running, reader, usable(keyFromMrz(running.mrz)), true)).verdict.authentic).toBe('verified')
    expect(spawnSync('stty', ['-F', path, 'speed'], { encoding: 'utf8' }).stdout.trim()).toBe('115200')
  })

  it('a reader that goes away in the middle is told at once', async () => {
    const running = await start({ reader, faults: faults('slow') })
    const opened = await openChipReader(reader, running.address)
    const reading = readChip(opened, { key: usable(keyFromMrz(running.mrz)), photo: false, csca: null, today: '2026-11-22', waitMs: 5_000 })
    const [result] = await Promise.allSettled([reading, new Promise((resolve) => setTimeout(resolve, 1_000)).then(() => running.stop())])
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'reader-lost' } })
    await opened.close()
    sim = null
  })
})

it.each(signatureKinds)('a country that signs with %s', async (signature) => {
  const running = await start({ reader: 'pn532', signature })
  expect((await read(running, 'pn532', usable(keyFromMrz(running.mrz)))).verdict).toEqual({ authentic: 'verified', reason: null, dataGroup: null })
})

it('the synthetic card of the vectors, over the wire', async () => {
  interface Vector { readonly id: string; readonly mrz: readonly string[]; readonly files: Readonly<Record<string, string>>; readonly cscaPem: string }
  const { vectors } = JSON.parse(readFileSync('test/fixtures/vectors/emrtd.json', 'utf8')) as { vectors: readonly Vector[] }
  const vector = vectors.find(({ id }) => id === 'card-vn-a-rsa') ?? expect.fail('card-vn-a-rsa')
  const file = (name: string): Uint8Array => new Uint8Array(Buffer.from(vector.files[name] ?? '', 'base64'))
  const files = new Map([[0x0101, file('dg1')], [0x0102, file('dg2')], [0x010d, file('dg13')], [0x011d, file('ef_sod')], [0x011e, file('ef_com')]])
  const card: IssuedCard = { files, mrz: vector.mrz.join(''), can: '', cscaPem: vector.cscaPem }
  const running = await start({ reader: 'acr122s', card })
  const chip = await read(running, 'acr122s', usable(keyFromMrz(card.mrz)), true)
  expect([chip.verdict.authentic, chip.dg13?.fullName, chip.photo?.bytes.length]).toEqual(['verified', 'Nguyễn Thị Ánh Tuyết', 3510])
})

it('a chip that garbles what it need not have still shows its zone', async () => {
  const issued = issueCard({ person: 1, signature: 'ecdsa', pace: false }, new Set())
  const files = new Map([...issued.files, [0x0102, Uint8Array.of(0x75, 0x84)], [0x010d, Uint8Array.of(0x6d, 0x03, 0x30, 0x7f, 0x01)]] as const)
  const running = await start({ reader: 'pn532', card: { ...issued, files } })
  const chip = await read(running, 'pn532', usable(keyFromMrz(running.mrz)), true)
  expect([chip.dg1.surname, chip.dg13, chip.photo, chip.verdict.authentic]).toEqual(['HHUONG', null, null, 'verified'])
})

it('files beyond 32 kB are read with far offsets', async () => {
  const big = new Uint8Array(40_004)
  big.set([0x75, 0x82, 0x9c, 0x40])
  big.set([0x7f, 0x61, 0x82, 0x9c, 0x3b, 0x7f, 0x60, 0x82, 0x9c, 0x36, 0x5f, 0x2e, 0x82, 0x9c, 0x31, 0xff, 0xd8, 0xff], 4)
  big.set([0x12, 0x34, 0xff, 0xd9], 40_000)
  const issued = issueCard({ person: 1, signature: 'ecdsa', pace: true }, new Set())
  const running = await start({ reader: 'pn532', card: { ...issued, files: new Map([...issued.files, [0x0102, big]]) } })
  const chip = await read(running, 'pn532', usable(keyFromMrz(running.mrz)), true)
  expect([chip.photo?.bytes.length, chip.photo?.bytes.subarray(-4)]).toEqual([40_004 - 19, Uint8Array.of(0x12, 0x34, 0xff, 0xd9)])
  expect(chip.verdict).toMatchObject({ authentic: 'failed', reason: 'hash-mismatch', dataGroup: 2 })
})
