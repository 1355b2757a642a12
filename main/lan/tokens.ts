import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** One token a screen of this station, kept in a file that only its owner may read. */
export type ScreenTokens = Readonly<Record<'kiosk' | 'counter' | 'board' | 'touchpad' | 'supervisor', string>>

/** Reads the tokens, or draws them on the first start. They stay the same over restarts, so a paired screen comes back by itself. */
export function screenTokens(file: string): ScreenTokens {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ScreenTokens
  const draw = () => randomBytes(18).toString('base64url')
  const tokens: ScreenTokens = { kiosk: draw(), counter: draw(), board: draw(), touchpad: draw(), supervisor: draw() }
  writeFileSync(file, JSON.stringify(tokens), { mode: 0o600, flush: true })
  return tokens
}

/** Compares without telling by its time how much was right. */
export function sameToken(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
