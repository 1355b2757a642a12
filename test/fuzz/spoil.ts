import type { Random } from './random.ts'

/** A good frame as lines spoil it: bytes changed, cut off, doubled inside, behind or instead of plain noise. */
export function spoiled(good: Uint8Array, random: Random): Uint8Array {
  const way = random.below(5)
  if (way === 0) return random.bytes(random.below(24))
  if (way === 1) return good.subarray(0, random.below(good.length))
  if (way === 2) return good.subarray(random.below(good.length))
  const copy = Uint8Array.from(good)
  for (let times = 1 + random.below(3); times > 0; times--) copy[random.below(copy.length)] = random.below(256)
  if (way === 3) return copy
  const at = random.below(good.length)
  return Uint8Array.from([...copy.subarray(0, at), ...random.bytes(random.below(6)), ...copy.subarray(at)])
}
