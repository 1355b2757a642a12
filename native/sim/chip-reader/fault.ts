/** What goes wrong with the simulated reader or its card; several are separated by commas. */
export const chipFaults = [
  /** The reader answers nothing. */
  'dead',
  'no-card',
  /** A card without an ISO-DEP chip. */
  'plain-card',
  /** Lifted in the middle of the reading, for good; or for a second. */
  'card-gone',
  'card-lifted',
  /** Every fourth answer comes damaged; every fifth question arrives damaged. */
  'bad-checksum',
  /** Each answer comes 300 ms late. */
  'slow',
  /** Once, in the middle, the chip drops the secure session. */
  'session-lost',
  /** The chip gives 64 bytes at a time. */
  'small-blocks',
  'tampered-dg',
  'tampered-sod',
  'expired-dsc',
  'other-csca',
  'no-dg13',
] as const
export type ChipFault = (typeof chipFaults)[number]

/** Reads `slow,no-dg13`; throws `RangeError` for a name that isn't one. */
export function parseChipFaults(text: string): ReadonlySet<ChipFault> {
  const names = text.split(',').filter(Boolean)
  const wrong = names.find((name) => !(chipFaults as readonly string[]).includes(name))
  if (wrong !== undefined) throw new RangeError(`unknown fault: ${wrong}`)
  return new Set(names as ChipFault[])
}
