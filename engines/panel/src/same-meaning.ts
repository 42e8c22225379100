import { correctForManyTests, type Covariate, type Groups } from '@meedoen/evidence';
import { chiSquaredUpperTail } from '@meedoen/numbers';
import { refuse, type Parsed, type Refusal } from '@meedoen/units';
import { scoreInstrument, type Instrument } from './instrument.ts';

/**
 * A: no difference worth telling. B: some. C: large: people who feel the same answer differently in the two languages.
 * The classes of the Educational Testing Service, for items with ordered answers.
 */
export type MeaningClass = 'A' | 'B' | 'C';

export type ItemMeaning = {
  readonly item: string;
  /** How much higher people answer in the other language than people of the same score on the other items, in answers. */
  readonly difference: number;
  /** The same over the standard deviation of the item. */
  readonly standardised: number;
  /** Mantel's test, and its p corrected for all items and languages (Benjamini–Hochberg). */
  readonly chiSquared: number;
  readonly p: number;
  readonly correctedP: number;
  readonly class: MeaningClass;
};

export type LanguagePair = {
  readonly languages: readonly [reference: string, other: string];
  /** People in each who answered every item. */
  readonly n: readonly [reference: number, other: number];
  readonly items: readonly ItemMeaning[];
  /** `cannot-tell`: too few people, or nobody of the same score in both. Then there are no items. */
  readonly verdict: 'comparable' | 'not-comparable' | 'cannot-tell';
};

/**
 * Does an item mean the same in every language (nl: meetinvariantie)? Per item, people of the two languages with the same
 * score on the *other* items are held beside each other: Mantel's test, the standardised mean difference, and the classes A,
 * B (from 0.17 standard deviations, and more than chance) and C (from 0.25). One item of class C makes a language not
 * comparable with the reference: take the item out, or do not compare.
 *
 * Finds items that one language makes easier throughout; a difference that turns around along the scale, or one that all items
 * share, is not seen by any method that matches on the questionnaire itself. `rows`: each person once. Refuses one language, one
 * item, and what `scoreInstrument` refuses. O(languages · items · n log n).
 *
 * N. Mantel (1963), JASA 58, 690–700. R. Zwick, J. R. Donoghue & A. Grima (1993), Journal of Educational Measurement 30, 233–251.
 */
export function sameMeaning(
  instrument: Instrument,
  answers: readonly Covariate[],
  languages: Groups,
  {
    rows,
    reference = 0,
    fewest = 100,
  }: {
    readonly rows?: ArrayLike<number>;
    /** Which language the others are held beside, by its place in `languages.names`. */
    readonly reference?: number;
    /** People of each language below whom nothing is said. */
    readonly fewest?: number;
  } = {},
): Parsed<LanguagePair[]> {
  const { items } = instrument;
  const scored = scoreInstrument(instrument, answers);
  if (!scored.ok) return scored;
  if (items.length < 2)
    return refuse('one-item', 'One item cannot be held against others. Its translations need people who judge them.');
  if (languages.names.length < 2) return refuse('one-language', 'There is one language, so nothing to compare.');
  const values = items.map(({ id, lowest, highest, reversed }) => {
    const column = answers.find(({ name }) => name === id)!.values;
    return Float64Array.from(column, (answer) => (reversed ? lowest + highest - answer : answer));
  });
  const chosen = Array.from(rows ?? values[0]!.keys()).filter((i) =>
    values.every((column) => !Number.isNaN(column[i]!)),
  );
  const of = (language: number): number[] => chosen.filter((i) => languages.codes[i] === language);
  const first = of(reference);

  const pairs: {
    pair: Omit<LanguagePair, 'items' | 'verdict'>;
    found: Omit<ItemMeaning, 'correctedP' | 'class'>[] | null;
  }[] = [];
  for (const [language, name] of languages.names.entries()) {
    if (language === reference) continue;
    const second = of(language);
    const pair = { languages: [languages.names[reference]!, name], n: [first.length, second.length] } as const;
    const enough = Math.min(first.length, second.length) >= fewest;
    const found = enough ? items.map(({ id }, j) => held(id, j, values, first, second)) : null;
    pairs.push({ pair, found: found?.every((one) => one !== null) ? (found as ItemMeaning[]) : null });
  }
  const all = pairs.flatMap(({ found }) => found ?? []);
  const corrected = all.length > 0 ? correctForManyTests(all.map(({ p }) => p)) : null;
  let next = 0;
  const answer = pairs.map(({ pair, found }): LanguagePair => {
    if (!found || !corrected?.ok) return { ...pair, items: [], verdict: 'cannot-tell' };
    const classed = found.map((one): ItemMeaning => {
      const correctedP = corrected.value.p[next++]!;
      return { ...one, correctedP, class: classOf(one.standardised, correctedP) };
    });
    const large = classed.some((one) => one.class === 'C');
    return { ...pair, items: classed, verdict: large ? 'not-comparable' : 'comparable' };
  });
  return { ok: true, value: answer };
}

