import type { CardChannel } from '../card-channel.ts'
import { decodeAnswer, encodeCommand, type CardSession } from './apdu.ts'

/** Commands in the clear, as before access control. */
export function plainSession(channel: CardChannel): CardSession {
  return { send: async (command) => decodeAnswer(await channel.transmit(encodeCommand(command))) }
}
