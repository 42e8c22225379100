import { chiSquaredUpperTail, cholesky, quadraticForm, square, type Square } from '@meedoen/numbers';
import { refuse, type Parsed } from '@meedoen/units';
import { detectableByEvents, type DetectableRatio } from './detectable.ts';
import { everyone, type Groups } from './groups.ts';
import { enteringPerCell, leavingPerCell } from './risk-table.ts';
import type { Spells } from './spells.ts';

export type LogRank = {
  readonly chiSquared: number;
  readonly degrees: number;
  readonly p: number;
  /**
   * The hazard ratio that would probably have been seen; `null` for more than two groups, and for ρ > 0, which looks for
   * other differences than one ratio.
   */
  readonly smallestDetectable: DetectableRatio | null;
  /** Per group: people, weighted events seen, and events expected if all groups had one hazard. */
  readonly groups: readonly {
    readonly group: string;
    readonly n: number;
    readonly observed: number;
    readonly expected: number;
  }[];
  /** Covariance of observed − expected, all groups. */
  readonly variance: Square;
};

/**
 * Do the groups have the same hazard? The log-rank test, within strata if given; any cause counts as the event.
 *
 * With ρ > 0 events weigh S(t−)^ρ, S pooled over groups within the stratum and left-continuous, so that early
 * differences count more (ρ = 1: Peto–Peto). Groups in which nothing was expected take no part.
 * Weights count as copies. Refuses one group, no events, sampling weights and overlapping groups that cannot be told apart.
 * O(n + strata × times × groups²).
 *
 * D. P. Harrington & T. R. Fleming (1982), Biometrika 69, 553–566.
 */
export function logRank(
  spells: Spells,
  {
    groups,
    strata = everyone(spells.size),
    rho = 0,
  }: { readonly groups: Groups; readonly strata?: Groups; readonly rho?: number },
): Parsed<LogRank> {
  if (!(rho >= 0 && rho < Infinity)) throw new RangeError(`logRank: ρ must be 0 or more, not ${rho}.`);
  if (spells.weight && spells.weightMeaning === 'sampling') {
    return refuse(
      'log-rank-with-sampling-weights',
      'The log-rank variance counts people, and sampling weights are not counts. Use Cox regression with robust errors instead.',
    );
  }
  const { size, times, from, causes } = spells;
  const width = times.length;
  const k = groups.names.length;
  const s = strata.names.length;
  if (k < 2)
    return refuse(
      'two-groups-needed',
      'A test needs at least two groups; here is 1. Name the column that tells them apart.',
      { groups: k },
    );

  // One row of counts per stratum and group.
  const codes = new Int32Array(size);
  for (let i = 0; i < size; i++) codes[i] = strata.codes[i]! * k + groups.codes[i]!;
  const kinds = causes + 1;
  const leaving = leavingPerCell(spells, codes, s * k * width, kinds);
  const entering = from ? enteringPerCell(spells, codes, s * k * width) : null;

  const observed = new Float64Array(k);
  const expected = new Float64Array(k);
  const variance = square(k);
  const v = variance.values;
  const n = new Float64Array(k);
  const atRisk = new Float64Array(k);
  const dying = new Float64Array(k);
  const leavingNow = new Float64Array(k);
  for (let stratum = 0; stratum < s; stratum++) {
    for (let g = 0; g < k; g++) {
      const row = (stratum * k + g) * width * kinds;
      let people = 0;
      for (let at = row; at < row + width * kinds; at++) people += leaving[at]!;
      n[g]! += people;
      // Walk forward, letting people in and out. Without late entry everybody is in from the start.
      atRisk[g] = entering ? 0 : people;
    }
    let staying = 1;
    for (let j = 0; j < width; j++) {
      let total = 0;
      let events = 0;
      for (let g = 0; g < k; g++) {
        const cell = (stratum * k + g) * width + j;
        if (entering) atRisk[g]! += entering[cell]!;
        let died = 0;
        for (let c = 1; c < kinds; c++) died += leaving[cell * kinds + c]!;
        dying[g] = died;
        leavingNow[g] = died + leaving[cell * kinds]!;
        total += atRisk[g]!;
        events += died;
      }
      if (events > 0) {
        const weigh = rho === 0 ? 1 : staying ** rho;
        const share = events / total;
        const spread = total > 1 ? (weigh * weigh * share * (total - events)) / (total - 1) : 0;
        for (let g = 0; g < k; g++) {
          observed[g]! += weigh * dying[g]!;
          expected[g]! += weigh * share * atRisk[g]!;
          if (spread > 0) {
            const mine = (spread * atRisk[g]!) / total;
            v[g * k + g]! += mine * total;
            for (let h = 0; h < k; h++) v[g * k + h]! -= mine * atRisk[h]!;
          }
        }
        staying *= 1 - share;
      }
      for (let g = 0; g < k; g++) atRisk[g]! -= leavingNow[g]!;
    }
  }

  const taking = [...expected.keys()].filter((g) => expected[g]! > 0);
  if (taking.length === 0)
    return refuse('no-events', 'Nobody had the event, so there is nothing to compare. Follow people longer.');
  if (taking.length === 1) {
    return refuse(
      'one-group-at-risk',
      `Only group ${groups.names[taking[0]!]!} was followed when events happened. Compare groups over the same time.`,
      {
        group: groups.names[taking[0]!]!,
      },
    );
  }
  // O − E adds up to zero, so one group is left out.
  const rest = taking.slice(1);
  const part = square(rest.length);
  rest.forEach((g, a) => rest.forEach((h, b) => (part.values[a * rest.length + b] = v[g * k + h]!)));
  const factor = cholesky(part);
  if ('dependentRow' in factor) {
    return refuse(
      'groups-never-at-risk-together',
      `Group ${groups.names[rest[factor.dependentRow]!]!} was never followed together with the others when events happened. Compare groups over the same time.`,
      { group: groups.names[rest[factor.dependentRow]!]! },
    );
  }
  const chiSquared = quadraticForm(
    factor,
    Float64Array.from(rest, (g) => observed[g]! - expected[g]!),
  );
  const degrees = rest.length;
  return {
    ok: true,
    value: {
      chiSquared,
      degrees,
      p: chiSquaredUpperTail(chiSquared, degrees),
      smallestDetectable: taking.length === 2 && rho === 0 ? detectableByEvents(part.values[0]!) : null,
      groups: groups.names.map((group, g) => ({ group, n: n[g]!, observed: observed[g]!, expected: expected[g]! })),
      variance,
    },
  };
}
