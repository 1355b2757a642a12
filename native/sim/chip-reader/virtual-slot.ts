import { connect, type Socket } from 'node:net'
import type { ChipCard } from './chip-card.ts'

/** A card of ours in the virtual reader of vsmartcard (`vpcd`, Debian's package `vsmartcard-vpcd`), which pcscd shows to programs like a real one. */
export interface VirtualSlot {
  remove(): void
}

/** What the reader asks besides APDUs, each a message of one byte. */
const [powerOff, powerOn, reset, getAtr] = [0x00, 0x01, 0x02, 0x04]
/** ISO 7816-3 ATR as PC/SC part 3 makes it up for a contactless card without historical bytes. */
const atr = Buffer.from('3B80800101', 'hex')

function reply(card: ChipCard, message: Buffer): Buffer | null {
  if (message.length !== 1) return card.apdu(message)
  if (message[0] === powerOn || message[0] === reset || message[0] === powerOff) card.powerOn()
  return message[0] === getAtr ? atr : null
}

/** Lays the card on the virtual reader at `port` of this machine (vpcd's own: 35963). */
export async function insertCard(card: ChipCard, port = 35_963): Promise<VirtualSlot> {
  const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await new Promise<void>((resolve, reject) => socket.once('connect', () => resolve()).once('error', reject))
  let buffer: Buffer = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes: Buffer) => {
    buffer = Buffer.concat([buffer, bytes])
    while (buffer.length >= 2 && buffer.length >= 2 + buffer.readUInt16BE()) {
      const end = 2 + buffer.readUInt16BE()
      const answer = reply(card, buffer.subarray(2, end))
      buffer = buffer.subarray(end)
      if (answer === null) continue
      const length = Buffer.alloc(2)
      length.writeUInt16BE(answer.length)
      socket.write(Buffer.concat([length, answer]))
    }
  })
  return { remove: () => socket.destroy() }
}
