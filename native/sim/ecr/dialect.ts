/** What differs between the banks' apps that this simulator can play. */
export interface Dialect {
  readonly baud: number
  readonly version: string
  readonly binaryFieldLength: boolean
  readonly closingSeparator: boolean
  readonly voidCode: string
  /** Keeps and echoes the till's reference (field 66) and answers inquiry 71 by it. */
  readonly references: boolean
  /** Code that asks for the last transaction, where the app has one. */
  readonly lastCode: string | null
  /** Sells by QR code, too (code 70). */
  readonly qr: boolean
  /** Names the amount in its answers. */
  readonly echoesAmount: boolean
}

const common: Dialect = {
  baud: 9600, version: '1', binaryFieldLength: false, closingSeparator: true, voidCode: '26', references: true, lastCode: null, qr: true, echoesAmount: true,
}

/** By the names of the driver's profiles; each from the same public sources, written down a second time. */
export const dialects: Readonly<Record<string, Dialect>> = {
  generic: common,
  cimb: { ...common, references: false, qr: false },
  maybank: { ...common, version: '\u0001', references: false, qr: false, echoesAmount: false },
  ghl: { ...common, baud: 115_200, voidCode: '40' },
  thai: { ...common, references: false },
  credibanco: { ...common, binaryFieldLength: true, closingSeparator: false, references: false, qr: false },
}
