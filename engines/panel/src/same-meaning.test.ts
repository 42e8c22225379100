import { readGroups } from '@meedoen/evidence';
import { valueOf } from '@meedoen/evidence/testing';
import { chance } from '@meedoen/numbers';
import { describe, expect, test } from 'vitest';
import type { Instrument } from './instrument.ts';
import { refuseAcross, sameMeaning } from './same-meaning.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const instrument: Instrument = {
  id: 'five',
  version: '1',
  items: ids.map((id) => ({ id, lowest: 0, highest: 4, reversed: id === 'b' })),
  scoring: 'sum',
  rescaledTo: null,
  mayBeMissing: 0,
  better: 'higher',
  minimalImportantDifference: null,
  terms: 'Invented',
  source: 'Invented',
};

/** People whose answers follow one feeling; in Arabic item d is answered `shift` answers higher, and all feel `better` better. */
function answersOf(people: number, shift: number, better: number, seed = 7) {
  const draw = chance(seed);
  const language: string[] = [];
  const columns = ids.map(() => [] as number[]);
  for (let i = 0; i < people; i++) {
    const arabic = i % 2 === 1;
    language.push(arabic ? 'ar' : 'nl');
    const feeling = draw.normal() + (arabic ? better : 0);
    for (const [j, id] of ids.entries()) {
      const raw = 2 + feeling + 0.7 * draw.normal() + (arabic && id === 'd' ? shift : 0);
      const answer = Math.min(4, Math.max(0, Math.round(raw)));
      columns[j]!.push(id === 'b' ? 4 - answer : answer);
    }
  }
  const languages = valueOf(readGroups(language, { order: ['nl', 'ar'] }));
  return { answers: ids.map((name, j) => ({ name, values: columns[j]! })), languages };
}

describe('five questions in Dutch and Arabic', () => {
  test('asked alike: comparable, also when one language feels half a standard deviation better', () => {
    const { answers, languages } = answersOf(2000, 0, 0.5);
    const [pair] = valueOf(sameMeaning(instrument, answers, languages));
    expect(pair).toMatchObject({ languages: ['nl', 'ar'], n: [1000, 1000], verdict: 'comparable' });
    expect(pair!.items.every((item) => item.class !== 'C')).toBe(true);
    expect(refuseAcross(pair!)).toBe(null);
  });

  // Red when people are matched on nothing: the half standard deviation that Arabic feels better then makes every item C.
  test('one question that reads milder in Arabic is found, alone, and scores are not compared', () => {
    const { answers, languages } = answersOf(2000, 0.8, 0.5);
    const [pair] = valueOf(sameMeaning(instrument, answers, languages));
    expect(pair!.items.filter((item) => item.class === 'C').map(({ item }) => item)).toEqual(['d']);
    expect(refuseAcross(pair!)).toMatchObject({
      problem: {
        what: 'other-meaning',
        message: expect.stringContaining('answer d differently') as unknown,
      },
    });
  });

  test('forty people are too few to say', () => {
    const { answers, languages } = answersOf(40, 0.8, 0);
    const [pair] = valueOf(sameMeaning(instrument, answers, languages));
    expect(pair).toMatchObject({ verdict: 'cannot-tell', items: [], n: [20, 20] });
    expect(refuseAcross(pair!)).toMatchObject({ problem: { what: 'too-few-to-tell' } });
  });
});

test('by hand: two questions, one score in both languages', () => {
  // At b = 1 Dutch answers a with 0, 0 and Arabic with 1, 1: excess 2 − 2·2/4 = 1, variance 2·2·(4·2 − 4)/(16·3) = 1/3.
  const two = { ...instrument, items: instrument.items.filter(({ id }) => id === 'a' || id === 'c') };
  const answers = [
    { name: 'a', values: [0, 0, 1, 1] },
    { name: 'c', values: [1, 1, 1, 1] },
  ];
  const languages = valueOf(readGroups(['nl', 'nl', 'ar', 'ar'], { order: ['nl', 'ar'] }));
  const [pair] = valueOf(sameMeaning(two, answers, languages, { fewest: 1 }));
  expect(pair).toMatchObject({ verdict: 'cannot-tell' }); // of question c nobody has the same rest in both
  const more = [
    { name: 'a', values: [0, 0, 1, 1, 1, 0] },
    { name: 'c', values: [1, 1, 1, 1, 2, 2] },
  ];
  const six = valueOf(readGroups(['nl', 'nl', 'ar', 'ar', 'nl', 'ar'], { order: ['nl', 'ar'] }));
  const [a] = valueOf(sameMeaning(two, more, six, { fewest: 1 }))[0]!.items;
  // At c = 2 one of each, 1 against 0: excess −1/2, variance 1·(2 − 1)/4 = 1/4. Together (1/2)²/(7/12) = 3/7.
  expect(a!.chiSquared).toBeCloseTo(3 / 7, 12);
  // Arabic is 1 higher for two and 1 lower for one: (2 − 1)/3.
  expect(a!.difference).toBeCloseTo(1 / 3, 12);
});

test.each([
  { story: 'one language', languages: ['nl', 'nl', 'nl', 'nl'], change: {}, what: 'one-language' },
  {
    story: 'one item',
    languages: ['nl', 'ar', 'nl', 'ar'],
    change: { items: instrument.items.slice(0, 1) },
    what: 'one-item',
  },
])('refused: $story', ({ languages, change, what }) => {
  const { answers } = answersOf(4, 0, 0);
  const read = valueOf(readGroups(languages));
  expect(sameMeaning({ ...instrument, ...change }, answers, read)).toMatchObject({ ok: false, problem: { what } });
});
