/** Letters of the on-screen keyboard; the last row has those that Vietnamese adds. */
export const letterRows: readonly (readonly string[])[] = [
  ['q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p'],
  ['a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', ','],
  ['z', 'x', 'c', 'v', 'b', 'n', 'm', '.', '?', 'đ'],
  ['ă', 'â', 'ê', 'ô', 'ơ', 'ư'],
]

/** Tone marks as combining characters, with the catalogue key of their names. */
export const tones = [
  { mark: '\u0301', name: 'touchpad.key.sac' },
  { mark: '\u0300', name: 'touchpad.key.huyen' },
  { mark: '\u0309', name: 'touchpad.key.hoi' },
  { mark: '\u0303', name: 'touchpad.key.nga' },
  { mark: '\u0323', name: 'touchpad.key.nang' },
] as const
const anyTone = /[\u0301\u0300\u0309\u0303\u0323]/g
const vowels = /[aăâeêioôơuưy]/i

/** Puts a tone on the last vowel of the text, in place of the one it had; the same tone again takes it off. Text without a vowel stays. */
export function withTone(text: string, tone: string): string {
  const letters = [...text.normalize('NFC')]
  const index = letters.findLastIndex((letter) => vowels.test(bare(letter)))
  if (index < 0 || letters.slice(index).some((letter) => /\s/.test(letter))) return text
  const before = letters[index] ?? ''
  const toned = `${bare(before)}${tone}`.normalize('NFC')
  letters[index] = toned === before ? bare(before) : toned
  return letters.join('')
}

/** The letter without its tone, its shape kept: ế → ê. */
const bare = (letter: string) => letter.normalize('NFD').replace(anyTone, '').normalize('NFC')

/** Without the last letter, whole letters with their marks. */
export const withoutLast = (text: string): string => [...text.normalize('NFC')].slice(0, -1).join('')
