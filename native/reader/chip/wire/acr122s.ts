import type { Transport } from '#native/transport/transport.ts'
import type { ChipReader } from '../card-channel.ts'
import { ChipError } from '../chip-error.ts'
import { acr122sCodec, encodeAcr122s, powerOn } from './acr122s-frame.ts'
import { connectPn532, type Pn532Command } from './pn532-card.ts'
import { createSerialLink, type SerialLink } from './serial-link.ts'

const firmware = Uint8Array.of(0xff, 0x00, 0x48, 0x00, 0x00)
const speedUp = Uint8Array.of(0xff, 0x00, 0x44, 0x01, 0x00)
const [slow, fast] = [9_600, 115_200]
/** The APDU around a PN532 command has one byte for its length. */
const longestCommand = 0xff

function pn532Through(link: SerialLink): Pn532Command {
  return async (code, parameters, answerMs) => {
    const command = [0xd4, code, ...parameters]
    if (command.length > longestCommand) throw new ChipError('reader-refused', 'APDU')
    const answer = await link.exchange(Uint8Array.of(0xff, 0x00, 0x00, 0x00, command.length, ...command), answerMs === undefined ? {} : { answerMs })
    const right = answer[0] === 0xd5 && answer[1] === code + 1 && answer.at(-2) === 0x90 && answer.at(-1) === 0x00
    if (!right) throw new ChipError('reader-refused', `ACR122S ${code.toString(16)}`)
    return answer.subarray(2, -2)
  }
}

async function greet(link: SerialLink): Promise<string> {
  // the pseudo-commands need the SAM slot powered; what it answers (there is seldom a SAM) doesn't matter
  await link.exchange(new Uint8Array(), { encode: (payload, seq) => encodeAcr122s(powerOn, payload, seq), answerMs: 2_000 })
  return Buffer.from(await link.exchange(firmware, { answerMs: 2_000 })).toString('latin1').replace(/[^ -~]/g, '')
}

const isSilent = (error: unknown): boolean => error instanceof ChipError && error.code === 'reader-silent'

/** The reader may still be at the speed that an earlier session set: it forgets it only without power. */
async function greetAtAnySpeed(link: SerialLink, { line }: Transport): Promise<string> {
  try {
    return await greet(link)
  } catch (error) {
    if (!isSilent(error) || !line) throw error
    await line.setBaud(line.baud === fast ? slow : fast)
    return greet(link)
  }
}

/** 115,200 baud where the line has a speed: a photo of 20 kB takes 2.5 s instead of 30. A reader that doesn't know the command stays as it is. */
async function accelerate(link: SerialLink, transport: Transport): Promise<void> {
  const { line } = transport
  if (!line || line.baud === fast) return
  const answer = await link.exchange(speedUp, { answerMs: 1_000 }).catch((error: unknown) => (isSilent(error) ? new Uint8Array() : Promise.reject(error)))
  if (answer.at(-2) === 0x90) await line.setBaud(fast)
  await greetAtAnySpeed(link, transport)
}

/** ACS ACR122S and its kin on a serial line (9,600 8N1 at power-up). Takes the transport over; throws `ChipError` when no such reader answers. */
export async function openAcr122s(transport: Transport): Promise<ChipReader> {
  const link = createSerialLink(transport, acr122sCodec)
  const name = await greetAtAnySpeed(link, transport)
  await accelerate(link, transport)
  return { name, connect: (options) => connectPn532(pn532Through(link), options), close: () => transport.close() }
}
