import { intervalByClusters, type Estimate, type Groups, type Note } from '@meedoen/evidence';
import { sum } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import type { MinimalImportantDifference } from './instrument.ts';
import type { Waves } from './waves.ts';

/** How much people changed since the first wave. `se` is CR1. */
export type Change = Estimate & {
  /** The sandwich with factor 1 (CR0), and with G/(G − 1) (CR1); `null` for one cluster. */
  readonly errors: { readonly cr0: number; readonly cr1: number | null };
  readonly clusters: number;
};

export type ChangeAtWave = Change & {
  readonly wave: number;
  /** Who changed by at least the minimal important difference; `null` where none is known. */
  readonly important: ImportantChange | null;
};

/** Shares of the people of a wave, with their errors. */
export type ImportantChange = { readonly better: Change; readonly same: Change; readonly worse: Change };

export type ChangeWithin = {
  readonly from: number;
  /** All later waves together: each person counts once per wave, and errors go together within a person. */
  readonly overall: Change;
  readonly waves: readonly ChangeAtWave[];
};

export type ChangeOptions = {
  readonly better: 'higher' | 'lower';
  readonly minimalImportantDifference: MinimalImportantDifference | null;
  /** What people lie in, per row, such as a location; default each person alone. A person keeps the first wave's. */
  readonly clusters?: Groups;
  readonly confidence?: number;
};

const BEFORE_AFTER: readonly Note[] = [
  {
    what: 'before-and-after',
    words: {},
    message: 'People are compared with themselves earlier: whatever else changed in between is in the difference too.',
  },
  {
    what: 'regression-to-the-mean',
    words: {},
    message:
      'People did not join because their first score was unusually low or high: such scores move back to the middle by themselves.',
  },
  {
    what: 'seen-like-unseen',
    words: {},
    message: 'People who were seen again changed like those who were not.',
  },
];

/**
 * Change within people, y_it − y_i0, since the first wave: the mean by wave and over all, and how many changed by at
 * least the minimal important difference, for better and for worse. Errors are summed within people or their clusters;
 * below 40 of those Student's t with G − 1 degrees. A comparison before and after: level 1.
 *
 * Refuses when nobody has a value both in the first wave and later. Waves in which nobody does are left out. O(people·waves).
 */
export function changeWithin(
  { people, waves, value, row }: Waves,
  { better, minimalImportantDifference, clusters, confidence = 0.95 }: ChangeOptions,
): Parsed<ChangeWithin> {
  const all = { change: [] as number[], unit: [] as number[] };
  const found: ChangeAtWave[] = [];
  for (let t = 1; t < waves.length; t++) {
    const change: number[] = [];
    const unit: number[] = [];
    for (let i = 0; i < people; i++) {
      const first = i * waves.length;
      const moved = value[first + t]! - value[first]!;
      if (Number.isNaN(moved)) continue;
      change.push(moved);
      unit.push(clusters ? clusters.codes[row[first]!]! : i);
    }
    if (change.length === 0) continue;
    all.change.push(...change);
    all.unit.push(...unit);
    found.push({
      wave: waves[t]!,
      ...clusteredMean(change, unit, confidence),
      important: minimalImportantDifference && {
        better: shareOf((toBetter) => toBetter >= minimalImportantDifference.difference),
        same: shareOf((toBetter) => Math.abs(toBetter) < minimalImportantDifference.difference),
        worse: shareOf((toBetter) => toBetter <= -minimalImportantDifference.difference),
      },
    });
    function shareOf(belongs: (toBetter: number) => boolean): Change {
      const sign = better === 'higher' ? 1 : -1;
      return clusteredMean(
        change.map((moved) => (belongs(sign * moved) ? 1 : 0)),
        unit,
        confidence,
      );
    }
  }
  if (found.length === 0) {
    return refuse(
      'nobody-seen-again',
      `Nobody has a value both in wave ${waves[0]} and later, so no change can be seen. Give people of both.`,
      { wave: waves[0]! },
    );
  }
  return {
    ok: true,
    value: { from: waves[0]!, overall: clusteredMean(all.change, all.unit, confidence), waves: found },
  };
}

/** A mean with the sandwich of its residuals, summed within units. For a mean (N − 1)/(N − K) is 1, so CR1 is CR0·√(G/(G − 1)). */
function clusteredMean(values: readonly number[], unit: readonly number[], confidence: number): Change {
  const n = values.length;
  const estimate = sum(values) / n;
  const summed = new Map<number, number>();
  values.forEach((value, i) => summed.set(unit[i]!, (summed.get(unit[i]!) ?? 0) + value - estimate));
  const clusters = summed.size;
  const cr0 = Math.sqrt(sum([...summed.values()].map((part) => part * part))) / n;
  const cr1 = clusters > 1 ? cr0 * Math.sqrt(clusters / (clusters - 1)) : null;
  return {
    estimate,
    ...intervalByClusters(estimate, cr1 ?? cr0, clusters, confidence),
    n,
    level: 1,
    assumptions: BEFORE_AFTER,
    errors: { cr0, cr1 },
    clusters,
  };
}
