import type { Transport } from '#native/transport/transport.ts'
import type { ChipReader } from '../card-channel.ts'
import { ChipError } from '../chip-error.ts'
import { connectPn532, type Pn532Command } from './pn532-card.ts'
import { pn532Ack, pn532Codec, pn532WakeUp } from './pn532-frame.ts'
import { createSerialLink } from './serial-link.ts'

const getFirmwareVersion = 0x02
const samConfiguration = 0x14

/** A PN532 module on its own, over its UART (115,200 8N1). Takes the transport over; throws `ChipError` when no such module answers. */
export async function openPn532(transport: Transport): Promise<ChipReader> {
  const link = createSerialLink(transport, pn532Codec)
  const command: Pn532Command = async (code, parameters, answerMs) => {
    const answer = await link.exchange(Uint8Array.of(code, ...parameters), answerMs === undefined ? {} : { answerMs }).catch(async (error: unknown) => {
      await link.send(pn532Ack).catch(() => undefined)
      throw error
    })
    if (answer[0] !== code + 1) throw new ChipError('reader-refused', `PN532 ${code.toString(16)}`)
    return answer.subarray(1)
  }
  await link.send(pn532WakeUp)
  await command(samConfiguration, [0x01, 0x17, 0x00])
  const [ic = 0, version = 0, revision = 0] = await command(getFirmwareVersion, [])
  return {
    name: `PN5${ic.toString(16)} ${version}.${revision}`,
    connect: (options) => connectPn532(command, options),
    close: () => transport.close(),
  }
}
