import { polytope, type Equation, type LinearSystem, type Polytope } from './linear-programme.ts';

/**
 * What everybody can know about a set of cells: each lies between `low` and `high` (equal where it is shown), and some
 * are sums of others. Cells of several tables may stand in one view, so that they are audited together.
 */
export type PublicView = {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly sums: readonly CellSum[];
  /** Counts are whole numbers, and an attacker knows it. */
  readonly whole: boolean;
  /** The real values, where we know them all: only a place to start, never part of what is known. */
  readonly truth?: Float64Array;
};

/** The cell `total` is the sum of the cells `parts`. */
export type CellSum = { readonly total: number; readonly parts: readonly number[] };

/**
 * A cell that must stay vague: `upper − lower ≥ width`, and for some also `upper ≥ upperAtLeast`. With `orKnownFrom`,
 * it may instead be known to be 0, or at least so many: a difference that large could be published by itself.
 */
export type Requirement = {
  readonly cell: number;
  readonly width: number;
  readonly upperAtLeast?: number;
  readonly orKnownFrom?: number;
};

/**
 * What can be derived about one cell. Both bounds are reached by tables of whole numbers that agree with all that is
 * shown, checked sum by sum; so the width is real. `exact`: nothing outside the bounds is possible either.
 */
export type DerivedBounds = {
  readonly cell: number;
  readonly lower: number;
  readonly upper: number;
  readonly exact: boolean;
};

export type Audit = {
  readonly bounds: readonly DerivedBounds[];
  /** Cells of which too much can be derived. */
  readonly failing: readonly Requirement[];
};

/** `enough` stops at a cell once its requirement is met, `exact` looks for the very bounds, `any-failure` stops at the first that fails. */
export type AuditEffort = 'any-failure' | 'enough' | 'exact';

/**
 * Where best points are not whole, so many are split in an audit before it gives up on more whole tables; bounds then
 * say that they are not exact, and a cell that lacks its proof counts as failing.
 */
const mostBranches = { 'any-failure': 40, enough: 200, exact: 4000 } as const satisfies Record<AuditEffort, number>;

/**
 * How far can each required cell be narrowed down by all that is shown? Two linear programmes a cell (largest and
 * smallest value), in each connected part of the view apart; where the best point is not whole, branch and bound.
 * A table found for one cell counts as proof for every other, so that few cells need programmes of their own.
 *
 * `null`: what is shown contradicts itself, so that no table agrees with it.
 */
export function audit(view: PublicView, requirements: readonly Requirement[], effort: AuditEffort): Audit | null {
  const parts = connectedParts(view);
  const bounds: DerivedBounds[] = [];
  const failing: Requirement[] = [];
  const solved = new Map<Part, Solver | null>();
  const budget = { branches: mostBranches[effort] };
  for (const requirement of requirements) {
    const { cell } = requirement;
    const part = parts.of(cell);
    let found: DerivedBounds;
    if (part === null) {
      found = { cell, lower: view.low[cell]!, upper: view.high[cell]!, exact: true };
    } else {
      if (!solved.has(part)) solved.set(part, solverOf(view, part, budget));
      const solver = solved.get(part)!;
      if (solver === null) return null;
      const enough = effort !== 'exact' ? (lower: number, upper: number) => meets(requirement, lower, upper) : null;
      found = solver.bounds(cell, enough);
    }
    bounds.push(found);
    if (meets(requirement, found.lower, found.upper) || harmless(requirement, found)) continue;
    failing.push(requirement);
    if (effort === 'any-failure') return { bounds, failing };
  }
  // A contradiction counts wherever it stands.
  for (const part of parts.all)
    if (!solved.has(part) && !view.truth && solverOf(view, part, budget) === null) return null;
  return parts.contradiction ? null : { bounds, failing };
}

function meets({ width, upperAtLeast = -Infinity }: Requirement, lower: number, upper: number): boolean {
  return upper - lower >= width && upper >= upperAtLeast;
}

function harmless({ orKnownFrom }: Requirement, { lower, upper, exact }: DerivedBounds): boolean {
  if (orKnownFrom === undefined) return false;
  return exact && (lower >= orKnownFrom || upper <= -orKnownFrom || (lower === 0 && upper === 0));
}

/** Unknown cells that sums tie together, and those sums. */
type Part = { readonly cells: number[]; readonly sums: CellSum[] };

function connectedParts({ low, high, sums }: PublicView): {
  all: readonly Part[];
  of: (cell: number) => Part | null;
  contradiction: boolean;
} {
  const root = Int32Array.from(low, (_, cell) => cell);
  const rootOf = (cell: number): number => {
    while (root[cell] !== cell) cell = root[cell] = root[root[cell]!]!;
    return cell;
  };
  const unknown = (cell: number): boolean => low[cell]! < high[cell]!;
  const tied = new Uint8Array(low.length);
  const open: { first: number; sum: CellSum }[] = [];
  let contradiction = false;
  for (const sum of sums) {
    let first = -1;
    let rest = -low[sum.total]!;
    for (const cell of [sum.total, ...sum.parts]) {
      if (cell !== sum.total) rest += low[cell]!;
      if (!unknown(cell)) continue;
      tied[cell] = 1;
      if (first < 0) first = cell;
      else root[rootOf(cell)] = rootOf(first);
    }
    if (first >= 0) open.push({ first, sum });
    else if (Math.abs(rest) > 1e-6 * Math.max(1, Math.abs(low[sum.total]!))) contradiction = true;
  }
  const parts = new Map<number, Part>();
  for (let cell = 0; cell < low.length; cell++) {
    if (!tied[cell]) continue;
    const at = rootOf(cell);
    const part = parts.get(at) ?? { cells: [], sums: [] };
    part.cells.push(cell);
    parts.set(at, part);
  }
  for (const { first, sum } of open) parts.get(rootOf(first))!.sums.push(sum);
  return { all: [...parts.values()], of: (cell) => (tied[cell] ? parts.get(rootOf(cell))! : null), contradiction };
}

