import type { Covariate, Interval } from '@meedoen/evidence';
import { fQuantile, sum } from '@meedoen/numbers';
import { refuse, refuseCell, type Parsed, type Refusal } from '@meedoen/units';

/** A questionnaire as data: how answers become a score. Its wording, which others own, is not here. (nl: meetinstrument) */
export type Instrument = {
  readonly id: string;
  readonly version: string;
  readonly items: readonly InstrumentItem[];
  readonly scoring: 'sum' | 'mean';
  /** The scale the lowest and highest possible score are stretched to, such as 0 to 100; `null` leaves them. */
  readonly rescaledTo: { readonly lowest: number; readonly highest: number } | null;
  /** So many items may be without an answer; with more there is no score. */
  readonly mayBeMissing: number;
  readonly better: 'higher' | 'lower';
  /** The smallest change, in units of the score, that matters to people; `null` where nobody has found one. */
  readonly minimalImportantDifference: MinimalImportantDifference | null;
  /** Under what terms it may be used, and where that and the scoring are written. */
  readonly terms: string;
  readonly source: string;
};

export type InstrumentItem = {
  readonly id: string;
  readonly lowest: number;
  readonly highest: number;
  /** Scored from the other end. */
  readonly reversed: boolean;
};

/** `anchor`: from what people themselves call a change that matters. `distribution`: from the spread of scores only. */
export type MinimalImportantDifference = {
  readonly difference: number;
  readonly basis: 'anchor' | 'distribution';
  readonly source: string;
};

export type Scores = {
  /** Per row; NaN where there is none. */
  readonly score: Float64Array;
  /** The lowest and highest possible score. */
  readonly range: { readonly lowest: number; readonly highest: number };
  /** Rows without a score, and why: too many items without an answer. */
  readonly missing: readonly { readonly row: number; readonly answered: number; readonly needed: number }[];
  readonly alpha: Parsed<Alpha>;
};

/** How far the items of an instrument go together, among rows that answered all. A diagnostic, not a proof of one dimension. */
export type Alpha = { readonly alpha: number; readonly ci: Interval; readonly n: number };

/**
 * Score rows of answers: one column per item, in any order and by the item's id; NaN is no answer.
 *
 * A missing item stands where this person's other answers stand on average between lowest and highest, which for
 * items of one range is the usual person mean. `rows` picks the rows that Cronbach's alpha is computed from, each person
 * once (default: all). Refuses a column that is missing, and an answer that is not a whole number of the item's range.
 * O(n·items).
 */
export function scoreInstrument(
  instrument: Instrument,
  answers: readonly Covariate[],
  { rows, confidence = 0.95 }: { readonly rows?: ArrayLike<number>; readonly confidence?: number } = {},
): Parsed<Scores> {
  const { items, scoring, rescaledTo, mayBeMissing } = instrument;
  const columns: ArrayLike<number>[] = [];
  for (const { id } of items) {
    const found = answers.find(({ name }) => name === id);
    if (!found) {
      return refuse('item-missing', `There is no column for item ${id} of ${instrument.id}. Add it.`, { column: id });
    }
    columns.push(found.values);
  }
  const size = columns[0]!.length;
  const scored: Float64Array[] = [];
  for (const [j, { id, lowest, highest, reversed }] of items.entries()) {
    const column = columns[j]!;
    if (column.length !== size) {
      return refuse(
        'columns-differ-in-length',
        `Column ${id} has ${column.length} rows and column ${items[0]!.id} has ${size}. Give every column one value per row.`,
        { column: id, rows: column.length, expected: size },
      );
    }
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const answer = column[i]!;
      if (!Number.isNaN(answer) && !(Number.isInteger(answer) && answer >= lowest && answer <= highest)) {
        return refuseCell(
          'answer-out-of-range',
          id,
          i,
          `${answer} is no answer to item ${id}. Write a whole number from ${lowest} to ${highest}, or leave the cell empty.`,
          { found: String(answer), lowest, highest },
        );
      }
      values[i] = reversed ? lowest + highest - answer : answer;
    }
    scored.push(values);
  }

  const needed = items.length - mayBeMissing;
  const divisor = scoring === 'mean' ? items.length : 1;
  const ends = {
    lowest: sum(items.map(({ lowest }) => lowest)) / divisor,
    highest: sum(items.map(({ highest }) => highest)) / divisor,
  };
  const range = rescaledTo ?? ends;
  const stretch = (range.highest - range.lowest) / (ends.highest - ends.lowest);
  const score = new Float64Array(size).fill(NaN);
  const missing: { row: number; answered: number; needed: number }[] = [];
  for (let i = 0; i < size; i++) {
    let answered = 0;
    let position = 0;
    for (const [j, { lowest, highest }] of items.entries()) {
      const value = scored[j]![i]!;
      if (Number.isNaN(value)) continue;
      answered++;
      position += (value - lowest) / (highest - lowest);
    }
    if (answered < needed) {
      missing.push({ row: i, answered, needed });
      continue;
    }
    let total = 0;
    for (const [j, { lowest, highest }] of items.entries()) {
      const value = scored[j]![i]!;
      total += Number.isNaN(value) ? lowest + (position / answered) * (highest - lowest) : value;
    }
    score[i] = range.lowest + (total / divisor - ends.lowest) * stretch;
  }
  const chosen = rows ?? Float64Array.from({ length: size }, (_, i) => i);
  return { ok: true, value: { score, range, missing, alpha: alphaOf(scored, chosen, confidence) } };
}

