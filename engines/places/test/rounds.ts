import type { RoundInput } from '../src/round.ts';

/** One unit of one service each; values over 16, so that they are whole steps. */
export function smallRound(
  slots: readonly number[],
  values: readonly (readonly number[])[] | null,
  /** Per household the classes of places, from 1. */
  wishes: readonly (readonly (readonly number[])[])[],
  forbidden: readonly (readonly number[])[] = [],
): RoundInput {
  const place = (j: number): string => `p${j}`;
  const household = (i: number): string => 'ABCDEFG'[i]!;
  return {
    services: ['dwelling'],
    places: slots.map((count, j) => ({ id: place(j + 1), name: place(j + 1), room: [count] })),
    households: wishes.map((_, i) => ({
      id: household(i),
      needs: [1],
      adults: 1,
      must: [],
      forbidden: (forbidden[i] ?? []).map(place),
      urgency: 0,
      lottery: i,
    })),
    wishes: wishes.flatMap((classes, i) =>
      classes.flatMap((one, c) => one.map((j) => ({ household: household(i), class: c + 1, place: place(j) }))),
    ),
    benefit: (values ?? []).flatMap((row, i) =>
      row.map((value, j) => ({
        household: household(i),
        member: 'one',
        place: place(j + 1),
        value: value / 16,
        low: value / 16,
        high: value / 16,
        because: 'school',
        source: 'invented',
      })),
    ),
  };
}

/** Every way to put places 1 to n into classes, best first; each place named. */
export function everyRanking(places: readonly number[]): number[][][] {
  if (places.length === 0) return [[]];
  const rankings: number[][][] = [];
  for (let mask = 1; mask < 1 << places.length; mask++) {
    const first = places.filter((_, at) => (mask >> at) & 1);
    for (const rest of everyRanking(places.filter((_, at) => !((mask >> at) & 1)))) rankings.push([first, ...rest]);
  }
  return rankings;
}
