import { randomBytes } from 'node:crypto'
import type { CardChannel } from '../card-channel.ts'
import { ChipError } from '../chip-error.ts'
import { fileIds, readFile } from '../files/read-file.ts'
import type { AccessKey } from './access-key.ts'
import { ok, swText, type CardSession } from './apdu.ts'
import { openBac } from './bac.ts'
import { offersPace, openPace } from './pace.ts'
import { plainSession } from './plain-session.ts'

const application = Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)
const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes))

async function selectApplication(session: CardSession): Promise<void> {
  const { sw } = await session.send({ ins: 0xa4, p1: 0x04, p2: 0x0c, data: application })
  if (sw !== ok) throw new ChipError('no-chip', `SELECT ${swText(sw)}`)
}

/** EF.CardAccess is readable by anyone; a card that refuses it has no PACE. */
async function readCardAccess(channel: CardChannel): Promise<Uint8Array | null> {
  try {
    return await readFile(plainSession(channel), fileIds.cardAccess)
  } catch (error) {
    if (error instanceof ChipError && (error.code === 'card-refused' || error.code === 'unreadable')) return null
    throw error
  }
}

async function pace(channel: CardChannel, key: AccessKey): Promise<CardSession | null> {
  const cardAccess = await readCardAccess(channel)
  if (cardAccess === null || !offersPace(cardAccess)) return null
  try {
    const session = await openPace(channel, key, random)
    await selectApplication(session)
    return session
  } catch (error) {
    if (error instanceof ChipError && error.code === 'pace-missing') return null
    throw error
  }
}

/**
 * Opens the chip: PACE where the card lists it, else BAC. Throws `wrong-key`; `pace-missing` when there is only an access number and the card takes the zone
 * only; `no-chip` when the card is no travel or identity document.
 */
export async function openSession(channel: CardChannel, key: AccessKey): Promise<CardSession> {
  const session = await pace(channel, key)
  if (session !== null) return session
  if (key.kind === 'can') throw new ChipError('pace-missing')
  await selectApplication(plainSession(channel))
  return openBac(channel, key.information, random)
}
