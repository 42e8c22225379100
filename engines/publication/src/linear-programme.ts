/** Unknown numbers between bounds, tied by equations: Σ by[i]·x[at[i]] = sum. */
export type LinearSystem = {
  readonly size: number;
  readonly equations: readonly Equation[];
  /** Smallest and largest value of each unknown; `upper` may be Infinity. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The unknowns are whole numbers, and so are the bounds and sums. */
  readonly whole: boolean;
  /** A point that satisfies everything, where one is known: it saves looking for one. */
  readonly start?: Float64Array;
};

export type Equation = { readonly at: readonly number[]; readonly by: readonly number[]; readonly sum: number };

/** Where the best value lies; `point` stays valid until the next question. Infinity when there is no end. */
export type Optimum = { readonly value: number; readonly point: Float64Array };

/** All points a system allows, and the best of them in one direction at a time. */
export type Polytope = {
  /** The largest (towards 1) or smallest (towards −1) value of one unknown, fractions allowed. */
  optimise(unknown: number, towards: 1 | -1): Optimum;
  /** Narrow the bounds of one unknown; `false` when no point is left. Undo with the bounds from before and `moveTo`. */
  narrow(unknown: number, lower: number, upper: number): boolean;
  /** Put back a point that was handed out, under bounds it satisfies. */
  moveTo(point: Float64Array): void;
  readonly point: Float64Array;
};

const tiny = 1e-9;
/** Closer to a whole number than this is that number: sums of counts leave no other trace in double precision. */
const wholeWithin = 1e-6;

/**
 * The allowed points of a system, or `null` when there are none.
 *
 * The simplex method for bounded variables (Dantzig 1963, ch. 18) on a condensed tableau: equations are eliminated
 * once, sparsely, and what is left says how each basic unknown follows from the free ones. Two things make it cheap to
 * ask about hundreds of cells. The objective is one unknown, so its row of the tableau is the row of reduced costs. And
 * a free unknown may stand between its bounds, so that any known point is a start and every answer the start of the next.
 * Entries of two-way tables are −1, 0 or 1 (total unimodularity), so there the arithmetic is exact.
 */
