import { twoEigenpairs, type Operator } from './eigenpairs.ts';
import { type Name } from './name.ts';
import { everybody, tally } from './tally.ts';
import { type Votes } from './votes.ts';

/** Two axes along which people differ most, and where they stand (nl: meningenkaart). */
export type OpinionMap = {
  /** Mean of the votes given on each statement: −1 all disagree, 1 all agree; 0 for a statement left out. */
  readonly center: Float64Array;
  /** Unit vectors over the statements; in each the entry of largest size is positive. */
  readonly components: readonly [Float64Array, Float64Array];
  readonly singularValues: readonly [number, number];
  /** Where each person stands, by row of the votes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Where somebody would stand who only agreed with this statement, and how far from the middle that is. */
  readonly statementX: Float64Array;
  readonly statementY: Float64Array;
  readonly extremity: Float64Array;
  /** How often the votes were read to find the axes. */
  readonly passes: number;
};

/** A map made earlier, of fewer votes; the search for the axes starts there. */
export type EarlierMap = { readonly statements: readonly Name[]; readonly components: OpinionMap['components'] };

/** 1 for each column that counts as if everybody had passed: rejected statements, and those about the conversation. */
export function leftOut(votes: Votes, names: Iterable<Name>): Uint8Array {
  const gone = new Set(names);
  return Uint8Array.from(votes.statements, (statement) => (gone.has(statement) ? 1 : 0));
}

/**
 * Principal components of the votes as Polis takes them: a vote not given counts as the mean of its statement,
 * so only the votes given weigh. Axes exact to 1e-10 radians; see the README for the formulas.
 */
export function opinionMap(votes: Votes, out: Uint8Array, earlier?: EarlierMap): OpinionMap {
  const columns = votes.statements.length;
  const center = means(votes, out);
  const worth = cellWorths(center, out);
  const guess = earlier && carriedOver(votes.statements, earlier);
  const { values, vectors, passes } = twoEigenpairs(columns, scatter(votes, worth), guess);
  const components = [fixSign(without(vectors[0], out)), fixSign(without(vectors[1], out))] as const;
  const [x, y] = project(votes, center, components, out);

  const statementX = new Float64Array(columns);
  const statementY = new Float64Array(columns);
  const extremity = new Float64Array(columns);
  const reach = Math.sqrt(columns);
  for (let at = 0; at < columns; at++) {
    statementX[at] = (1 - center[at]!) * components[0][at]! * reach;
    statementY[at] = (1 - center[at]!) * components[1][at]! * reach;
    extremity[at] = Math.hypot(statementX[at]!, statementY[at]!);
  }
  const singularValues = [Math.sqrt(values[0]), Math.sqrt(values[1])] as const;
  return { center, components, singularValues, x, y, statementX, statementY, extremity, passes };
}

/**
 * Where people stand, given a center and two axes. The sum over their votes is stretched by
 * √(statements / votes given), so that whoever voted little does not stand in the middle for that reason;
 * statements left out count as voted on by everybody.
 */
export function project(
  votes: Votes,
  center: Float64Array,
  components: OpinionMap['components'],
  out: Uint8Array,
): [Float64Array, Float64Array] {
  const columns = votes.statements.length;
  const worth = cellWorths(center, out);
  const stepX = worth.map((value, cell) => value * components[0][Math.trunc(cell / 3)]!);
  const stepY = worth.map((value, cell) => value * components[1][Math.trunc(cell / 3)]!);
  let removed = 0;
  for (const mark of out) removed += mark;

  const x = new Float64Array(votes.people.length);
  const y = new Float64Array(votes.people.length);
  const { starts, cells } = votes;
  for (let row = 0; row < x.length; row++) {
    let sumX = 0;
    let sumY = 0;
    let given = removed;
    for (let i = starts[row]!, end = starts[row + 1]!; i < end; i++) {
      const cell = cells[i]!;
      sumX += stepX[cell]!;
      sumY += stepY[cell]!;
      given++;
    }
    if (removed > 0) {
      for (let i = starts[row]!, end = starts[row + 1]!; i < end; i++) given -= out[Math.trunc(cells[i]! / 3)]!;
    }
    const stretch = Math.sqrt(columns / Math.max(1, given));
    x[row] = sumX * stretch;
    y[row] = sumY * stretch;
  }
  return [x, y];
}

