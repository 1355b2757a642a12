import { advanceOf, type Style } from './ink.ts'
import type { Weight } from './fonts.ts'
import { visibleText } from './glyphs.ts'
import type { Run } from './slip.ts'

export interface Piece {
  readonly text: string
  readonly weight: Weight
  readonly x: number
}

/** One set line: its words from x = 0 and its width. */
export interface SetLine {
  readonly pieces: readonly Piece[]
  readonly width: number
}

interface Word extends SetLine {
  /** How many blanks stood before it. */
  readonly blanks: number
}

/** Times, dates and amounts differ from slip to slip, but not their digits: set one by one they are drawn already. */
const isNumber = (text: string): boolean => /^\d[\d:.,/–-]*$/.test(text)

function whole(text: string, style: Style, weight: Weight): SetLine {
  const width = advanceOf(text, style, weight)
  return { pieces: [{ text, weight, x: 0 }], width }
}

function wordsOf(runs: readonly Run[], style: Style): readonly Word[] {
  const words: Word[] = []
  let blanks = 0
  for (const run of runs) {
    const weight = run.bold && style.weight < 700 ? 700 : style.weight
    for (const part of visibleText(run.text.normalize('NFC')).split(/( +)/)) {
      if (part.trim() === '') {
        blanks += part.length
        continue
      }
      words.push({ ...(isNumber(part) ? setLetters(part, { ...style, weight }) : whole(part, style, weight)), blanks })
      blanks = 0
    }
  }
  return words
}

function setLine(words: readonly Word[], space: number): SetLine {
  const pieces: Piece[] = []
  let x = 0
  for (const [index, word] of words.entries()) {
    x += index > 0 ? word.blanks * space : 0
    for (const piece of word.pieces) pieces.push({ ...piece, x: x + piece.x })
    x += word.width
  }
  return { pieces, width: x }
}

/** Breaks runs into lines of at most `width` dots at blanks; a single word that is too long stands alone and is squeezed when drawn. */
export function setParagraph(runs: readonly Run[], style: Style, width: number): readonly SetLine[] {
  const space = advanceOf(' ', style, style.weight)
  const lines: SetLine[] = []
  let current: Word[] = []
  let used = 0
  for (const word of wordsOf(runs, style)) {
    const added = (current.length > 0 ? word.blanks * space : 0) + word.width
    if (current.length > 0 && word.blanks > 0 && used + added > width) {
      lines.push(setLine(current, space))
      current = [word]
      used = word.width
    } else {
      current.push(word)
      used += added
    }
  }
  if (current.length > 0) lines.push(setLine(current, space))
  return lines
}

/** One line of single letters, kerned pair by pair: for numbers, whose digits repeat though the numbers don't. */
export function setLetters(text: string, style: Style): SetLine {
  const { weight } = style
  const pieces: Piece[] = []
  let x = 0
  let before = ''
  for (const letter of text) {
    if (before) x += advanceOf(before + letter, style, weight) - advanceOf(before, style, weight) - advanceOf(letter, style, weight)
    pieces.push({ text: letter, weight, x })
    x += advanceOf(letter, style, weight)
    before = letter
  }
  return { pieces, width: x }
}