/**
 * Cronbach's α = k/(k − 1)·(1 − Σ item variances / variance of the sum), with Feldt's interval: (1 − α)/(1 − α̂) follows
 * an F with n − 1 and (n − 1)(k − 1) degrees. Exact for parallel normal items, near for answers in categories.
 *
 * L. J. Cronbach (1951), Psychometrika 16, 297–334. L. S. Feldt (1965), Psychometrika 30, 357–370.
 */
function alphaOf(scored: readonly Float64Array[], rows: ArrayLike<number>, confidence: number): Parsed<Alpha> {
  const k = scored.length;
  if (k < 2) return refuse('one-item', 'One item cannot be held against others: there is no alpha.');
  const complete = Array.from(rows).filter((i) => scored.every((values) => !Number.isNaN(values[i]!)));
  const n = complete.length;
  if (n < 3) return refuse('too-few-rows', `Only ${n} rows answered every item; alpha needs at least 3.`, { rows: n });
  const spread = (values: readonly number[]): number => {
    const centre = sum(values) / n;
    return sum(values.map((value) => (value - centre) ** 2)) / (n - 1);
  };
  const totals = complete.map((i) => sum(scored.map((values) => values[i]!)));
  const whole = spread(totals);
  if (whole === 0) return refuse('scores-constant', 'Everybody has the same score, so nothing can go together.');
  const parts = sum(scored.map((values) => spread(complete.map((i) => values[i]!))));
  const alpha = (k / (k - 1)) * (1 - parts / whole);
  const at = (p: number): number => 1 - (1 - alpha) * fQuantile(p, n - 1, (n - 1) * (k - 1));
  const outside = (1 - confidence) / 2;
  return { ok: true, value: { alpha, n, ci: { lower: at(1 - outside), upper: at(outside), confidence } } };
}

/**
 * Read an instrument from JSON. Refuses, with a pointer, what is missing or of another kind, items without a range, an item
 * twice, and a minimal important difference without its source.
 */
export function readInstrument(json: unknown): Parsed<Instrument> {
  const root = asRecord(json);
  if (!root) return refuseAt('', 'Give one instrument: an object with id, version, items and scoring.');
  for (const name of ['id', 'version', 'terms', 'source'] as const) {
    if (typeof root[name] !== 'string' || root[name] === '') return refuseAt(`/${name}`, `Write ${name} as a text.`);
  }
  const { scoring, better, mayBeMissing, rescaledTo, minimalImportantDifference: difference, items } = root;
  if (scoring !== 'sum' && scoring !== 'mean') return refuseAt('/scoring', 'Write "sum" or "mean".');
  if (better !== 'higher' && better !== 'lower') return refuseAt('/better', 'Write "higher" or "lower".');
  if (!Array.isArray(items) || items.length === 0) return refuseAt('/items', 'Give at least one item.');
  if (
    typeof mayBeMissing !== 'number' ||
    !Number.isInteger(mayBeMissing) ||
    mayBeMissing < 0 ||
    mayBeMissing >= items.length
  ) {
    return refuseAt('/mayBeMissing', `Write a whole number from 0 to ${items.length - 1}.`);
  }
  const ids = new Set<string>();
  for (const [at, one] of items.entries()) {
    const item = asRecord(one);
    if (!item || typeof item['id'] !== 'string')
      return refuseAt(`/items/${at}`, 'Give id, lowest, highest and reversed.');
    if (ids.has(item['id'])) return refuseAt(`/items/${at}/id`, `Item ${item['id']} is there twice. Name each once.`);
    ids.add(item['id']);
    if (!isRange(item) || !Number.isInteger(item['lowest']) || !Number.isInteger(item['highest'])) {
      return refuseAt(`/items/${at}`, 'Write lowest and highest as whole numbers, lowest first.');
    }
    if (typeof item['reversed'] !== 'boolean') return refuseAt(`/items/${at}/reversed`, 'Write true or false.');
  }
  if (rescaledTo !== null && !isRange(asRecord(rescaledTo))) {
    return refuseAt('/rescaledTo', 'Write lowest and highest as numbers, lowest first, or null.');
  }
  if (difference !== null) {
    const given = asRecord(difference);
    const size = given?.['difference'];
    const basis = given?.['basis'];
    if (typeof size !== 'number' || !(size > 0 && size < Infinity)) {
      return refuseAt(
        '/minimalImportantDifference',
        'Write difference as a number above 0, or null where none is known.',
      );
    }
    if (basis !== 'anchor' && basis !== 'distribution') {
      return refuseAt('/minimalImportantDifference/basis', 'Write "anchor" or "distribution".');
    }
    if (typeof given!['source'] !== 'string' || given!['source'] === '') {
      return refuseAt('/minimalImportantDifference/source', 'Say where the difference comes from.');
    }
  }
  return { ok: true, value: json as Instrument };
}

function asRecord(json: unknown): Readonly<Record<string, unknown>> | null {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : null;
}

function isRange(json: Readonly<Record<string, unknown>> | null): boolean {
  const lowest = json?.['lowest'];
  const highest = json?.['highest'];
  return typeof lowest === 'number' && typeof highest === 'number' && lowest < highest && highest - lowest < Infinity;
}

function refuseAt(pointer: string, message: string): Refusal {
  return { ok: false, problem: { at: { pointer }, what: 'instrument-not-usable', words: {}, message } };
}
