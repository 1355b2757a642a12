import type { ChipCard } from './chip-card.ts'

/** The PN532 inside both readers: commands after `D4` in, answers after `D5` out. */
export interface Pn532ChipOptions {
  readonly card: ChipCard
  /** `plain`: something in the field that speaks no ISO-DEP. */
  readonly field: () => 'empty' | 'plain' | 'chip'
  /** Called before each APDU reaches the card. */
  readonly onApdu: () => void
}

const unknownCommand = null
/** 106 kbit/s type A, how identity cards speak. */
const typeA = 0x00
/** SENS_RES, SEL_RES, UID, ATS as libnfc got them from a simulator (test/fixtures/vectors/readers.json). */
const target = (selRes: number): readonly number[] => [0x01, 0x01, 0x00, 0x04, selRes, 0x04, 0x08, 0xa1, 0xb2, 0xc3, ...(selRes & 0x20 ? [0x05, 0x78, 0x80, 0x70, 0x02] : [])]

/** Answers one command (code first); null where the PN532 knows none such and sends its error frame. */
export function createPn532Chip({ card, field, onApdu }: Pn532ChipOptions): (command: Buffer) => Buffer | null {
  let listed = false
  const list = (modulation: number | undefined): readonly number[] => {
    listed = field() === 'chip' && modulation === typeA
    if (field() === 'empty' || modulation !== typeA) return [0x00]
    card.powerOn()
    return target(listed ? 0x20 : 0x08)
  }
  const exchange = (apdu: Buffer): Buffer => {
    if (!listed) return Buffer.from([0x27])
    onApdu()
    if (field() !== 'chip') {
      listed = false
      return Buffer.from([0x01])
    }
    return Buffer.concat([Buffer.from([0x00]), card.apdu(apdu)])
  }
  return (command) => {
    const code = command[0] ?? 0
    const answer = (data: readonly number[] | Buffer): Buffer => Buffer.concat([Buffer.from([code + 1]), Buffer.from(data)])
    switch (code) {
      // what other programs (libnfc) want before they take it for a PN532: a line test that echoes, registers, parameters
      case 0x00:
        return answer(command.subarray(1))
      case 0x06:
        return answer(Buffer.alloc((command.length - 1) / 2))
      case 0x02:
        return answer([0x32, 0x01, 0x06, 0x07])
      case 0x08:
      case 0x12:
      case 0x14:
      case 0x32:
        return answer([])
      case 0x4a:
        return answer(list(command[2]))
      case 0x52:
        listed = false
        return answer([0x00])
      case 0x40:
        return answer(exchange(command.subarray(2)))
      default:
        return unknownCommand
    }
  }
}
