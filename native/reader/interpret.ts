import { readCard } from './card.ts'
import { decodeText } from './decode-text.ts'
import type { AssembledLine } from './line-assembler.ts'
import { mrzLines, readMrz, splitMrz } from './mrz.ts'
import type { Scan } from './scan.ts'
import { readVietQr } from './vietqr.ts'

const dossierCode = /^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3}){0,4})-(?:\d{6}|\d{8})-\d{4,7}$/
/** AIM identifier: `]Q1` before a QR, `]C1` before GS1-128. */
const aim = /^\][A-Za-z][0-9A-Za-z]/

/** A dossier's code alone or inside a look-up address. */
function findCode(text: string): string | null {
  if (dossierCode.test(text)) return text
  if (!/^https?:\/\//i.test(text)) return null
  return text.split(/[/?&=#]/).find((part) => dossierCode.test(part)) ?? null
}

/** Lines to scans. Holds back the first lines of a machine-readable zone until the others are there or `flush` gives up. */
export interface Interpreter {
  line(line: AssembledLine): readonly Scan[]
  flush(): readonly Scan[]
  /** Whether lines are held back. */
  holding(): boolean
}

/** `today` gives `yyyy-mm-dd`; it is asked at every scan. */
export function createInterpreter(today: () => string): Interpreter {
  let held: string[] = []

  const flush = (): readonly Scan[] => {
    const lines = held
    held = []
    if (lines.length === 0) return []
    if (lines.some((one) => one.includes('<<'))) return [{ kind: 'invalid', reason: 'mrz-incomplete' }]
    return lines.map((text) => ({ kind: 'other', text }))
  }

  const zone = (lines: readonly string[]): readonly Scan[] => {
    const scan = readMrz(lines, today())
    return scan === null ? lines.map((text) => ({ kind: 'other', text })) : [scan]
  }

  const mrzLine = (text: string): readonly Scan[] | null => {
    const shape = held[0] === undefined ? null : mrzLines(held[0])
    if (shape !== null && text.length === shape.length && /^[A-Z0-9<]+$/.test(text)) {
      held.push(text)
      if (held.length < shape.lines) return []
      const lines = held
      held = []
      return zone(lines)
    }
    const whole = splitMrz(text)
    if (whole !== null) return [...flush(), ...zone(whole)]
    if (mrzLines(text) === null) return null
    const before = flush()
    held = [text]
    return before
  }

  const single = (line: Uint8Array): readonly Scan[] => {
    const { text: decoded, certain, repaired } = decodeText(line)
    const text = decoded.replace(aim, '').trim()
    if (text === '' || /^\|+$/.test(text)) return []
    const asZone = mrzLine(text)
    if (asZone !== null) return asZone
    const vietqr = readVietQr(text)
    if (vietqr !== null) return [...flush(), { kind: 'other', text, vietqr }]
    const card = readCard(text, today(), repaired)
    const code = findCode(text)
    const scan: Scan = code !== null ? { kind: 'dossier', code } : (card ?? { kind: 'other', text })
    const isCard = card !== null && !certain && (card.kind === 'cccd' || card.reason !== 'id-number')
    return [...flush(), isCard ? { kind: 'invalid', reason: 'encoding' } : scan]
  }

  return {
    line: (line) => (line.kind === 'too-long' ? [...flush(), { kind: 'invalid', reason: 'too-long' }] : single(line.bytes)),
    flush,
    holding: () => held.length > 0,
  }
}
