/** What is wrong with the simulated printer. Several at once are separated by commas. */
export interface Faults {
  readonly paperOut: boolean
  /** Executed bytes after which the paper ends, or null. */
  readonly paperOutAfter: number | null
  /** Seconds after which someone puts paper in (with `paper-out…`), or null. */
  readonly paperBackIn: number | null
  readonly nearEnd: boolean
  readonly coverOpen: boolean
  readonly offline: boolean
  readonly cutter: boolean
  readonly slow: boolean
  readonly mute: boolean
  /** Has no `1D 28 48`. */
  readonly noProcessId: boolean
  /** Answers none of `10 04 n`. */
  readonly noRealTime: boolean
  /** Has no memory for pictures. */
  readonly noPictures: boolean
  /** Its line has another speed: answers arrive as rubbish. */
  readonly wrongSpeed: boolean
  /** Bytes received since the fault was set, after which the power fails; or null. */
  readonly dieAfter: number | null
}

/** Names that `--fault` takes. */
export const faultNames = [
  'paper-out', 'paper-out-after=BYTES', 'paper-back=SECONDS', 'near-end', 'cover-open', 'offline', 'cutter', 'slow', 'no-answer', 'no-process-id', 'no-real-time', 'no-pictures', 'wrong-speed', 'die-after=BYTES',
] as const

/** Reads `paper-out-after=500,near-end`; throws `RangeError` for a name that isn't one. */
export function parseFaults(text: string | null): Faults {
  const given = new Map((text ?? '').split(',').filter(Boolean).map((part): [string, string] => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']))
  const known = faultNames.map((name) => name.split('=')[0])
  const wrong = [...given].find(([name, value]) => !known.includes(name) || (faultNames.some((known) => known.startsWith(`${name}=`)) && !/^\d+(\.\d+)?$/.test(value)))
  if (wrong) throw new RangeError(`unknown fault: ${wrong.join('=')}`)
  const number = (name: string): number | null => (given.has(name) ? Number(given.get(name)) : null)
  return {
    paperOut: given.has('paper-out'),
    paperOutAfter: number('paper-out-after'),
    paperBackIn: number('paper-back'),
    nearEnd: given.has('near-end'),
    coverOpen: given.has('cover-open'),
    offline: given.has('offline'),
    cutter: given.has('cutter'),
    slow: given.has('slow'),
    mute: given.has('no-answer'),
    noProcessId: given.has('no-process-id'),
    noRealTime: given.has('no-real-time'),
    noPictures: given.has('no-pictures'),
    wrongSpeed: given.has('wrong-speed'),
    dieAfter: number('die-after'),
  }
}
