/**
 * How alike two groupings of the same people are, whatever the groups are called: 1 for the same, around 0 for
 * chance, below 0 for worse. L. Hubert & P. Arabie (1985), Journal of Classification 2:193.
 *
 * @param weight how many people each entry stands for; 1 if absent
 */
export function adjustedRandIndex(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
  weight?: ArrayLike<number>,
): number {
  const cells = new Map<string, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  let all = 0;
  for (let i = 0; i < one.length; i++) {
    const people = weight ? weight[i]! : 1;
    const key = `${one[i]!} ${other[i]!}`;
    cells.set(key, (cells.get(key) ?? 0) + people);
    rows.set(one[i]!, (rows.get(one[i]!) ?? 0) + people);
    columns.set(other[i]!, (columns.get(other[i]!) ?? 0) + people);
    all += people;
  }
  const together = pairsIn(cells.values());
  const inOne = pairsIn(rows.values());
  const inOther = pairsIn(columns.values());
  const expected = all > 1 ? (inOne * inOther) / ((all * (all - 1)) / 2) : 0;
  const most = (inOne + inOther) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

function pairsIn(sizes: Iterable<number>): number {
  let pairs = 0;
  for (const size of sizes) pairs += (size * (size - 1)) / 2;
  return pairs;
}
