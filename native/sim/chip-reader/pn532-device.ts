import { later, perhapsDamaged, type MakeDevice } from './reader-device.ts'

const ack = Buffer.from('0000FF00FF00', 'hex')
const nack = Buffer.from('0000FFFF0000', 'hex')
const unknown = Buffer.from('0000FF01FF7F8100', 'hex')
/** What every frame begins with. */
const mark = Buffer.from('00FF', 'hex')

function frameOf(answer: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from([0xd5]), answer])
  const size = body.length
  const head = size < 0x100 ? [size, 0x100 - size] : [0xff, 0xff, size >> 8, size & 0xff, 0x200 - (size >> 8) - (size & 0xff)]
  const total = body.reduce((sum, byte) => sum + byte, 0)
  return Buffer.concat([Buffer.from([0, 0, 0xff, ...head.map((byte) => byte & 0xff)]), body, Buffer.from([(0x10000 - total) & 0xff, 0])])
}

/** How long the frame at the start of `buffer` (which begins with 00 FF) is, and where its data lies; null while bytes are missing. */
function measure(buffer: Buffer): { readonly end: number; readonly data: Buffer } | null {
  if (buffer.length < 4) return null
  const extended = buffer[2] === 0xff && buffer[3] === 0xff
  if (extended && buffer.length < 7) return null
  const [from, length] = extended ? [7, buffer.readUInt16BE(4)] : [4, buffer[2] ?? 0]
  return buffer.length < from + length + 1 ? null : { end: from + length + 1, data: buffer.subarray(from, from + length + 1) }
}

/** NXP PN532 on its high speed UART: sleeps until `55 55`, acknowledges, answers; a NACK brings the last answer again, an ACK ends what it does. */
export const pn532Device: MakeDevice = (chip, out, habits) => {
  let buffer: Buffer = Buffer.alloc(0)
  let awake = false
  let last: Buffer = Buffer.alloc(0)
  let turn = 0

  const answer = (command: Buffer): void => {
    out(ack)
    const result = chip(command)
    last = result === null ? unknown : frameOf(result)
    const reply = perhapsDamaged(last, habits.damagesAnswer())
    const mine = ++turn
    later(habits.delayMs, () => mine === turn && out(reply))
  }
  const take = (data: Buffer): void => {
    const sum = data.reduce((total, byte) => total + byte, 0) & 0xff
    if (habits.damagesQuestion() || sum !== 0) return out(nack)
    if (data[0] === 0xd4) answer(data.subarray(1, -1))
  }
  return {
    take(bytes) {
      awake ||= bytes.includes(0x55)
      if (!awake) return
      buffer = Buffer.concat([buffer, bytes])
      for (;;) {
        const begin = buffer.indexOf(mark)
        buffer = begin < 0 ? buffer.subarray(-1) : buffer.subarray(begin)
        const control = buffer.subarray(2, 4).toString('hex')
        if (begin >= 0 && (control === '00ff' || control === 'ff00')) {
          buffer = buffer.subarray(4)
          turn++
          if (control === 'ff00') out(last)
          continue
        }
        const found = begin < 0 ? null : measure(buffer)
        if (found === null) return
        buffer = buffer.subarray(found.end)
        take(found.data)
      }
    },
  }
}
