import { refuse, refuseCell, type Parsed, type Refusal } from '@meedoen/units';
import type { Covariate } from './covariates.ts';
import type { Groups } from './groups.ts';

/** Units (towns, people) seen in several periods, one row each; some come under a policy, each from a period of its own. */
export type PanelColumns = {
  readonly unit: Groups;
  readonly period: ArrayLike<number>;
  readonly outcome: ArrayLike<number>;
  /** The first period under the policy; 0 or Infinity for a unit that never comes under it. */
  readonly firstTreated: ArrayLike<number>;
  readonly covariates?: readonly Covariate[];
  /** What units lie in and errors are summed within, such as a region. */
  readonly clusters?: Groups;
};

/** A unit seen in some periods only: refuse the data, or leave the unit out and say so. */
export type Incomplete = 'refuse' | 'leave-out';

/** A balanced panel: every unit in every period, unit after unit in the order of their names (nl: panel). */
export type Panel = {
  readonly units: number;
  readonly names: readonly string[];
  /** Distinct periods, ascending. */
  readonly periods: Float64Array;
  /** `units` × `periods.length` numbers. */
  readonly outcome: Float64Array;
  /** First period under the policy per unit; Infinity for never. */
  readonly cohort: Float64Array;
  readonly covariates: readonly { readonly name: string; readonly values: Float64Array; readonly fixed: boolean }[];
  readonly clusters: Groups | null;
  /** Units left out because a period is missing. */
  readonly leftOut: number;
};

/**
 * Put rows into a panel; their order does not matter.
 *
 * Refuses, naming row and column: cells that are not finite numbers, a unit twice in a period, a unit whose first treated
 * period or cluster changes, a unit that misses a period (unless those are to be left out), fewer than two periods. O(n).
 */
export function readPanel(
  columns: PanelColumns,
  { incomplete = 'refuse' }: { readonly incomplete?: Incomplete } = {},
): Parsed<Panel> {
  const { period, outcome, firstTreated, covariates = [], clusters } = columns;
  const problem = findProblem(columns);
  if (problem) return problem;
  const { codes, names } = columns.unit;
  const periods = Float64Array.from(new Set(Array.from(period))).sort();
  if (periods.length < 2) {
    return refuse('one-period', `All rows are of period ${periods[0]}. A change needs at least two periods.`);
  }
  const place = new Map(Array.from(periods, (value, at) => [value, at]));

  const width = periods.length;
  const rowOf = new Int32Array(names.length * width).fill(-1);
  const firstRow = new Int32Array(names.length).fill(-1);
  for (let i = 0; i < codes.length; i++) {
    const unit = codes[i]!;
    const cell = unit * width + place.get(period[i]!)!;
    if (rowOf[cell]! >= 0) {
      const message = `unit ${names[unit]} has period ${period[i]!} twice. Keep one of the two rows.`;
      return refuseCell('period-twice', 'period', i, message, { unit: names[unit]!, other: rowOf[cell]! + 1 });
    }
    rowOf[cell] = i;
    if (firstRow[unit] === -1) firstRow[unit] = i;
    const before = firstRow[unit]!;
    if (cohortOf(firstTreated[i]!) !== cohortOf(firstTreated[before]!)) {
      const message = `unit ${names[unit]} is first treated in ${firstTreated[i]!} here and in ${firstTreated[before]!} in its first row. Give each unit one first period, in all its rows.`;
      return refuseCell('first-treated-changes', 'firstTreated', i, message, { unit: names[unit]! });
    }
    if (clusters && clusters.codes[i] !== clusters.codes[before]) {
      const message = `unit ${names[unit]} is in another cluster than in its first row. Give each unit one cluster, in all its rows.`;
      return refuseCell('cluster-changes', 'cluster', i, message, { unit: names[unit]! });
    }
  }

  const kept: number[] = [];
  for (let unit = 0; unit < names.length; unit++) {
    if (firstRow[unit] === -1) continue;
    const missing = rowOf.subarray(unit * width, (unit + 1) * width).indexOf(-1);
    if (missing < 0) kept.push(unit);
    else if (incomplete === 'refuse') {
      return refuseCell(
        'period-missing',
        'unit',
        firstRow[unit]!,
        `unit ${names[unit]} has no row for period ${periods[missing]!}. Add it, or choose to leave such units out, or treat the rows as repeated cross-sections.`,
        { unit: names[unit]!, period: periods[missing]! },
      );
    }
  }
  if (kept.length === 0) {
    return refuse('no-complete-unit', 'No unit is seen in every period. Treat the rows as repeated cross-sections.');
  }
  const take = (values: ArrayLike<number>): Float64Array => {
    const taken = new Float64Array(kept.length * width);
    for (let unit = 0, at = 0; unit < kept.length; unit++) {
      for (let t = 0; t < width; t++, at++) taken[at] = values[rowOf[kept[unit]! * width + t]!]!;
    }
    return taken;
  };
  return {
    ok: true,
    value: {
      units: kept.length,
      names: kept.map((unit) => names[unit]!),
      periods,
      outcome: take(outcome),
      cohort: Float64Array.from(kept, (unit) => cohortOf(firstTreated[firstRow[unit]!]!)),
      covariates: covariates.map(({ name, values: given }) => {
        const values = take(given);
        return { name, values, fixed: values.every((value, at) => value === values[at - (at % width)]) };
      }),
      clusters: clusters
        ? { codes: Int32Array.from(kept, (unit) => clusters.codes[firstRow[unit]!]!), names: clusters.names }
        : null,
      leftOut: firstRow.reduce((seen, row) => seen + (row === -1 ? 0 : 1), 0) - kept.length,
    },
  };
}

