/** A slot that a citizen booked online (đặt lịch hẹn). */
import { localDay } from './local-time.ts'

/** Within these minutes before and after its time the holder goes before walk-ins; at other times of its day by turn. */
export const appointmentWindow = { before: 30, after: 15 } as const

export type Admission =
  | { readonly ok: true; readonly priority: 'appointment' | null }
  | { readonly ok: false; readonly reason: 'appointment-other-day' }

/** Whether the holder of a slot (epoch ms) gets a number now, and in which lane. */
export function admit(at: number, now: number): Admission {
  if (localDay(at) !== localDay(now)) return { ok: false, reason: 'appointment-other-day' }
  const inWindow = now >= at - appointmentWindow.before * 60_000 && now <= at + appointmentWindow.after * 60_000
  return { ok: true, priority: inWindow ? 'appointment' : null }
}

/** What a scanner or a person gives, as the codes it may be: itself, and the parts of a look-up address, the last first. */
export function possibleCodes(text: string): readonly string[] {
  const whole = text.trim()
  return [whole, ...whole.split(/[/?&=#]/).filter((part) => part !== '' && part !== whole).toReversed()]
}
