/**
 * The words that a call is made of, each with the clip id under which a voice pack keeps it.
 * Spoken as in offices today (domain.md 6.3): letters by their Vietnamese names, digits one by one.
 */

/** Phrases around the number; `chime` is a sound, not a word. */
export const phraseClips = {
  chime: '',
  'moi-so': 'Mời công dân có số',
  'den-quay': 'đến quầy số',
} as const

/** Digits 0–9 by position. */
export const digitWords = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const

/** Forms that Vietnamese uses only inside a number over nine: mười hai, hai mươi mốt, mười lăm. */
export const tensClips = { 'muoi-huyen': 'mười', muoi: 'mươi', mot: 'mốt', lam: 'lăm' } as const

/** Vietnamese names of the letters, J Q W Z as they are read on forms. */
export const letterWords: Readonly<Record<string, string>> = {
  A: 'a', B: 'bê', C: 'xê', D: 'dê', Đ: 'đê', E: 'e', F: 'ép', G: 'gê', H: 'hát', I: 'i', J: 'gi', K: 'ca', L: 'e lờ', M: 'em mờ',
  N: 'en nờ', O: 'o', P: 'pê', Q: 'quy', R: 'e rờ', S: 'ét sì', T: 'tê', U: 'u', V: 'vê', W: 'vê kép', X: 'ích xì', Y: 'i dài', Z: 'dét',
}

/** Clip id of a letter: lower case, Đ as `dd` so that file names stay ASCII. */
export const letterClip = (letter: string): string => `chu-${letter === 'Đ' ? 'dd' : letter.toLowerCase()}`

/** Clip id of a digit 0–9. */
export const digitClip = (digit: number): string => `so-${digit}`

/** Every clip of a complete pack with the text that is spoken in it; the chime's text is empty. */
export function packWords(): Readonly<Record<string, string>> {
  const digits = digitWords.map((word, digit) => [digitClip(digit), word])
  const letters = Object.entries(letterWords).map(([letter, word]) => [letterClip(letter), word])
  return { ...phraseClips, ...tensClips, ...Object.fromEntries(digits), ...Object.fromEntries(letters) }
}
