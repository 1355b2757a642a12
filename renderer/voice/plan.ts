import { digitClip, letterClip, letterWords, packWords } from './words.ts'

/** What is spoken of a call. */
export interface Spoken {
  readonly number: string
  readonly counter: number
}

/** Ids that a pack can play. */
export interface ClipSet {
  readonly clips: Readonly<Record<string, unknown>>
}

/** Clips of a ticket number, one a character; null when one of them has no Vietnamese name. */
function numberClips(number: string): readonly string[] | null {
  const clips = [...number.toUpperCase()].map((character) => {
    if (/^\d$/.test(character)) return digitClip(Number(character))
    return character in letterWords ? letterClip(character) : null
  })
  return clips.length > 0 && clips.every((clip) => clip !== null) ? clips : null
}

/** Clips of a counter 1–99 as a Vietnamese number: 3 ba, 10 mười, 15 mười lăm, 21 hai mươi mốt. */
function counterClips(counter: number): readonly string[] | null {
  if (!Number.isInteger(counter) || counter < 1 || counter > 99) return null
  const tens = Math.floor(counter / 10)
  const unit = counter % 10
  if (tens === 0) return [digitClip(unit)]
  const head = tens === 1 ? ['muoi-huyen'] : [digitClip(tens), 'muoi']
  if (unit === 0) return head
  if (unit === 5) return [...head, 'lam']
  return [...head, unit === 1 && tens > 1 ? 'mot' : digitClip(unit)]
}

/**
 * Clips of one announcement in order, joined without gaps: chime, "Mời công dân có số", the number character by character,
 * "đến quầy số", the counter. A number that the pack can't say in full gives the chime alone: half a number would send someone
 * else to the counter, and the board shows the whole.
 */
export function announcementClips(call: Spoken, pack: ClipSet): readonly string[] {
  const number = numberClips(call.number)
  const counter = counterClips(call.counter)
  if (number === null || counter === null) return available(['chime'], pack)
  const words = ['moi-so', ...number, 'den-quay', ...counter]
  return words.every((id) => id in pack.clips) ? available(['chime', ...words], pack) : available(['chime'], pack)
}

const available = (ids: readonly string[], pack: ClipSet) => ids.filter((id) => id in pack.clips)

/** Says whether the plan has words, or only the chime. */
export const hasWords = (clips: readonly string[]): boolean => clips.some((id) => id !== 'chime')

/** The sentence of a call for a system voice, with commas where it should take a breath; null when the number can't be read. */
export function spokenSentence(call: Spoken): string | null {
  const number = numberClips(call.number)
  const counter = counterClips(call.counter)
  if (number === null || counter === null) return null
  const words = packWords()
  const said = number.map((id) => words[id] ?? '').join(', ')
  return `Mời công dân có số ${said}, đến quầy số ${counter.map((id) => words[id] ?? '').join(' ')}`
}

