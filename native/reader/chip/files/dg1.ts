import { ChipError } from '../chip-error.ts'
import { readMrz } from '../../mrz.ts'
import { descend } from '../tlv.ts'

/** The machine-readable zone as the chip holds it. Dates `yyyy-mm-dd`, null where the zone has none (unknown birthday, no expiry). */
export interface Dg1 {
  readonly documentNumber: string
  readonly surname: string
  readonly givenNames: string
  readonly dob: string | null
  readonly sex: 'male' | 'female' | ''
  readonly expiry: string | null
  readonly nationality: string
}

/** Lines of a zone by its length: TD1, TD2, TD3. */
const linesOf: Readonly<Record<number, number>> = { 90: 3, 72: 2, 88: 2 }

/** Reads `61 { 5F1F }`; `today` (`yyyy-mm-dd`) tells the century of a birthday. The check digits were the chip's key or don't matter: a signature covers it. */
export function readDg1(file: Uint8Array, today: string): Dg1 {
  const zone = Buffer.from(descend(file, [0x61, 0x5f1f])).toString('latin1')
  const count = linesOf[zone.length]
  if (count === undefined) throw new ChipError('unreadable', 'DG1')
  const width = zone.length / count
  const mrz = readMrz(Array.from({ length: count }, (_, line) => zone.slice(line * width, (line + 1) * width)), today)
  if (mrz === null) throw new ChipError('unreadable', 'DG1')
  const { documentNumber, surname, givenNames, dob, sex, expiry, nationality } = mrz
  return { documentNumber, surname, givenNames, dob, sex, expiry, nationality }
}
