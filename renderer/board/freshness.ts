/** How old the data on the board is and what the board may still claim (ui/README "Board"). */
export type Freshness =
  /** ≤ 5 s: said quietly. */
  | { readonly level: 'fresh'; readonly seconds: number }
  /** 6–30 s: yellow, with an icon. */
  | { readonly level: 'late'; readonly seconds: number }
  /** Over 30 s: a band says since when; numbers stay, waits are hidden. */
  | { readonly level: 'lost'; readonly since: number }
  /** Over 5 min: the numbers are no longer true; only the band and the clock. */
  | { readonly level: 'dark'; readonly since: number }

/**
 * Age of a view. `asOf` is the station's time of what the queue last said, `now` the station's time when the view was made, both epoch ms;
 * `elapsed` is how long ago it arrived here. Only station time is compared with station time: a board's own clock may be wrong.
 */
export function freshnessOf(view: { readonly now: number; readonly asOf: number }, elapsed: number): Freshness {
  const age = Math.max(0, view.now + elapsed - view.asOf)
  const seconds = Math.floor(age / 1000)
  if (age < 6_000) return { level: 'fresh', seconds }
  if (age <= 30_000) return { level: 'late', seconds }
  return { level: age <= 300_000 ? 'lost' : 'dark', since: view.asOf }
}
