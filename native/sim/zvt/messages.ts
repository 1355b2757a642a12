import type { Transaction } from './ledger.ts'
import { ascii, bcd, fromBcd, hex, message, variable } from './bytes.ts'

/** What the simulated terminal says, byte for byte as PA00P015 lays it out. */

export const terminalNumber = '52500041'
export const okay = message('8000')
export const refused = (code: string): number[] => message(`84${code}`)
export const completion = (body: readonly number[] = []): number[] => message('060f', body)
export const aborted = (code: number): number[] => message('061e', [code])
export const asks = (code: number): number[] => message('04ff', [code])

export const registered = (): number[] => completion([0x19, 0, 0x29, ...bcd(terminalNumber, 4), 0x49, ...bcd(704, 2)])
export const enquired = (): number[] => completion([...variable(3, ascii('SIM 1.0')), 0])

/** `04 0F` of a transaction that was approved. */
export function approvedInfo({ receipt, minor, at, of }: Transaction): number[] {
  const pan = hex('474843eeeeee7743')
  return message('040f', [
    0x27, 0, 0x04, ...bcd(minor, 6), 0x49, ...bcd(704, 2), 0x0c, ...bcd(at.slice(4), 3), 0x0d, ...bcd(at.slice(0, 4), 2), 0x22, ...variable(2, pan), 0x87, ...bcd(receipt, 2),
    0x17, 0, 1, 0x3b, ...ascii(`AP${String(receipt).padStart(6, '0')}`), 0x0b, ...bcd(receipt, 3), ...(of === null ? [] : [0x37, ...bcd(of, 3)]), 0x19, 0x60, 0x29, ...bcd(terminalNumber, 4), 0x0e, ...hex('3012'),
    0x8a, 10, 0x8c, 3, 0x8b, ...variable(2, [...ascii('VISA'), 0]), 0x2a, ...ascii('455600000599   '), 0x3c, ...variable(3, ascii('SIMULATION')),
    0x06, 14, 0x42, 4, ...ascii('VISA'), 0x1f, 0x10, 1, 0, 0x1f, 0x11, 1, 1,
  ])
}

export function declinedInfo(code: number, minor: number): number[] {
  return message('040f', [0x27, code, 0x04, ...bcd(minor, 6), 0x49, ...bcd(704, 2), 0x29, ...bcd(terminalNumber, 4)])
}

/** `04 0F` of an end of day: the sum, and counts by group of cards. All of ours are Visa, the fifth of seven. */
export function totalsInfo(sales: readonly Transaction[]): number[] {
  const sum = sales.reduce((total, { minor }) => total + minor, 0)
  const none = [0, ...bcd(0, 6)]
  const groups = [...none, ...none, ...none, ...none, sales.length, ...bcd(sum, 6), ...none, ...none]
  const range = [...bcd(sales[0]?.receipt ?? 0, 2), ...bcd(sales.at(-1)?.receipt ?? 0, 2)]
  return message('040f', [0x27, 0, 0x04, ...bcd(sum, 6), 0x49, ...bcd(704, 2), 0x60, ...variable(3, [...range, ...groups])])
}

const slipLines = (minor: number, receipt: number): readonly string[] => ['MAY CA THE THU', `SO BIEN LAI ${receipt}`, '', `SO TIEN ${minor} VND`]

/** The merchant's slip, a line a message; the last one says that it is the last. */
export function merchantSlip({ minor, receipt }: Transaction): readonly number[][] {
  const lines = slipLines(minor, receipt).map((text, row) => message('06d1', [row === 0 ? 0x70 : 0x02, ...ascii(text)]))
  return [...lines, message('06d1', [0x80])]
}

/** The citizen's slip as one block. */
export function customerSlip({ minor, receipt }: Transaction): number[] {
  const lines = slipLines(minor, receipt).flatMap((text, row) => [0x09, 1, row === 0 ? 0x40 : 0, 0x07, text.length, ...ascii(text)])
  const inside = [0x1f, 0x07, 1, 2, 0x25, 0x81, lines.length + 3, ...lines, 0x09, 1, 0x81]
  return message('06d3', [0x06, 0x81, inside.length, ...inside])
}

/** The field with this tag of a command whose fields are all of fixed length, behind `skip` untagged bytes. */
export function commandField(apdu: readonly number[], tag: number, skip: number): readonly number[] | null {
  const sizes: Readonly<Record<number, number>> = { 0x04: 6, 0x49: 2, 0x87: 2, 0x19: 1, 0x02: 1, 0x03: 1 }
  for (let at = 3 + skip; at < apdu.length; ) {
    const size = sizes[apdu[at] ?? 0]
    if (size === undefined) return null
    if (apdu[at] === tag) return apdu.slice(at + 1, at + 1 + size)
    at += 1 + size
  }
  return null
}

/** Minor units asked for; null when the command has none. */
export function askedMinor(apdu: readonly number[], skip: number): number | null {
  const amount = commandField(apdu, 0x04, skip)
  return amount ? fromBcd(amount) : null
}