export function polytope(system: LinearSystem): Polytope | null {
  const eliminated = eliminate(system);
  if (!eliminated) return null;
  const { basic, free, constants, tableau } = eliminated;
  const { size, whole } = system;
  const lower = system.lower.slice();
  const upper = system.upper.slice();
  const rows = basic.length;
  const columns = free.length;
  /** Row of a basic unknown, or −1 − column of a free one. */
  const place = new Int32Array(size);
  basic.forEach((unknown, row) => (place[unknown] = row));
  free.forEach((unknown, column) => (place[unknown] = -1 - column));

  const point = new Float64Array(size);
  /** Unknowns outside their bounds while a first point is sought: they hold nothing up. */
  const outside = new Uint8Array(size);
  const inTouch = new Int32Array(columns);

  /** Move a free unknown by `step` and all basic ones with it. */
  const shift = (column: number, step: number): void => {
    const entering = free[column]!;
    point[entering] = snap(point[entering]! + step);
    for (let row = 0; row < rows; row++) {
      const entry = tableau[row]![column]!;
      if (entry !== 0) point[basic[row]!] = snap(point[basic[row]!]! - entry * step);
    }
  };
  const snap = (value: number): number => {
    if (!whole) return value;
    const near = Math.round(value);
    return Math.abs(value - near) < wholeWithin ? near : value;
  };

  /** The unknown of this row becomes free, that of the column basic. */
  const pivot = (row: number, column: number): void => {
    const pivotRow = tableau[row]!;
    const by = 1 / pivotRow[column]!;
    let touched = 0;
    for (let at = 0; at < columns; at++) {
      if (pivotRow[at] === 0) continue;
      pivotRow[at] = at === column ? by : pivotRow[at]! * by;
      if (at !== column) inTouch[touched++] = at;
    }
    for (let other = 0; other < rows; other++) {
      if (other === row) continue;
      const otherRow = tableau[other]!;
      const factor = otherRow[column]!;
      if (factor === 0) continue;
      for (let i = 0; i < touched; i++) {
        const at = inTouch[i]!;
        const value = otherRow[at]! - factor * pivotRow[at]!;
        otherRow[at] = Math.abs(value) < tiny ? 0 : value;
      }
      otherRow[column] = -factor * by;
    }
    const leaving = basic[row]!;
    const entering = free[column]!;
    basic[row] = entering;
    free[column] = leaving;
    place[entering] = row;
    place[leaving] = -1 - column;
  };

  /**
   * Move a free unknown as far as it goes, but not past `atMost` for the goal; pivots where a basic one holds it up.
   * Returns how far it went; Infinity when nothing does.
   */
  const advance = (column: number, direction: 1 | -1, goal: number, goalStep: number, byIndex: boolean): number => {
    const entering = free[column]!;
    let reach = direction > 0 ? upper[entering]! - point[entering]! : point[entering]! - lower[entering]!;
    if (outside[entering]) reach = Infinity;
    let blocking = -1;
    let blockingEntry = 0;
    for (let row = 0; row < rows; row++) {
      const entry = tableau[row]![column]!;
      if (entry === 0) continue;
      const unknown = basic[row]!;
      const slope = -entry * direction;
      const isGoal = unknown === goal;
      if (outside[unknown] && !isGoal) continue;
      const room = isGoal
        ? goalStep
        : slope > 0
          ? upper[unknown]! - point[unknown]!
          : point[unknown]! - lower[unknown]!;
      if (room === Infinity) continue;
      const step = Math.max(0, room) / Math.abs(slope);
      const better =
        step < reach - tiny ||
        (step <= reach + tiny &&
          blocking >= 0 &&
          (byIndex ? unknown < basic[blocking]! : Math.abs(entry) > Math.abs(blockingEntry)));
      if (better) {
        reach = Math.min(step, reach);
        blocking = row;
        blockingEntry = entry;
      }
    }
    if (reach === Infinity) return Infinity;
    shift(column, direction * reach);
    if (blocking >= 0) {
      const unknown = basic[blocking]!;
      // It stands at its bound; what rounding left beside it goes.
      if (unknown !== goal) {
        const bound = -blockingEntry * direction > 0 ? upper[unknown]! : lower[unknown]!;
        if (!outside[unknown]) point[unknown] = bound;
        pivot(blocking, column);
      }
    }
    return reach;
  };

  /** Drive one unknown up or down until `limit` or until it can go no further; Infinity when it goes without end. */
  const drive = (goal: number, towards: 1 | -1, limit: number): boolean => {
    const left = (): number =>
      limit === Infinity || limit === -Infinity ? Infinity : (limit - point[goal]!) * towards;
    if (left() <= tiny) return true;
    if (place[goal]! < 0) {
      const column = -1 - place[goal]!;
      const held = outside[goal]!;
      const [oldLower, oldUpper] = [lower[goal]!, upper[goal]!];
      // As far as the limit, whatever its bounds were while it was outside.
      outside[goal] = 0;
      if (towards > 0) upper[goal] = limit;
      else lower[goal] = limit;
      const went = advance(column, towards, -1, 0, false);
      lower[goal] = oldLower;
      upper[goal] = oldUpper;
      outside[goal] = held;
      if (went === Infinity) return false;
      if (place[goal]! < 0) return true;
    }
    let stuck = 0;
    for (;;) {
      const goalStep = left();
      if (goalStep <= tiny) return true;
      const row = tableau[place[goal]!]!;
      // Dantzig's rule; Bland's (1977) after a row of steps that led nowhere, which cannot go round in circles.
      const byIndex = stuck > 50;
      let chosen = -1;
      let best = tiny;
      for (let column = 0; column < columns; column++) {
        const entry = row[column]!;
        if (entry === 0) continue;
        const unknown = free[column]!;
        const size = Math.abs(entry);
        const up = -entry * towards > 0;
        const mayMove =
          outside[unknown] || (up ? point[unknown]! < upper[unknown]! : point[unknown]! > lower[unknown]!);
        if (!mayMove || size <= tiny) continue;
        if (byIndex ? chosen < 0 || unknown < free[chosen]! : size > best + tiny) {
          chosen = column;
          best = size;
        }
      }
      if (chosen < 0) return true;
      const before = point[goal]!;
      const went = advance(chosen, -row[chosen]! * towards > 0 ? 1 : -1, goal, goalStep, byIndex);
      if (went === Infinity) return false;
      stuck = Math.abs(point[goal]! - before) > tiny ? 0 : stuck + 1;
    }
  };

  /** Bring every unknown within its bounds, one after the other; `false` when one cannot. */
  const settle = (): boolean => {
    const wrong: number[] = [];
    for (let unknown = 0; unknown < size; unknown++) {
      outside[unknown] =
        point[unknown]! < lower[unknown]! - wholeWithin || point[unknown]! > upper[unknown]! + wholeWithin ? 1 : 0;
      if (outside[unknown]) wrong.push(unknown);
    }
    for (const unknown of wrong) {
      const below = point[unknown]! < lower[unknown]!;
      const above = point[unknown]! > upper[unknown]!;
      if (below || above) {
        const limit = below ? lower[unknown]! : upper[unknown]!;
        drive(unknown, below ? 1 : -1, limit);
        if (Math.abs(point[unknown]! - limit) > wholeWithin) {
          outside.fill(0);
          return false;
        }
        point[unknown] = limit;
      }
      outside[unknown] = 0;
    }
    return true;
  };

  if (system.start) point.set(system.start);
  else {
    for (const unknown of free) {
      point[unknown] = lower[unknown] === -Infinity ? Math.min(0, upper[unknown]!) : lower[unknown]!;
    }
    for (let row = 0; row < rows; row++) {
      let value = constants[row]!;
      const entries = tableau[row]!;
      for (let column = 0; column < columns; column++) value -= entries[column]! * point[free[column]!]!;
      point[basic[row]!] = snap(value);
    }
  }
  if (!settle()) return null;

  return {
    point,
    optimise(unknown, towards) {
      const limit = towards > 0 ? upper[unknown]! : lower[unknown]!;
      const ended = drive(unknown, towards, limit);
      return { value: ended ? point[unknown]! : towards * Infinity, point };
    },
    narrow(unknown, from, to) {
      lower[unknown] = from;
      upper[unknown] = to;
      return from <= to && settle();
    },
    moveTo(known) {
      point.set(known);
    },
  };
}

