import { followedAfter, peopleIn, type GroupedHistory } from './histories.ts';

/** Whole months after arrival at which a curve has a point, ascending; the first band runs from 0. */
export type Bands = readonly number[];

const candidates: readonly Bands[] = [[6, 12, 18, 24, 36, 48, 60], [12, 24, 36, 48, 60], [24, 48], [12]];

/**
 * At which times everybody together may be shown: so far that in each band at least `fewest` people found work and as many
 * left, and twice as many are still followed after it. Of the candidates the one that reaches furthest, and of those the finest; empty
 * where no band has enough people. A later release keeps the bands of the first, because two sets of bands side by side would tell of
 * smaller ones.
 */
export function chooseBands(histories: readonly GroupedHistory[], fewest: number): Bands {
  let best: Bands = [];
  for (const candidate of candidates) {
    const ends: number[] = [];
    for (const end of candidate) {
      const from = ends.at(-1) ?? 0;
      const ended = histories.filter(({ exit }) => exit > from && exit <= end);
      const enough = (['work', 'left'] as const).every(
        (cause) => peopleIn(ended.filter((one) => one.cause === cause)) >= fewest,
      );
      if (!enough || followedAfter(histories, end) < 2 * fewest) break;
      ends.push(end);
    }
    if ((ends.at(-1) ?? 0) > (best.at(-1) ?? 0)) best = ends;
  }
  return best;
}

/** Bands that a slice may have: those of everybody, or one up to the same last month, so that tables share their sums. */
export function sliceBands(bands: Bands): readonly Bands[] {
  return bands.length === 1 ? [bands] : [bands, bands.slice(-1)];
}

/**
 * Under which name a group stands: its own with at least three times `fewest` people, or else `together` with other small ones. Two small
 * groups in one are seldom too small; apart both would be hidden, and a third one for their sake. Who has a name keeps it.
 */
export function nameGroups(
  histories: readonly GroupedHistory[],
  before: Readonly<Record<string, string>>,
  fewest: number,
): Readonly<Record<string, string>> {
  const sizes = new Map<string, number>();
  for (const { group, people } of histories) sizes.set(group, (sizes.get(group) ?? 0) + people);
  const names: Record<string, string> = { ...before };
  for (const [group, people] of sizes) names[group] ??= people >= 3 * fewest ? group : 'together';
  const small = Object.entries(names).filter(([, name]) => name === 'together');
  // One alone is not together with anybody.
  if (small.length === 1 && !(small[0]![0] in before)) names[small[0]![0]] = small[0]![0];
  return names;
}

/** The band in which somebody's following ended, as `0-12`; `null` after the last. */
export function bandOf(exit: number, bands: Bands): string | null {
  const at = bands.findIndex((end) => exit <= end);
  return at < 0 ? null : bandName(at, bands);
}

export function bandName(at: number, bands: Bands): string {
  return `${bands[at - 1] ?? 0}-${bands[at]!}`;
}

export type CohortWidth = 'half-year' | 'year' | 'together';

/** Half-years of arrival where most hold a hundred people, or else years; `together` where years hold too few as well. */
export function chooseCohorts(histories: readonly GroupedHistory[], fewest: number): CohortWidth {
  for (const width of ['half-year', 'year'] as const) {
    const sizes = new Map<string, number>();
    for (const { group, people } of histories) {
      const cohort = cohortName(group, width);
      sizes.set(cohort, (sizes.get(cohort) ?? 0) + people);
    }
    const ordered = [...sizes.values()].sort((a, b) => a - b);
    if (ordered.length > 1 && ordered[Math.floor(ordered.length / 2)]! >= 10 * fewest) return width;
  }
  return 'together';
}

/** The half-year `2025-1` in a cohort of this width: `2025-1` or `2025`. */
export function cohortName(halfYear: string, width: CohortWidth): string {
  return width === 'half-year' ? halfYear : (halfYear.split('-')[0] ?? halfYear);
}
