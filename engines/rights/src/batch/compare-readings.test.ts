import { addDays, day, type Day } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../../test/example-corpus.ts';
import { anyDay, anySituation } from '../../test/people.ts';
import { viewOf } from '../corpus.ts';
import { Person } from '../person.ts';
import type { Situation } from '../situation.ts';
import { permittedDays } from './answer-batch.ts';
import { columnsOf } from './columns.ts';
import { compareReadings } from './compare-readings.ts';
import { DaysInPeriods } from './days-in-periods.ts';
import { noMost } from './shapes.ts';

const corpus = exampleCorpus();
const applicant: Situation = {
  facts: { document: 'request', letter: 'none', bornOn: '1990-05-05', askedOn: '2026-01-01', shelter: true },
};
const refused: Situation = {
  facts: { document: 'request', letter: 'refused', bornOn: '1990-05-05', askedOn: '2026-01-01' },
};

describe('days that the law permits', () => {
  test('a worked example: five months of the ruling against day one, in the year 2026', () => {
    const people = [applicant, refused, { facts: {} }];
    const period = { right: 'paid-work', from: day('2026-01-01'), to: day('2026-12-31'), steps: 'done' as const };
    const compared = compareReadings(
      corpus,
      columnsOf(corpus.facts, people),
      people.length,
      period,
      [{}, { variant: 'day-one' }],
      (row) => ['applicant', 'refused', 'nothing known'][row]!,
    );
    // Of 365 days, the 151 from January to May are closed to the applicant as the law is.
    expect(compared).toEqual([
      {
        group: 'applicant',
        people: 1,
        daysUnderFirst: 214,
        daysUnderSecond: 365,
        daysGained: 151,
        daysLost: 0,
        peopleWhoGain: 1,
        peopleWhoLose: 0,
        daysUnknown: 0,
      },
      {
        group: 'refused',
        people: 1,
        daysUnderFirst: 0,
        daysUnderSecond: 0,
        daysGained: 0,
        daysLost: 0,
        peopleWhoGain: 0,
        peopleWhoLose: 0,
        daysUnknown: 0,
      },
      {
        group: 'nothing known',
        people: 1,
        daysUnderFirst: 0,
        daysUnderSecond: 0,
        daysGained: 0,
        daysLost: 0,
        peopleWhoGain: 0,
        peopleWhoLose: 0,
        daysUnknown: 365,
      },
    ]);
  });

  test('a row that stands for a hundred people counts a hundred times', () => {
    const columns = columnsOf(corpus.facts, [applicant, refused]);
    const period = { right: 'paid-work', from: day('2026-01-01'), to: day('2026-12-31'), steps: 'done' as const };
    const [all] = compareReadings(
      corpus,
      columns,
      2,
      period,
      [{}, { variant: 'day-one' }],
      () => 'all',
      (row) => [100, 0.5][row]!,
    );
    expect(all).toMatchObject({ people: 100.5, daysGained: 15_100, daysUnderFirst: 21_400, peopleWhoGain: 100 });
  });

  test('are the days on which somebody who asks every day hears yes', () => {
    fc.assert(
      fc.property(
        anySituation(corpus.facts),
        anyDay,
        fc.integer({ min: 0, max: 400 }),
        fc.boolean(),
        (somebody, from, length, done) => {
          const to = addDays(from, length);
          const steps = done ? ('done' as const) : ('as they are' as const);
          const columns = columnsOf(corpus.facts, [somebody]);
          for (const row of corpus.rights) {
            const counted = permittedDays(corpus, columns, 1, { right: row.id, from, to, steps });
            const person = new Person(corpus, viewOf(corpus, 'applied', null), somebody, { asItIs: row.gives });
            const days = { true: 0, false: 0, unknown: 0 };
            for (let on = from; on <= to; on = addDays(on, 1))
              days[`${person.held(row, on, done ? 'every step done' : 'nothing').holds}`] += 1;
            expect([counted.permitted[0], counted.unknown[0]]).toEqual([days.true, days.unknown]);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test.each([
    { story: 'a right that is not there', change: { right: 'flying' }, says: 'There is no right "flying".' },
    {
      story: 'a period that ends before it begins',
      change: { to: day('2025-12-31') },
      says: 'A period cannot end before it begins.',
    },
  ])('$story is refused', ({ change, says }) => {
    const of = {
      right: 'paid-work',
      from: day('2026-01-01'),
      to: day('2026-12-31'),
      steps: 'done' as const,
      ...change,
    };
    expect(() => permittedDays(corpus, columnsOf(corpus.facts, [applicant]), 1, of)).toThrow(says);
  });
});

describe('a most of weeks in 52', () => {
  const monday = day('2026-01-05');
  const run = (from: Day, days: number, weeksIn52: number = noMost) => ({
    from,
    next: from + days,
    isUnknown: false,
    weeksIn52,
  });
  const counted = (...runs: readonly ReturnType<typeof run>[]): number => {
    const days = new DaysInPeriods();
    for (const one of runs) days.add(one);
    return days.permitted;
  };

  test.each([
    { story: 'no most: every day', runs: [run(monday, 730)], days: 730 },
    { story: '24 weeks in a year of 52', runs: [run(monday, 364, 24)], days: 168 },
    { story: 'the next period begins anew', runs: [run(monday, 364 + 10, 24)], days: 178 },
    {
      story: 'two runs in one period share its weeks',
      runs: [run(monday, 100, 24), run(addDays(monday, 200), 100, 24)],
      days: 168,
    },
    {
      story: 'a most that falls away frees the rest',
      runs: [run(monday, 200, 24), run(addDays(monday, 200), 50)],
      days: 218,
    },
    { story: 'none at all', runs: [run(monday, 100, 0)], days: 0 },
  ])('$story', ({ runs, days }) => {
    expect(counted(...runs)).toBe(days);
  });
});
