import { setTimeout as delay } from 'node:timers/promises'
import type { CardChannel, ConnectOptions } from '../card-channel.ts'
import { ChipError } from '../chip-error.ts'

/** Sends a PN532 command (code and parameters, without `D4`) and gives what follows `D5 code+1`. Both serial readers have this chip in them. */
export type Pn532Command = (code: number, parameters: readonly number[], answerMs?: number) => Promise<Uint8Array>

const inDataExchange = 0x40
const inListPassiveTarget = 0x4a
const inRelease = 0x52
const rfConfiguration = 0x32

/** Card answers within this time; PACE computes on the chip. */
const cardAnswerMs = 6_000
const pollMs = 150
/** SEL_RES bit of a card that speaks ISO/IEC 14443-4. */
const isoDep = 0x20
/** Low six bits of the status byte: no answer, garbled answer, no field, released, gone. All of them mean: lay the card down again. */
const radioTrouble = new Set([0x01, 0x02, 0x03, 0x05, 0x0a, 0x0b, 0x13, 0x29, 0x2b])

function checkedStatus(answer: Uint8Array): { readonly more: boolean } {
  const status = answer[0]
  if (status === undefined) throw new ChipError('reader-refused', 'InDataExchange')
  const code = status & 0x3f
  if (code === 0) return { more: (status & 0x40) !== 0 }
  throw new ChipError(radioTrouble.has(code) ? 'card-lost' : 'reader-refused', `PN532 ${status.toString(16).padStart(2, '0').toUpperCase()}`)
}

async function exchange(command: Pn532Command, target: number, apdu: Uint8Array): Promise<Uint8Array> {
  const parts: number[] = []
  for (let data: readonly number[] = [...apdu], more = true; more; data = []) {
    const answer = await command(inDataExchange, [target, ...data], cardAnswerMs)
    more = checkedStatus(answer).more
    parts.push(...answer.subarray(1))
  }
  return Uint8Array.from(parts)
}

/** The first card in the field, or null; `no-chip` when it is one without an ISO-DEP chip (a bank of bus tickets, say). */
async function listOne(command: Pn532Command): Promise<number | null> {
  const [count = 0, target = 1, , , selRes = 0] = await command(inListPassiveTarget, [1, 0], 2_000).catch((error: unknown) => {
    // a module that takes no retry limit stays silent until a card comes
    if (error instanceof ChipError && error.code === 'reader-silent') return new Uint8Array()
    throw error
  })
  if (count === 0) return null
  if ((selRes & isoDep) === 0) throw new ChipError('no-chip')
  return target
}

/** Waits for a card and activates it anew. */
export async function connectPn532(command: Pn532Command, { waitMs, signal }: ConnectOptions): Promise<CardChannel> {
  const until = performance.now() + waitMs
  // few tries for each look, so that the reader answers also when nothing lies on it; a reader that refuses this still works
  await command(rfConfiguration, [0x05, 0xff, 0x01, 0x02]).catch(passOver)
  await command(inRelease, [0x00]).catch(passOver)
  for (;;) {
    const target = await listOne(command)
    if (target !== null) return { transmit: (apdu) => exchange(command, target, apdu) }
    if (signal?.aborted || performance.now() >= until) throw new ChipError('no-card')
    await delay(pollMs)
  }
}

function passOver(error: unknown): void {
  if (!(error instanceof ChipError) || error.code !== 'reader-refused') throw error
}
