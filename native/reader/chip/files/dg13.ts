import { readTlv, readTlvs, type Tlv } from '../tlv.ts'

/** What the card says in Vietnamese, as it stands there; dates `yyyy-mm-dd` where they are dates. Null: the card has no such entry. */
export interface Dg13 {
  readonly number: string | null
  readonly fullName: string | null
  readonly dob: string | null
  readonly sex: string | null
  readonly nationality: string | null
  readonly ethnicity: string | null
  readonly religion: string | null
  readonly origin: string | null
  readonly residence: string | null
  readonly marks: string | null
  readonly issued: string | null
  readonly expiry: string | null
  readonly father: string | null
  readonly mother: string | null
  readonly oldNumber: string | null
}

/** UTF8String, PrintableString, IA5String. */
const stringTags = new Set([0x0c, 0x13, 0x16])
const [father, mother] = [0xa0, 0xa1]

function children(bytes: Uint8Array): readonly Tlv[] {
  try {
    return readTlvs(bytes)
  } catch {
    return []
  }
}

const isConstructed = (tag: number): boolean => ((tag > 0xff ? tag >> 8 : tag) & 0x20) !== 0

/** The first text in an object, however deep. */
function textIn({ tag, value }: Tlv): string | null {
  if (stringTags.has(tag)) return new TextDecoder().decode(value).normalize('NFC').trim()
  if (!isConstructed(tag)) return null
  return children(value).map(textIn).find((text) => text !== null) ?? null
}

/** Every `30 { 02 n, value }` in the tree by its n; unknown wrappings around them don't matter. */
function entriesIn(bytes: Uint8Array, found = new Map<number, Tlv>()): ReadonlyMap<number, Tlv> {
  for (const { tag, value } of children(bytes)) {
    if (!isConstructed(tag)) continue
    const [index, content, ...more] = children(value)
    const isEntry = tag === 0x30 && index?.tag === 0x02 && index.value.length === 1 && content !== undefined && content.tag !== 0x31 && more.length === 0
    if (isEntry && !found.has(index.value[0] ?? 0)) found.set(index.value[0] ?? 0, content)
    else if (!isEntry) entriesIn(value, found)
  }
  return found
}

/** `dd/MM/yyyy` to `yyyy-mm-dd`; anything else (a year alone, "Không thời hạn") as it stands. */
function date(text: string | null): string | null {
  const [, day, month, year] = /^(\d{2})[/.-](\d{2})[/.-](\d{4})$/.exec(text ?? '') ?? []
  return day === undefined ? text : `${year}-${month}-${day}`
}

/** The parents' entry: `[0]` father, `[1]` mother, or the two one after the other. */
function parents(entry: Tlv | undefined): { readonly father: string | null; readonly mother: string | null } {
  const both = entry === undefined ? [] : children(entry.value)
  const tagged = both.some(({ tag }) => tag === father || tag === mother)
  const pick = (tag: number, at: number): string | null => {
    const one = tagged ? both.find((each) => each.tag === tag) : both[at]
    return one === undefined ? null : textIn(one)
  }
  return { father: pick(father, 0), mother: pick(mother, 1) }
}

/**
 * Reads DG13 of a Vietnamese card. Its layout is not published; this follows public reverse engineering, so whatever isn't understood is passed over. Null when
 * nothing of it is.
 */
export function readDg13(file: Uint8Array): Dg13 | null {
  const entries = entriesIn(readTlv(file).value)
  if (entries.size === 0) return null
  const text = (n: number): string | null => {
    const entry = entries.get(n)
    return entry === undefined ? null : textIn(entry)
  }
  return {
    number: text(1),
    fullName: text(2),
    dob: date(text(3)),
    sex: text(4),
    nationality: text(5),
    ethnicity: text(6),
    religion: text(7),
    origin: text(8),
    residence: text(9),
    marks: text(10),
    issued: date(text(11)),
    expiry: date(text(12)),
    ...parents(entries.get(13)),
    oldNumber: text(15) ?? text(16),
  }
}