function classOf(standardised: number, p: number): MeaningClass {
  const size = Math.abs(standardised);
  if (p >= 0.05 || size < 0.17) return 'A';
  return size < 0.25 ? 'B' : 'C';
}

/** One item: people of the same score on the others, language beside language; `null` when no score occurs in both. */
function held(
  item: string,
  j: number,
  values: readonly Float64Array[],
  first: readonly number[],
  second: readonly number[],
): Omit<ItemMeaning, 'correctedP' | 'class'> | null {
  type Stratum = { n: [number, number]; sum: [number, number]; squares: number };
  const strata = new Map<number, Stratum>();
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (const [side, rows] of [first, second].entries()) {
    for (const i of rows) {
      const y = values[j]![i]!;
      let rest = 0;
      for (let h = 0; h < values.length; h++) if (h !== j) rest += values[h]![i]!;
      let stratum = strata.get(rest);
      if (!stratum) strata.set(rest, (stratum = { n: [0, 0], sum: [0, 0], squares: 0 }));
      stratum.n[side as 0 | 1]++;
      stratum.sum[side as 0 | 1] += y;
      stratum.squares += y * y;
      n++;
      sum += y;
      squares += y * y;
    }
  }
  let excess = 0;
  let variance = 0;
  let difference = 0;
  let weight = 0;
  for (const {
    n: [a, b],
    sum: [sa, sb],
    squares: q,
  } of strata.values()) {
    if (a === 0 || b === 0) continue;
    const total = a + b;
    const s = sa + sb;
    excess += sb - (b * s) / total;
    variance += (a * b * (total * q - s * s)) / (total * total * (total - 1));
    difference += b * (sb / b - sa / a);
    weight += b;
  }
  if (weight === 0) return null;
  const sd = Math.sqrt((squares - (sum * sum) / n) / (n - 1));
  const chiSquared = variance > 0 ? (excess * excess) / variance : 0;
  const mean = difference / weight;
  return {
    item,
    difference: mean,
    standardised: sd > 0 ? mean / sd : 0,
    chiSquared,
    p: chiSquaredUpperTail(chiSquared, 1),
  };
}

/** Why scores of two languages are not compared; `null` when they may be. */
export function refuseAcross({ languages: [reference, other], n, items, verdict }: LanguagePair): Refusal | null {
  if (verdict === 'comparable') return null;
  if (verdict === 'cannot-tell') {
    return refuse(
      'too-few-to-tell',
      `Whether the questions mean the same in ${reference} and ${other} cannot be told from ${n[0]} and ${n[1]} people. Ask more people, or show each language by itself.`,
      { reference, other, people: Math.min(...n) },
    );
  }
  const large = items.filter((one) => one.class === 'C').map(({ item }) => item);
  return refuse(
    'other-meaning',
    `People of ${reference} and ${other} who are alike on the other questions answer ${large.join(', ')} differently. Mend the translation, leave that out in both, or show each language by itself.`,
    { reference, other, items: large.join(', ') },
  );
}
