import { type Name } from './name.ts';
import { column, votesOf, type Votes } from './votes.ts';

/** What the model of Community Notes says of a statement (nl: tweede mening). */
export type NoteScore = {
  readonly statement: Name;
  /** Liking that is left when shared leanings are taken away: high only if people of different leanings agree. */
  readonly intercept: number;
  /** To which leaning it speaks; its size says how one-sided. */
  readonly factor: number;
  readonly status: 'helpful' | 'not helpful' | 'undecided';
};

export type SecondOpinion = {
  /** Statements with enough votes, in order. */
  readonly statements: readonly NoteScore[];
  /** People with enough votes, in order, with their leaning. */
  readonly people: readonly { readonly person: Name; readonly factor: number }[];
  readonly mean: number;
  readonly rounds: number;
  readonly loss: number;
};

const fewestOfStatement = 5;
const fewestOfPerson = 10;
const ridgeIntercept = 0.15;
const ridgeFactor = 0.03;
/** A round that lowers the loss by less than this is the last. */
const still = 1e-10;
const mostRounds = 1000;

/**
 * The bridging model of Community Notes: a vote, as 0, ½ or 1, is μ + person + statement + leaning · leaning, with
 * ridges on all; the statement's own part is its score. A second opinion beside the bridge, which counts sides.
 *
 * Solved exactly in turns (people, statements, μ), each turn a two by two system per person or statement, from a start
 * that the votes determine: no chance, and no order. People with fewer than 10 votes and statements with fewer than 5 are left out.
 * S. Wojcik and others (2022), Birdwatch, arXiv:2210.15723; thresholds as published in their code.
 *
 * @param out 1 for statements that are left out
 * @param lean a first guess of the statements' leanings: the first axis of the opinion map
 */
export function secondOpinion(votes: Votes, out: Uint8Array, lean: Float64Array): SecondOpinion {
  const { kept, columnOf } = enough(votes, out);
  const columns = kept.statements.length;
  const rows = kept.people.length;
  const ratings = kept.cells.length;
  if (ratings === 0) return { statements: [], people: [], mean: 0, rounds: 0, loss: 0 };

  const personIntercept = new Float64Array(rows);
  const personFactor = new Float64Array(rows);
  const intercept = new Float64Array(columns);
  const factor = Float64Array.from(columnOf, (at) => lean[at]!);
  let mean = 0;
  for (const cell of kept.cells) mean += (cell % 3) / 2 / ratings;

  const personRidge = ratings / rows;
  const statementRidge = ratings / columns;
  let loss = Infinity;
  let rounds = 0;
  for (;;) {
    solvePeople(kept, mean, intercept, factor, personRidge, personIntercept, personFactor);
    solveStatements(kept, mean, personIntercept, personFactor, statementRidge, intercept, factor);
    const { residual } = residuals(kept, 0, personIntercept, personFactor, intercept, factor);
    mean = residual / (ratings * (1 + ridgeIntercept));
    const { squared } = residuals(kept, mean, personIntercept, personFactor, intercept, factor);
    const next =
      squared / ratings +
      ridgeIntercept * (meanSquare(personIntercept) + meanSquare(intercept) + mean * mean) +
      ridgeFactor * (meanSquare(personFactor) + meanSquare(factor));
    const gained = loss - next;
    loss = next;
    rounds++;
    if (gained < still || rounds === mostRounds) break;
  }

  let leading = 0;
  for (let at = 1; at < columns; at++)
    if (Math.abs(factor[at]!) > Math.abs(factor[leading]!) * (1 + 1e-9)) leading = at;
  const sign = factor[leading]! < 0 ? -1 : 1;
  return {
    statements: kept.statements.map((statement, at) => ({
      statement,
      intercept: intercept[at]!,
      factor: sign * factor[at]!,
      status: statusOf(intercept[at]!, Math.abs(factor[at]!)),
    })),
    people: kept.people.map((person, row) => ({ person, factor: sign * personFactor[row]! })),
    mean,
    rounds,
    loss,
  };
}

function statusOf(intercept: number, oneSided: number): NoteScore['status'] {
  if (intercept >= 0.4 && oneSided < 0.5) return 'helpful';
  return intercept < -0.05 - 0.8 * oneSided ? 'not helpful' : 'undecided';
}

