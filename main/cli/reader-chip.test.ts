import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startChipReaderSim, type ChipReaderSim, type ChipReaderSimOptions } from '#native/sim/chip-reader/start.ts'

const cli = join(import.meta.dirname, '..', 'cli.ts')

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function motcua(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, 'reader', 'chip', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const ran = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.err += text))
    child.on('close', (code) => resolve({ code, ...ran }))
  })
}

let folder = ''
let sim: ChipReaderSim | null = null
const csca = (): string => join(folder, 'csca')
const start = async (options: Partial<ChipReaderSimOptions> = {}): Promise<ChipReaderSim> => {
  sim = await startChipReaderSim({ at: 'tcp://127.0.0.1:0', reader: 'acr122s', person: 6, cscaFolder: csca(), ...options })
  return sim
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chip-cli-'))
})
afterEach(async () => {
  await sim?.stop()
  sim = null
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('motcua reader chip', () => {
  it('gives the fields of cli.md, the photo, and says it is genuine', async () => {
    const { address, mrz } = await start()
    const photo = join(folder, 'face.jpg')
    const { code, out } = await motcua('--reader', 'acr122s', '--to', address, '--mrz', mrz, '--csca', csca(), '--photo', photo, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      dg1: { documentNumber: '190012345', surname: 'NGUYEN', givenNames: 'THI ANH TUYET', dob: '1990-04-15', sex: 'female', expiry: '2030-04-15', nationality: 'VNM' },
      dg13: {
        number: '001190012345', fullName: 'Nguyễn Thị Ánh Tuyết', dob: '1990-04-15', sex: 'Nữ', nationality: 'Việt Nam', ethnicity: 'Kinh', religion: 'Không',
        origin: 'Xã Hòa Phú, tỉnh Đắk Lắk', residence: 'Số 1 phố Ví Dụ, phường Hàng Mẫu, quận Hoàn Kiếm, Hà Nội', marks: 'Nốt ruồi cách 1 cm sau cánh mũi trái',
        issued: '2021-06-20', expiry: '2030-04-15', father: 'Nguyễn Văn Mẫu', mother: 'Lê Thị Ví Dụ', oldNumber: '012345678',
      },
      authentic: 'verified',
      reason: null,
    })
    expect(readFileSync(photo).subarray(0, 3).toString('hex')).toBe('ffd8ff')
  })

  it('typed fields and the access number open it as well; for people it is Vietnamese text', async () => {
    const { address, can } = await start({ reader: 'pn532' })
    const typed = await motcua('--reader', 'pn532', '--to', address, '--document', '001190012345', '--birth', '900415', '--expiry', '300415')
    expect([typed.code, typed.out]).toEqual([0, expect.stringContaining('Nguyễn Thị Ánh Tuyết')])
    expect(typed.out).toContain('Chưa có chứng thư CSCA')
    expect((await motcua('--reader', 'pn532', '--to', address, '--can', can, '--lang', 'en', '--csca', csca())).out).toContain('Genuine')
  })

  it('a changed name is told loudly', async () => {
    const { address, mrz } = await start({ faults: new Set(['tampered-dg']) })
    const { code, out, err } = await motcua('--reader', 'acr122s', '--to', address, '--mrz', mrz, '--csca', csca(), '--json')
    expect([code, JSON.parse(out)]).toMatchObject([0, { authentic: 'failed', reason: 'hash-mismatch: DG1' }])
    expect(err).toContain('KHÔNG XÁC THỰC')
  })

  it('wrong keys are exit 1, nothing on stdout, and nothing personal in the message', async () => {
    const { address, mrz } = await start()
    const mistyped = await motcua('--reader', 'acr122s', '--to', address, '--mrz', mrz.replace('900415', '900416'), '--json')
    expect([mistyped.code, mistyped.out]).toEqual([1, ''])
    expect(mistyped.err).toContain('Số kiểm tra')
    const wrong = await motcua('--reader', 'acr122s', '--to', address, '--can', '654321', '--json')
    expect([wrong.code, wrong.out]).toEqual([1, ''])
    expect(wrong.err).toContain('Chíp không nhận')
    expect(mistyped.err + wrong.err).not.toMatch(/190012345|NGUYEN|654321/)
  })

  it('no card, and a reader that is not there: what to do', async () => {
    const { address } = await start({ faults: new Set(['no-card']) })
    const none = await motcua('--reader', 'acr122s', '--to', address, '--can', '123456', '--timeout', '1')
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('Mời đặt thẻ nằm yên')])
    const gone = await motcua('--reader', 'acr122s', '--to', 'serial:/dev/motcua-none', '--can', '123456')
    expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('Không thấy thiết bị')])
  })

  it('something else listens there: garbage ends in time', async () => {
    const other: Server = createServer((socket) => socket.on('error', () => undefined).resume().write('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { code, err } = await motcua('--reader', 'pn532', '--to', `tcp://127.0.0.1:${(other.address() as AddressInfo).port}`, '--can', '123456')
    expect([code, err]).toEqual([1, expect.stringContaining('Đầu đọc không trả lời')])
    await new Promise((resolve) => other.close(resolve))
  })

  it('against sim chip-reader, which ends when told to', async () => {
    const child = spawn(process.execPath, [cli, 'sim', 'chip-reader', '--at', 'tcp://127.0.0.1:0', '--reader', 'pn532', '--access', 'bac', '--csca', csca(), '--fault', 'session-lost'], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill())
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { address, mrz } = JSON.parse(line) as { address: string; mrz: string }
    const { code, out, err } = await motcua('--reader', 'pn532', '--to', address, '--mrz', mrz, '--csca', csca(), '--json')
    expect([code, JSON.parse(out)]).toMatchObject([0, { dg13: { number: '066187003095' }, authentic: 'verified' }])
    expect(err).toContain('Mời đặt lại và để nằm yên')
    child.kill()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('wrong usage is exit 2', async () => {
    const usual = ['--reader', 'acr122s', '--to', 'tcp://127.0.0.1:1']
    const lines = [
      ['--reader', 'usb', '--to', 'tcp://127.0.0.1:1', '--can', '123456'],
      ['--reader', 'acr122s', '--can', '123456'],
      ['--reader', 'acr122s', '--to', 'usb:1', '--can', '123456'],
      usual,
      [...usual, '--can', '12345'],
      [...usual, '--can', '123456', '--mrz', 'x'],
      [...usual, '--mrz', 'IDVNM'],
      [...usual, '--document', '190012345'],
      [...usual, '--document', '190012345', '--birth', '901315', '--expiry', '300415'],
      [...usual, '--can', '123456', '--timeout', 'x'],
    ]
    for (const line of lines) expect([line, (await motcua(...line)).code]).toEqual([line, 2])
  })

  it('a certificate folder that is missing or empty is said before the card is asked for', async () => {
    const usual = ['--reader', 'acr122s', '--to', 'tcp://127.0.0.1:1', '--can', '123456', '--csca']
    const empty = mkdtempSync(join(folder, 'empty-'))
    writeFileSync(join(empty, 'note.cer'), 'x')
    for (const each of [join(folder, 'nowhere'), empty]) {
      const { code, err } = await motcua(...usual, each)
      expect([code, err]).toEqual([1, expect.stringContaining('--csca')])
    }
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })
})
