/**
 * The last event of an origin that both sides have, found by halving. `most`: the smaller of both sides' newest numbers;
 * `same` says whether the peer's event of a number is ours.
 */
export async function lastShared(most: number, same: (seq: number) => Promise<boolean>): Promise<number> {
  let [shared, differs] = [0, most + 1]
  while (differs - shared > 1) {
    const middle = Math.floor((shared + differs) / 2)
    if (await same(middle)) shared = middle
    else differs = middle
  }
  return shared
}
