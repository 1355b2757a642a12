/** Wait before try number `attempt` (0, 1, 2 …) in ms: doubling from 250 ms to 8 s, then a random half of it, so that forty screens don't return at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(8000, 250 * 2 ** attempt)
  return full / 2 + random() * (full / 2)
}
