import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Screens by name (`kiosk`, `counter-3`, `touchpad-3` …), each with its token. */
export type ScreenTokens = Readonly<Record<string, string>>

/**
 * The tokens of these screens out of a file that only its owner may read, drawing those that are missing. They stay the same over
 * restarts, so a screen that was opened once comes back by itself; one that the station no longer serves opens nothing.
 */
export function screenTokens(file: string, screens: readonly string[]): ScreenTokens {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
  const missing = screens.filter((screen) => !known[screen])
  for (const screen of missing) known[screen] = randomBytes(18).toString('base64url')
  if (missing.length) {
    writeFileSync(`${file}.new`, JSON.stringify(known), { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
  }
  return Object.fromEntries(screens.map((screen) => [screen, known[screen] ?? '']))
}

/** Compares without telling by its time how much was right. */
export function sameToken(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
