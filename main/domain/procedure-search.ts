/** Finding a procedure by what people type: any accents or none, words in any order, the last one half typed. */
import { foldVietnamese } from './fold.ts'
import type { Procedure } from './procedure.ts'

/** Half-open range of UTF-16 positions in the original text, for highlighting. */
export interface MatchRange {
  readonly from: number
  readonly to: number
}

export interface ProcedureHit<P> {
  readonly procedure: P
  readonly shortName: readonly MatchRange[]
  readonly name: readonly MatchRange[]
}

type Searchable = Pick<Procedure, 'code' | 'name' | 'shortName' | 'field' | 'counterWeight'>

interface FoldedText {
  readonly text: string
  /** Position in the original of each letter of `text`. */
  readonly at: readonly number[]
  readonly words: readonly { readonly text: string; readonly from: number }[]
}

interface Entry<P> {
  readonly procedure: P
  readonly shortName: FoldedText
  readonly name: FoldedText
  readonly field: FoldedText
  /** The name without "Thủ tục", which says nothing. */
  readonly bareName: string
}

function foldText(original: string): FoldedText {
  let text = ''
  const at: number[] = []
  let position = 0
  for (const letter of original) {
    const folded = foldVietnamese(letter).replace(/[^\p{L}\p{N}.]/gu, ' ')
    for (let i = 0; i < folded.length; i++) at.push(position)
    text += folded
    position += letter.length
  }
  at.push(position)
  const words = [...text.matchAll(/[^ ]+/g)].map((match) => ({ text: match[0], from: match.index }))
  return { text, at, words }
}

const squeeze = (text: string) => text.replace(/ +/g, ' ').trim()

/** Whether a word of the text begins with `word`; a word that isn't the last of the query must be a whole one. */
function finds(text: FoldedText, word: string, whole: boolean): boolean {
  return text.words.some((one) => (whole ? one.text === word : one.text.startsWith(word)))
}

function codeFinds(code: string, word: string): boolean {
  return /^[\d.]{3,}$/.test(word) && code.includes(word)
}

/** Whether the words are all the words of a text, in any order, the last one perhaps half typed. */
function isAllOf(text: string, words: readonly string[]): boolean {
  const rest = text.split(' ')
  if (rest.length !== words.length) return false
  return words.every((word, i) => {
    const at = rest.findIndex((one) => (i < words.length - 1 ? one === word : one.startsWith(word)))
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  })
}

/** Smaller is better; null: not found. */
function rank<P extends Searchable>(entry: Entry<P>, words: readonly string[]): number | null {
  const isWhole = (i: number) => i < words.length - 1
  const inText = (text: FoldedText) => words.every((word, i) => finds(text, word, isWhole(i)))
  const anywhere = words.every(
    (word, i) => [entry.shortName, entry.name, entry.field].some((text) => finds(text, word, isWhole(i))) || codeFinds(entry.procedure.code, word),
  )
  if (!anywhere) return null
  const phrase = words.join(' ')
  const short = squeeze(entry.shortName.text)
  if (short === phrase || entry.bareName === phrase || entry.procedure.code === phrase) return 0
  if (isAllOf(short, words) || isAllOf(entry.bareName, words)) return 0.5
  if (` ${short}`.includes(` ${phrase}`)) return short.startsWith(phrase) ? 1 : 2
  if (` ${entry.bareName}`.includes(` ${phrase}`)) return entry.bareName.startsWith(phrase) ? 3 : 4
  if (inText(entry.shortName)) return 5
  return inText(entry.name) ? 6 : 7
}

/** Joins ranges with nothing but blanks between them, so that a phrase is one mark. */
function join(ranges: readonly MatchRange[], original: string): readonly MatchRange[] {
  const joined: MatchRange[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && (range.from <= last.to || original.slice(last.to, range.from).trim() === '')) {
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    } else joined.push(range)
  }
  return joined
}

function ranges(text: FoldedText, original: string, words: readonly string[]): readonly MatchRange[] {
  const found = words.flatMap((word, i) =>
    text.words
      .filter((one) => (i < words.length - 1 ? one.text === word : one.text.startsWith(word)))
      .map((one) => ({ from: text.at[one.from] ?? 0, to: text.at[one.from + word.length] ?? original.length })),
  )
  return join(found, original)
}

/** Builds the index once and answers queries from it; an empty query gives everything in the catalogue's order. */
export function createProcedureSearch<P extends Searchable>(procedures: readonly P[]): (query: string) => readonly ProcedureHit<P>[] {
  const entries = procedures.map((procedure): Entry<P> => {
    const name = foldText(procedure.name)
    return {
      procedure,
      name,
      shortName: foldText(procedure.shortName),
      field: foldText(procedure.field),
      bareName: squeeze(name.text).replace(/^thu tuc /, ''),
    }
  })
  return (query) => {
    const words = squeeze(foldText(query).text).split(' ').filter((word) => word !== '')
    if (words.length === 0) return procedures.map((procedure) => ({ procedure, shortName: [], name: [] }))
    return entries
      .flatMap((entry) => {
        const at = rank(entry, words)
        return at === null ? [] : [{ entry, at }]
      })
      .sort((a, b) => a.at - b.at || b.entry.procedure.counterWeight - a.entry.procedure.counterWeight || a.entry.name.text.length - b.entry.name.text.length)
      .map(({ entry }) => ({
        procedure: entry.procedure,
        shortName: ranges(entry.shortName, entry.procedure.shortName, words),
        name: ranges(entry.name, entry.procedure.name, words),
      }))
  }
}
