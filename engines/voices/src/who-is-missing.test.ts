import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whoIsMissing, type Roll, type WhoIsMissing } from './who-is-missing.ts';
import { type Name } from './name.ts';

function roll(present: Record<string, number>, population: Record<string, number>, untold = 0): Roll {
  return {
    about: 'language',
    present: new Map(Object.entries(present)),
    untold,
    population: new Map(Object.entries(population)),
  };
}

function counted(given: Roll, smallest?: number): WhoIsMissing {
  const found = whoIsMissing(given, smallest);
  if (!found.ok) throw new RangeError(found.problem.message);
  return found.value;
}

test('12 of 100 speak Tigrinya where 300 of 1,000 do: missing, and 26 more would make it right', () => {
  const { categories, told, population } = counted(roll({ Tigrinya: 12, Dutch: 88 }, { Tigrinya: 300, Dutch: 700 }));
  expect([told, population]).toEqual([100, 1000]);
  const [tigrinya, dutch] = categories;
  expect(tigrinya).toMatchObject({ present: 12, shareOfPopulation: 0.3, shareOfPresent: 0.12, verdict: 'missing' });
  // (12 + s) / (100 + s) = .3 → s = 18 / .7 = 25.7
  expect(tigrinya!.short).toBe(26);
  expect(dutch).toMatchObject({ verdict: 'more than their share', short: 0 });
});

test('what chance explains is in proportion', () => {
  const { categories } = counted(roll({ Tigrinya: 25, Dutch: 75 }, { Tigrinya: 300, Dutch: 700 }));
  expect(categories.map(({ verdict }) => verdict)).toEqual(['in proportion', 'in proportion']);
});

test('nobody came: nothing can be said', () => {
  const { categories } = counted(roll({}, { Tigrinya: 300, Dutch: 700 }));
  expect(categories.map(({ verdict, short }) => [verdict, short])).toEqual([
    ['too few to say', 0],
    ['too few to say', 0],
  ]);
});

test('nobody of a language came: that may be said, and says most', () => {
  const { categories } = counted(roll({ Dutch: 60 }, { Tigrinya: 300, Dutch: 700 }));
  expect(categories[0]).toMatchObject({ category: 'Tigrinya', present: 0, verdict: 'missing' });
});

test('a count below 10 is hidden, and one more with it, so that the total does not give it away', () => {
  const { categories, told } = counted(
    roll({ Tigrinya: 3, Dutch: 60, Arabic: 20 }, { Tigrinya: 1, Dutch: 1, Arabic: 1 }),
  );
  expect(categories.map(({ category, present }) => [category, present])).toEqual([
    ['Tigrinya', null],
    ['Dutch', 60],
    ['Arabic', null],
  ]);
  expect(told).toBe(83);
  expect(counted(roll({ Tigrinya: 3 }, { Tigrinya: 1, Dutch: 1 })).told).toBeNull();
  expect(counted(roll({ Dutch: 60 }, { Dutch: 1 }, 4)).untold).toBeNull();
});

const names = ['a', 'b', 'c', 'd', 'e'] as const;
const counts = fc.array(fc.nat({ max: 30 }), { minLength: 2, maxLength: 5 });

test('whatever is published, no count from 1 to 9 follows from it', () => {
  fc.assert(
    fc.property(counts, (present) => {
      const { categories, told } = counted(
        roll(
          Object.fromEntries(present.map((count, at) => [names[at], count])),
          Object.fromEntries(present.map((_, at) => [names[at], 10])),
        ),
      );
      const shown = categories.filter((one) => one.present !== null);
      for (const one of shown) expect(one.present === 0 || one.present! >= 10).toBe(true);
      const hidden = categories.filter((one) => one.present === null);
      for (const { shareOfPresent, between, short } of hidden)
        expect([shareOfPresent, between, short]).toEqual([null, null, null]);
      if (told === null || hidden.length === 0) return;
      const left = told - shown.reduce((sum, one) => sum + one.present!, 0);
      expect(hidden.length).toBeGreaterThan(1);
      expect(left).toBeGreaterThanOrEqual(10);
    }),
  );
});

describe('what cannot be compared is refused', () => {
  test.each([
    {
      story: 'a language nobody is known to speak',
      given: roll({ Klingon: 3 }, { Dutch: 1 }),
      what: 'category-unknown',
    },
    { story: 'half a person', given: roll({ Dutch: 0.5 }, { Dutch: 1 }), what: 'count-unusable' },
    { story: 'a negative population', given: roll({ Dutch: 1 }, { Dutch: -1 }), what: 'count-unusable' },
    {
      story: 'not a number of people who did not tell',
      given: roll({ Dutch: 1 }, { Dutch: 1 }, NaN),
      what: 'count-unusable',
    },
    { story: 'an empty town', given: roll({}, { Dutch: 0 }), what: 'population-empty' },
  ])('$story', ({ given, what }) => {
    const found = whoIsMissing(given);
    expect(!found.ok && found.problem.what).toBe(what);
  });
});

test('a person more is never further missing', () => {
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.integer({ min: 1, max: 99 }), (some, others, share) => {
      const short = (present: number): number =>
        counted(
          {
            about: 'x',
            untold: 0,
            present: new Map<Name, number>([
              ['a', present],
              ['b', others],
            ]),
            population: new Map<Name, number>([
              ['a', share],
              ['b', 100 - share],
            ]),
          },
          0,
        ).categories[0]!.short!;
      expect(short(some + 1)).toBeLessThanOrEqual(short(some));
    }),
  );
});
