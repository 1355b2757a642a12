import { later, perhapsDamaged, type MakeDevice } from './reader-device.ts'

const longest = 0x105
const statusFrame = (code: number): Buffer => Buffer.from([0x02, code, code, 0x03])
const parity = (bytes: Buffer): number => bytes.reduce((sum, byte) => sum ^ byte, 0)

function answerFrame(seq: number, payload: Buffer, status = 0, error = 0): Buffer {
  const inner = Buffer.concat([Buffer.from([0x80, payload.length & 0xff, payload.length >> 8, 0, 0, 0, seq, status, error, 0]), payload])
  return Buffer.concat([Buffer.from([0x02]), inner, Buffer.from([parity(inner), 0x03])])
}

/** What the reader itself answers to a pseudo-APDU. */
function execute(apdu: Buffer, chip: (command: Buffer) => Buffer | null): Buffer {
  const [, , p1, , lc = 0] = apdu
  if (apdu[0] !== 0xff) return Buffer.from([0x6a, 0x81])
  if (p1 === 0x48) return Buffer.from('ACR122S101')
  if (p1 === 0x44) return Buffer.from([0x90, apdu[3] ?? 0])
  const command = apdu.subarray(5)
  if (p1 !== 0x00 || command.length !== lc || command[0] !== 0xd4) return Buffer.from([0x63, 0x00])
  const answer = chip(command.subarray(1))
  return answer === null ? Buffer.from([0x63, 0x27]) : Buffer.concat([Buffer.from([0xd5]), answer, Buffer.from([0x90, 0x00])])
}

/** ACS ACR122S by its manual: a status frame for every frame, then the answer; eleven zeros ask for the last answer again. */
export const acr122sDevice: MakeDevice = (chip, out, habits) => {
  let buffer: Buffer = Buffer.alloc(0)
  let last: Buffer = Buffer.alloc(0)

  const message = (frame: Buffer): void => {
    const [type, seq] = [frame[1], frame[7] ?? 0]
    const payload = frame.subarray(11, -2)
    out(statusFrame(0x00))
    // no SAM is in its slot
    if (type === 0x62) last = answerFrame(seq, Buffer.alloc(0), 0x42, 0xfe)
    else last = answerFrame(seq, execute(payload, chip))
    const reply = perhapsDamaged(last, habits.damagesAnswer())
    later(habits.delayMs, () => out(reply))
  }
  const take = (frame: Buffer): void => {
    if (frame.subarray(1, -1).every((byte) => byte === 0)) return out(last)
    if (habits.damagesQuestion() || parity(frame.subarray(1, -1)) !== 0) return out(statusFrame(0xff))
    if (frame.at(-1) !== 0x03) return out(statusFrame(0xfd))
    message(frame)
  }
  return {
    take(bytes) {
      buffer = Buffer.concat([buffer, bytes])
      for (;;) {
        const begin = buffer.indexOf(0x02)
        buffer = begin < 0 ? Buffer.alloc(0) : buffer.subarray(begin)
        if (buffer.length < 11) return
        const length = buffer.readUInt32LE(2)
        if (length > longest) {
          buffer = Buffer.alloc(0)
          return out(statusFrame(0xfe))
        }
        if (buffer.length < 13 + length) return
        const frame = buffer.subarray(0, 13 + length)
        buffer = buffer.subarray(13 + length)
        take(frame)
      }
    },
  }
}
