/**
 * Columns to be mixed and the column they should match, row after row: `rows` × `count` numbers and `rows` numbers.
 * `penalty` ζ² pulls weights apart from each other: ‖Ax − b‖²/rows + ζ²‖x‖².
 */
export type Mixture = {
  readonly rows: number;
  readonly count: number;
  readonly columns: Float64Array;
  readonly target: Float64Array;
  readonly penalty: number;
};

/** Take the mean out of every column and of the target: the mixture may then differ from it by a constant. */
export function withIntercept(mixture: Mixture): Mixture {
  const { rows, count } = mixture;
  const columns = Float64Array.from(mixture.columns);
  for (let j = 0; j < count; j++) {
    let total = 0;
    for (let i = 0; i < rows; i++) total += columns[i * count + j]!;
    for (let i = 0; i < rows; i++) columns[i * count + j]! -= total / rows;
  }
  const mean = mixture.target.reduce((sum, value) => sum + value, 0) / rows;
  return { ...mixture, columns, target: mixture.target.map((value) => value - mean) };
}

/**
 * Frank–Wolfe on the simplex from a start: each step moves towards the one column that helps most, until the objective
 * falls by less than `leastFall` or after `most` steps. O(rows + count) a step.
 *
 * M. Frank & P. Wolfe (1956), Naval Research Logistics Quarterly 3, 95–110.
 */
export function frankWolfe(mixture: Mixture, start: Float64Array, leastFall: number, most: number): Float64Array {
  const { rows, count, columns, target, penalty } = mixture;
  const x = Float64Array.from(start);
  const gap = gapOf(mixture, x);
  const eta = penalty * rows;
  // A'·gap follows each step through A'A and A'b, so that a step costs rows + count instead of their product.
  const { squares, withTarget } = productsOf(mixture);
  const pull = new Float64Array(count);
  for (let i = 0; i < rows; i++) for (let j = 0; j < count; j++) pull[j]! += columns[i * count + j]! * gap[i]!;
  let before = Infinity;
  for (let step = 1; step <= most; step++) {
    let best = 0;
    for (let j = 1; j < count; j++) if (pull[j]! + eta * x[j]! < pull[best]! + eta * x[best]!) best = j;
    // Towards e_best: the direction is e_best − x.
    let along = 0;
    let length = 0;
    for (let j = 0; j < count; j++) {
      const d = (j === best ? 1 : 0) - x[j]!;
      along += (pull[j]! + eta * x[j]!) * d;
      length += d * d;
    }
    if (length === 0) break;
    let change = 0;
    // A·(e_best − x) = column − (target + gap).
    for (let i = 0; i < rows; i++) change += (columns[i * count + best]! - target[i]! - gap[i]!) ** 2;
    const size = Math.min(1, Math.max(0, -along / (change + eta * length)));
    let misfit = 0;
    let lengths = 0;
    for (let i = 0; i < rows; i++) {
      gap[i]! += size * (columns[i * count + best]! - target[i]! - gap[i]!);
      misfit += gap[i]! * gap[i]!;
    }
    for (let j = 0; j < count; j++) {
      x[j]! += size * ((j === best ? 1 : 0) - x[j]!);
      lengths += x[j]! * x[j]!;
      pull[j]! += size * (squares[best * count + j]! - withTarget[j]! - pull[j]!);
    }
    const now = misfit / rows + penalty * lengths;
    if (step >= 2 && before - now <= leastFall) break;
    before = now;
  }
  return x;
}

/**
 * The weights with the smallest objective, by pairwise Frank–Wolfe steps (weight goes from the worst column straight to
 * the best), which come as near as the duality gap asks: `within` in units of the objective.
 *
 * S. Lacoste-Julien & M. Jaggi (2015), NeurIPS 28.
 */
export function smallestMixture(mixture: Mixture, within: number): Float64Array {
  const { rows, count, columns, penalty } = mixture;
  const x = new Float64Array(count).fill(1 / count);
  const gap = gapOf(mixture, x);
  const eta = penalty * rows;
  const { squares } = productsOf(mixture);
  const slope = x.map((value) => eta * value);
  for (let i = 0; i < rows; i++) for (let j = 0; j < count; j++) slope[j]! += gap[i]! * columns[i * count + j]!;
  for (let step = 0; step < MOST_STEPS; step++) {
    let best = 0;
    let worst = -1;
    let mean = 0;
    for (let j = 0; j < count; j++) {
      if (slope[j]! < slope[best]!) best = j;
      if (x[j]! > 0 && (worst < 0 || slope[j]! > slope[worst]!)) worst = j;
      mean += x[j]! * slope[j]!;
    }
    if ((2 * (mean - slope[best]!)) / rows <= within || worst === best) break;
    const at = best * count;
    const from = worst * count;
    const curve = squares[at + best]! - 2 * squares[at + worst]! + squares[from + worst]! + 2 * eta;
    const size = Math.min(x[worst]!, curve > 0 ? (slope[worst]! - slope[best]!) / curve : x[worst]!);
    x[best]! += size;
    x[worst] = size === x[worst] ? 0 : x[worst]! - size;
    for (let j = 0; j < count; j++) slope[j]! += size * (squares[at + j]! - squares[from + j]!);
    slope[best]! += size * eta;
    slope[worst]! -= size * eta;
  }
  return x;
}

const MOST_STEPS = 100_000;

/** A'A and A'b. */
function productsOf({ rows, count, columns, target }: Mixture): { squares: Float64Array; withTarget: Float64Array } {
  const squares = new Float64Array(count * count);
  const withTarget = new Float64Array(count);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < count; j++) {
      const value = columns[i * count + j]!;
      withTarget[j]! += value * target[i]!;
      for (let k = 0; k < count; k++) squares[j * count + k]! += value * columns[i * count + k]!;
    }
  }
  return { squares, withTarget };
}

/** Ax − b. */
function gapOf({ rows, count, columns, target }: Mixture, x: Float64Array): Float64Array {
  const gap = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let total = -target[i]!;
    for (let j = 0; j < count; j++) total += columns[i * count + j]! * x[j]!;
    gap[i] = total;
  }
  return gap;
}