/** Different people in each period, of whom some belong to a group that comes under a policy. One value per row. */
export type SectionColumns = Omit<PanelColumns, 'unit'>;

/** Repeated cross-sections (nl: herhaalde dwarsdoorsneden). */
export type Sections = {
  readonly size: number;
  readonly periods: Float64Array;
  readonly period: Float64Array;
  readonly outcome: Float64Array;
  readonly cohort: Float64Array;
  readonly covariates: readonly Covariate[];
  readonly clusters: Groups | null;
};

/** Refuses cells that are not finite numbers, and fewer than two periods. O(n). */
export function readSections(columns: SectionColumns): Parsed<Sections> {
  const problem = findProblem(columns);
  if (problem) return problem;
  const { period, outcome, firstTreated, covariates = [], clusters } = columns;
  const periods = Float64Array.from(new Set(Array.from(period))).sort();
  if (periods.length < 2) {
    return refuse('one-period', `All rows are of period ${periods[0]}. A change needs at least two periods.`);
  }
  return {
    ok: true,
    value: {
      size: period.length,
      periods,
      period: Float64Array.from(period),
      outcome: Float64Array.from(outcome),
      cohort: Float64Array.from(firstTreated, cohortOf),
      covariates,
      clusters: clusters ?? null,
    },
  };
}

/** Never treated is written as 0 or as Infinity. */
function cohortOf(firstTreated: number): number {
  return firstTreated === 0 ? Infinity : firstTreated;
}

function findProblem(columns: SectionColumns & { readonly unit?: Groups }): Refusal | null {
  const { unit, period, outcome, firstTreated, covariates = [], clusters } = columns;
  const size = period.length;
  if (size === 0) return refuse('no-rows', 'There are no rows. Give at least two periods.');
  const named: readonly (readonly [string, ArrayLike<unknown>])[] = [
    ...(unit ? [['unit', unit.codes] as const] : []),
    ['period', period],
    ['outcome', outcome],
    ['firstTreated', firstTreated],
    ...covariates.map(({ name, values }) => [name, values] as const),
  ];
  for (const [name, values] of named) {
    if (values.length !== size) {
      return refuse(
        'columns-differ-in-length',
        `Column ${name} has ${values.length} rows and column period has ${size}. Give every column one value per row.`,
        { column: name, rows: values.length, expected: size },
      );
    }
    if (name === 'unit') continue;
    for (let i = 0; i < size; i++) {
      const value = values[i];
      if (Number.isFinite(value) || (name === 'firstTreated' && value === Infinity)) continue;
      const advice =
        name === 'firstTreated'
          ? 'Write the first treated period, or 0 for never.'
          : 'Write one, or leave the row out.';
      return refuseCell('value-not-usable', name, i, `${String(value)} is not a number. ${advice}`, {
        found: String(value),
      });
    }
  }
  if (clusters && clusters.codes.length !== size) {
    throw new RangeError(`readPanel: ${clusters.codes.length} clusters for ${size} rows.`);
  }
  return null;
}
