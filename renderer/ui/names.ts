/** Initials for the avatar: first letters of the middle and the given name, as people call each other: Trần Thị Mỹ Hạnh → MH. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => word !== '')
  return words.slice(-2).map((word) => (word.match(/\p{L}/u)?.[0] ?? '').toUpperCase()).join('')
}

/** A name in at most `max` letters: the middle names shrink to initials from the left, the given name never does. */
export function shortName(name: string, max: number): string {
  const words = name.trim().split(/\s+/)
  for (let index = 1; index < words.length - 1 && words.join(' ').length > max; index += 1) {
    const letter = words[index]?.[0]
    if (letter !== undefined) words[index] = `${letter}.`
  }
  return words.join(' ')
}