type Solver = { bounds(cell: number, enough: ((lower: number, upper: number) => boolean) | null): DerivedBounds };

type Budget = { branches: number };

function solverOf(view: PublicView, { cells, sums }: Part, budget: Budget): Solver | null {
  const { low, high, whole, truth } = view;
  const index = new Map(cells.map((cell, at) => [cell, at]));
  const equations = sums.map((sum): Equation => {
    const at: number[] = [];
    const by: number[] = [];
    let rest = 0;
    const add = (cell: number, sign: 1 | -1): void => {
      const unknown = index.get(cell);
      if (unknown === undefined) rest -= sign * low[cell]!;
      else {
        at.push(unknown);
        by.push(sign);
      }
    };
    add(sum.total, -1);
    for (const cell of sum.parts) add(cell, 1);
    return { at, by, sum: rest };
  });
  const system: LinearSystem = {
    size: cells.length,
    equations,
    lower: Float64Array.from(cells, (cell) => low[cell]!),
    upper: Float64Array.from(cells, (cell) => high[cell]!),
    whole,
    ...(truth && { start: Float64Array.from(cells, (cell) => truth[cell]!) }),
  };
  const points = polytope(system);
  if (points === null) return null;
  return boundsWithin(system, points, cells, index, budget);
}

function boundsWithin(
  system: LinearSystem,
  points: Polytope,
  cells: readonly number[],
  index: ReadonlyMap<number, number>,
  budget: Budget,
): Solver {
  const { size, whole, lower, upper } = system;
  // The smallest and largest value of each cell in any table found so far.
  const smallest = new Float64Array(size).fill(Infinity);
  const largest = new Float64Array(size).fill(-Infinity);

  /** The last whole table: the way to the next starts there, and stays whole longer. */
  const home = points.point.slice();
  const see = (point: Float64Array): boolean => {
    if (whole && !isTable(system, point)) return false;
    home.set(point);
    for (let at = 0; at < size; at++) {
      smallest[at] = Math.min(smallest[at]!, point[at]!);
      largest[at] = Math.max(largest[at]!, point[at]!);
    }
    return true;
  };
  see(points.point);

  /** Push one cell to its end; whether the end is certain. */
  const push = (at: number, towards: 1 | -1): boolean => {
    const best = (): number => (towards > 0 ? largest[at]! : smallest[at]!);
    let certain = true;
    points.moveTo(home);
    const explore = (): void => {
      const { value, point } = points.optimise(at, towards);
      if (Math.abs(value) === Infinity) {
        // Without end in fractions is without end in whole numbers too, once one table of whole numbers exists.
        if (largest[at]! > -Infinity) {
          if (towards > 0) largest[at] = Infinity;
          else smallest[at] = -Infinity;
        } else certain = false;
        return;
      }
      const reachable = whole ? (towards > 0 ? Math.floor(value + 1e-6) : Math.ceil(value - 1e-6)) : value;
      if ((reachable - best()) * towards <= 0 || see(point)) return;
      const split = point.findIndex((x) => x !== Math.round(x));
      if (split < 0 || --budget.branches < 0) {
        certain = false;
        return;
      }
      const kept = point.slice();
      const [from, to] = [branchLower[split]!, branchUpper[split]!];
      const middle = Math.floor(kept[split]!);
      for (const [a, b] of [
        [from, middle],
        [middle + 1, to],
      ] as const) {
        branchLower[split] = a;
        branchUpper[split] = b;
        if (points.narrow(split, a, b)) explore();
        branchLower[split] = from;
        branchUpper[split] = to;
        points.moveTo(kept);
        points.narrow(split, from, to);
        if (budget.branches < 0) break;
      }
    };
    explore();
    return certain;
  };
  const branchLower = lower.slice();
  const branchUpper = upper.slice();

  return {
    bounds(cell, enough) {
      const at = index.get(cell)!;
      const sofar = (exact: boolean): DerivedBounds => ({ cell, lower: smallest[at]!, upper: largest[at]!, exact });
      if (enough?.(smallest[at]!, largest[at]!)) return sofar(false);
      const top = push(at, 1);
      if (enough?.(smallest[at]!, largest[at]!)) return sofar(false);
      const bottom = push(at, -1);
      const found = sofar(top && bottom);
      if (found.lower <= found.upper) return found;
      // No table of whole numbers was found: nothing is proven, so nothing may be relied on.
      return { cell, lower: lower[at]!, upper: lower[at]!, exact: false };
    },
  };
}

/** A table of whole numbers within the bounds, every sum right: checked in exact arithmetic, whatever led to it. */
function isTable({ equations, lower, upper }: LinearSystem, point: Float64Array): boolean {
  for (let at = 0; at < point.length; at++) {
    const value = point[at]!;
    if (!Number.isInteger(value) || value < lower[at]! || value > upper[at]!) return false;
  }
  return equations.every(({ at, by, sum }) => {
    let total = 0;
    for (let i = 0; i < at.length; i++) total += by[i]! * point[at[i]!]!;
    return total === sum;
  });
}
