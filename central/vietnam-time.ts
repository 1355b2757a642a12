const offsetMs = 7 * 3_600_000

/** Local day in Vietnam (UTC+7 all year, whatever TZ says), `yyyy-mm-dd`. */
export function vietnamDay(at: number): string {
  return new Date(at + offsetMs).toISOString().slice(0, 10)
}

/** ISO 8601 with the offset of Vietnam; null stays null. */
export function vietnamIso(at: number | null): string | null {
  return at === null ? null : `${new Date(at + offsetMs).toISOString().slice(0, 23)}+07:00`
}

/** `09:18:05` of the day in Vietnam. */
export function vietnamClock(at: number): string {
  return new Date(at + offsetMs).toISOString().slice(11, 19)
}
