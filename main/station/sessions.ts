import type { Audience } from '#contract/audience.ts'
import type { Session } from '#api/session.ts'
import type { Journal } from '#journal/journal.ts'
import { sameToken, type ScreenTokens } from '#lan/tokens.ts'
import type { StationConfig } from '#main/config.ts'
import type { Pairings } from './pairings.ts'

const bare: Session = { audience: 'follow', counter: null, staff: null, ticketId: null, station: null, counters: null }

/** Names of the screens that a station serves; a hub serves counters and touchpads that are plain browsers on the LAN as well. */
export function screensOf(config: StationConfig): readonly string[] {
  const byRole = config.roles.includes('hub') ? config.counters.map((one) => one.id) : config.counter === null ? [] : [config.counter]
  const counters = config.counterScreens ?? byRole
  const own = config.roles.filter((role) => role === 'kiosk' || role === 'board')
  return [...own, 'supervisor', ...counters.flatMap((id) => [`counter-${id}`, `touchpad-${id}`])]
}

/** Who is behind a token: a screen of this station, a linked station, or the holder of a ticket; null for anybody else. */
export function sessionOpener(config: StationConfig, tokens: ScreenTokens, journal: Journal, pairings: Pairings): (token: string) => Session | null {
  const byKey = journal.db.prepare<[string]>('SELECT id FROM v_tickets WHERE key = ?').pluck()
  return (token) => {
    const screen = Object.entries(tokens).find(([, known]) => sameToken(known, token))?.[0]
    if (screen) return screenSession(config, screen)
    const machine = pairings.find(token)
    if (machine) return { ...bare, audience: machine.kind ?? 'station', station: machine.id, counters: machine.counters, counter: machine.kind ? (machine.counters?.[0] ?? null) : null }
    const ticketId = byKey.get(token)
    return typeof ticketId === 'string' ? { ...bare, audience: 'follow', ticketId } : null
  }
}

/** The session of one of this station's screens by its name. */
export function screenSession(config: StationConfig, screen: string): Session {
  const [kind, number] = screen.split('-')
  const counter = number === undefined ? null : Number(number)
  const plan = config.counters.find((one) => one.id === counter)
  const staff = plan?.staff ? { id: plan.staff, name: plan.staffName ?? plan.staff } : null
  return { ...bare, audience: kind as Audience, counter, staff: kind === 'counter' ? staff : null }
}
