/**
 * Text for searching: no accents, đ → d, lower case, NFC in or NFD alike. `đ` has no decomposition, so stripping marks
 * alone would never find "dang" in "đăng".
 */
export function foldVietnamese(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()
}

/** Folded words of letters and digits; points inside a code (`1.001193`) keep it one word. */
export function foldedWords(text: string): readonly string[] {
  return foldVietnamese(text).match(/[\p{L}\p{N}]+(?:\.[\p{N}]+)*/gu) ?? []
}