/** First the statements with enough votes, then the people with enough votes on those. */
function enough(votes: Votes, out: Uint8Array): { kept: Votes; columnOf: number[] } {
  const seen = new Uint32Array(votes.statements.length);
  for (const cell of votes.cells) seen[column(cell)]!++;
  const stays = seen.map((count, at) => (out[at] || count < fewestOfStatement ? 0 : 1));
  const starts = new Uint32Array(votes.starts.length);
  const cells = new Uint16Array(votes.cells.length);
  let end = 0;
  for (let row = 0; row < votes.people.length; row++) {
    for (let i = votes.starts[row]!; i < votes.starts[row + 1]!; i++) {
      if (stays[column(votes.cells[i]!)]) cells[end++] = votes.cells[i]!;
    }
    starts[row + 1] = end;
  }
  const kept = votesOf({ ...votes, starts, cells }, (row) => starts[row + 1]! - starts[row]! >= fewestOfPerson);
  const at = new Map(votes.statements.map((statement, place) => [statement, place]));
  return { kept, columnOf: kept.statements.map((statement) => at.get(statement)!) };
}

function solvePeople(
  { starts, cells, statements }: Votes,
  mean: number,
  intercept: Float64Array,
  factor: Float64Array,
  ridge: number,
  toIntercept: Float64Array,
  toFactor: Float64Array,
): void {
  const target = new Float64Array(3 * statements.length);
  const slope = new Float64Array(3 * statements.length);
  for (let cell = 0; cell < target.length; cell++) {
    target[cell] = (cell % 3) / 2 - mean - intercept[column(cell)]!;
    slope[cell] = factor[column(cell)]!;
  }
  for (let row = 0; row < toIntercept.length; row++) {
    let x = 0;
    let xx = 0;
    let t = 0;
    let xt = 0;
    for (let i = starts[row]!, end = starts[row + 1]!; i < end; i++) {
      const cell = cells[i]!;
      const atX = slope[cell]!;
      const atT = target[cell]!;
      x += atX;
      xx += atX * atX;
      t += atT;
      xt += atX * atT;
    }
    const count = starts[row + 1]! - starts[row]!;
    [toIntercept[row], toFactor[row]] = twoByTwo(count, x, xx, t, xt, ridge);
  }
}

function solveStatements(
  { starts, cells, statements }: Votes,
  mean: number,
  intercept: Float64Array,
  factor: Float64Array,
  ridge: number,
  toIntercept: Float64Array,
  toFactor: Float64Array,
): void {
  const columns = statements.length;
  const count = new Float64Array(columns);
  const x = new Float64Array(columns);
  const xx = new Float64Array(columns);
  const t = new Float64Array(columns);
  const xt = new Float64Array(columns);
  for (let row = 0; row < intercept.length; row++) {
    const base = mean + intercept[row]!;
    const lean = factor[row]!;
    for (let i = starts[row]!, end = starts[row + 1]!; i < end; i++) {
      const cell = cells[i]!;
      const at = column(cell);
      const target = (cell % 3) / 2 - base;
      count[at]!++;
      x[at]! += lean;
      xx[at]! += lean * lean;
      t[at]! += target;
      xt[at]! += lean * target;
    }
  }
  for (let at = 0; at < columns; at++) {
    [toIntercept[at], toFactor[at]] = twoByTwo(count[at]!, x[at]!, xx[at]!, t[at]!, xt[at]!, ridge);
  }
}

/** The intercept and factor that fit best, given the other party's. The ridges keep the determinant above 0. */
function twoByTwo(count: number, x: number, xx: number, t: number, xt: number, ridge: number): [number, number] {
  const a = count + ridgeIntercept * ridge;
  const d = xx + ridgeFactor * ridge;
  const determinant = a * d - x * x;
  return [(d * t - x * xt) / determinant, (a * xt - x * t) / determinant];
}

function residuals(
  { starts, cells }: Votes,
  mean: number,
  personIntercept: Float64Array,
  personFactor: Float64Array,
  intercept: Float64Array,
  factor: Float64Array,
): { residual: number; squared: number } {
  let residual = 0;
  let squared = 0;
  for (let row = 0; row < personIntercept.length; row++) {
    const base = mean + personIntercept[row]!;
    const lean = personFactor[row]!;
    for (let i = starts[row]!, end = starts[row + 1]!; i < end; i++) {
      const cell = cells[i]!;
      const at = column(cell);
      const miss = (cell % 3) / 2 - base - intercept[at]! - lean * factor[at]!;
      residual += miss;
      squared += miss * miss;
    }
  }
  return { residual, squared };
}

function meanSquare(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total / values.length;
}