type Eliminated = { basic: number[]; free: number[]; constants: number[]; tableau: Float64Array[] };

/** Gauss–Jordan elimination on sparse rows: x_basic = constant − Σ entry·x_free. `null`: the equations contradict each other. */
function eliminate({ size, equations }: LinearSystem): Eliminated | null {
  const rows = equations.map(({ at, by, sum }) => {
    const entries = new Map<number, number>();
    at.forEach((unknown, i) => entries.set(unknown, (entries.get(unknown) ?? 0) + by[i]!));
    return { entries, sum, basic: -1 };
  });
  const users: Set<number>[] = Array.from({ length: size }, () => new Set());
  rows.forEach(({ entries }, row) => {
    for (const [unknown, entry] of entries) {
      if (entry === 0) entries.delete(unknown);
      else users[unknown]!.add(row);
    }
  });
  // Short equations first, and in each the unknown that fewest others hold: little fills in (Markowitz 1957).
  const order = rows.map((_, row) => row).sort((a, b) => rows[a]!.entries.size - rows[b]!.entries.size || a - b);
  for (const row of order) {
    const { entries, sum } = rows[row]!;
    let chosen = -1;
    let fewest = Infinity;
    for (const [unknown, entry] of entries) {
      const count = users[unknown]!.size;
      if (Math.abs(Math.abs(entry) - 1) < tiny ? count < fewest : chosen < 0) {
        chosen = unknown;
        fewest = Math.abs(Math.abs(entry) - 1) < tiny ? count : Infinity;
      }
    }
    if (chosen < 0) {
      if (Math.abs(sum) > wholeWithin * Math.max(1, Math.abs(equations[row]!.sum))) return null;
      continue;
    }
    const by = 1 / entries.get(chosen)!;
    for (const [unknown, entry] of entries) entries.set(unknown, entry * by);
    rows[row]!.sum = sum * by;
    rows[row]!.basic = chosen;
    for (const other of users[chosen]!) {
      if (other === row) continue;
      const target = rows[other]!;
      const factor = target.entries.get(chosen)!;
      for (const [unknown, entry] of entries) {
        const value = (target.entries.get(unknown) ?? 0) - factor * entry;
        if (Math.abs(value) < tiny) {
          target.entries.delete(unknown);
          users[unknown]!.delete(other);
        } else {
          target.entries.set(unknown, value);
          users[unknown]!.add(other);
        }
      }
      target.sum -= factor * rows[row]!.sum;
    }
  }
  const kept = rows.filter(({ basic }) => basic >= 0);
  const isBasic = new Uint8Array(size);
  for (const { basic } of kept) isBasic[basic] = 1;
  const free: number[] = [];
  const columnOf = new Int32Array(size).fill(-1);
  for (let unknown = 0; unknown < size; unknown++) {
    if (isBasic[unknown]) continue;
    columnOf[unknown] = free.length;
    free.push(unknown);
  }
  return {
    basic: kept.map(({ basic }) => basic),
    free,
    constants: kept.map(({ sum }) => sum),
    tableau: kept.map(({ entries, basic }) => {
      const row = new Float64Array(free.length);
      for (const [unknown, entry] of entries) if (unknown !== basic) row[columnOf[unknown]!] = entry;
      return row;
    }),
  };
}