function means(votes: Votes, out: Uint8Array): Float64Array {
  const { agrees, disagrees, seen } = tally(votes, everybody(votes));
  return Float64Array.from(out, (mark, at) => (mark ? 0 : (agrees[at]! - disagrees[at]!) / seen[at]!));
}

/** For each possible cell, `3 × column + vote + 1`, how far that vote lies from the mean. */
function cellWorths(center: Float64Array, out: Uint8Array): Float64Array {
  const worth = new Float64Array(3 * center.length);
  for (let cell = 0; cell < worth.length; cell++) {
    const at = Math.trunc(cell / 3);
    worth[cell] = out[at] ? 0 : (cell % 3) - 1 - center[at]!;
  }
  return worth;
}

/** CᵀC for the centered votes C, of one or two vectors in one reading of the votes. */
function scatter(votes: Votes, worth: Float64Array): Operator {
  return (vectors) => {
    const steps = vectors.map((vector) => worth.map((value, cell) => value * vector[Math.trunc(cell / 3)]!));
    const sums = vectors.map(() => new Float64Array(worth.length));
    if (vectors.length === 1) readOnce(votes, steps[0]!, sums[0]!);
    else readOnceForTwo(votes, steps[0]!, steps[1]!, sums[0]!, sums[1]!);
    return sums.map((sum, k) =>
      vectors[k]!.map((_, at) => {
        const cell = 3 * at;
        return worth[cell]! * sum[cell]! + worth[cell + 1]! * sum[cell + 1]! + worth[cell + 2]! * sum[cell + 2]!;
      }),
    );
  };
}

/** Adds up each person's steps, and gives what comes out to each of that person's cells. */
function readOnce({ starts, cells }: Votes, step: Float64Array, sums: Float64Array): void {
  for (let row = 0; row + 1 < starts.length; row++) {
    const begin = starts[row]!;
    const end = starts[row + 1]!;
    let place = 0;
    for (let i = begin; i < end; i++) place += step[cells[i]!]!;
    for (let i = begin; i < end; i++) sums[cells[i]!]! += place;
  }
}

/** The same for two at a time: the votes are what costs most to read. */
function readOnceForTwo(
  { starts, cells }: Votes,
  step: Float64Array,
  otherStep: Float64Array,
  sums: Float64Array,
  otherSums: Float64Array,
): void {
  for (let row = 0; row + 1 < starts.length; row++) {
    const begin = starts[row]!;
    const end = starts[row + 1]!;
    let place = 0;
    let otherPlace = 0;
    for (let i = begin; i < end; i++) {
      const cell = cells[i]!;
      place += step[cell]!;
      otherPlace += otherStep[cell]!;
    }
    for (let i = begin; i < end; i++) {
      const cell = cells[i]!;
      sums[cell]! += place;
      otherSums[cell]! += otherPlace;
    }
  }
}

/** Zero where nothing was measured, and not what rounding left there. */
function without(vector: Float64Array, out: Uint8Array): Float64Array {
  return vector.map((entry, at) => (out[at] ? 0 : entry));
}

/** The entry of largest size becomes positive; of entries equal but for rounding, the first counts. */
function fixSign(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const entry of vector) largest = Math.max(largest, Math.abs(entry));
  const leading = vector.find((entry) => Math.abs(entry) >= largest * (1 - 1e-9));
  return leading !== undefined && leading < 0 ? vector.map((entry) => -entry) : vector;
}

function carriedOver(statements: readonly Name[], earlier: EarlierMap): [Float64Array, Float64Array] {
  const before = new Map(earlier.statements.map((statement, at) => [statement, at]));
  const carry = (component: Float64Array): Float64Array =>
    Float64Array.from(statements, (statement) => component[before.get(statement) ?? -1] ?? 0);
  return [carry(earlier.components[0]), carry(earlier.components[1])];
}
