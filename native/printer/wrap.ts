/**
 * Breaks a line at blanks so that each part has at most `columns` letters; a word longer than that is broken where it must be. Leading blanks stay (lists),
 * the blank at a break is dropped. Count letters after `simplifyText`: one letter, one column.
 */
export function wrapColumns(line: string, columns: number): readonly string[] {
  const parts: string[] = []
  let rest = [...line]
  while (rest.length > columns) {
    let at = rest.lastIndexOf(' ', columns)
    if (rest.slice(0, at).every((glyph) => glyph === ' ')) at = -1
    parts.push(rest.slice(0, at < 0 ? columns : at).join('').trimEnd())
    rest = rest.slice(at < 0 ? columns : at + 1)
    while (rest[0] === ' ') rest = rest.slice(1)
  }
  if (rest.length > 0 || parts.length === 0) parts.push(rest.join(''))
  return parts
}
