const offsetMs = 7 * 3_600_000

/** The furthest that a Date reaches in either direction, epoch ms. A station's clock may say anything. */
const furthest = 8.64e15

/** Vietnam's clock (UTC+7 all year, whatever TZ says) as ISO 8601 without an offset; a year beyond 9999 has a sign and six digits. */
function local(at: number): string {
  return new Date(Math.max(-furthest, Math.min(furthest, at + offsetMs))).toISOString().slice(0, -1)
}

/** Local day in Vietnam, `yyyy-mm-dd`. */
export function vietnamDay(at: number): string {
  return local(at).slice(0, -13)
}

/** ISO 8601 with the offset of Vietnam; null stays null. */
export function vietnamIso(at: number | null): string | null {
  return at === null ? null : `${local(at)}+07:00`
}

/** `09:18:05` of the day in Vietnam. */
export function vietnamClock(at: number): string {
  return local(at).slice(-12, -4)
}
