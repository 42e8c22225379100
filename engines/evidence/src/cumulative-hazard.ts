import type { Groups } from './groups.ts';
import { riskTables, type RiskTable } from './risk-table.ts';
import type { Spells } from './spells.ts';

/** How events on one time count: all at once (`nelson-aalen`), or one after another (`fleming-harrington`). */
export type HazardTies = 'nelson-aalen' | 'fleming-harrington';

/** The hazard added up over time; exp(−hazard) is another estimate of S. */
export type CumulativeHazard = { readonly table: RiskTable; readonly hazard: Float64Array; readonly se: Float64Array };

/**
 * Cumulative hazards, one per group, any cause counting as the event.
 *
 * Nelson–Aalen: Σ d/n, variance Σ d/n². Fleming–Harrington breaks ties: Σ over k < d of 1/(n − k), variance Σ 1/(n − k)².
 * Weights count as copies; tie breaking asks for whole ones and throws RangeError otherwise. O(n + events).
 *
 * O. O. Aalen (1978), Annals of Statistics 6, 701–726. T. R. Fleming & D. P. Harrington (1984).
 */
export function cumulativeHazards(
  spells: Spells,
  { groups, ties = 'nelson-aalen' }: { readonly groups?: Groups; readonly ties?: HazardTies } = {},
): CumulativeHazard[] {
  return riskTables(spells, groups).map((table) => {
    const hazard = new Float64Array(table.time.length);
    const se = new Float64Array(table.time.length);
    let total = 0;
    let variance = 0;
    for (let j = 0; j < hazard.length; j++) {
      const n = table.atRisk[j]!;
      const d = table.events[j]!;
      if (ties === 'nelson-aalen') {
        total += d / n;
        variance += d / (n * n);
      } else {
        if (!Number.isInteger(d))
          throw new RangeError('cumulativeHazards: breaking ties needs whole counts, not fractional weights.');
        for (let k = 0; k < d; k++) {
          total += 1 / (n - k);
          variance += 1 / (n - k) ** 2;
        }
      }
      hazard[j] = total;
      se[j] = Math.sqrt(variance);
    }
    return { table, hazard, se };
  });
}
