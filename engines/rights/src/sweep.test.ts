// The days that a result holds, against the plain way of finding out: asking on every day.
import { addDays, day, isoDay, type Day } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../test/example-corpus.ts';
import { littleLaw } from '../test/little-law.ts';
import { anyDay, anySituation } from '../test/people.ts';
import { viewOf } from './corpus.ts';
import { Evaluation } from './evaluation.ts';
import { Person } from './person.ts';
import { firstDay, firstOpening, lastDay } from './sweep.ts';
import { toJson, type Value } from './value.ts';
import { View } from './view.ts';

const dates = [
  '$referencedate',
  '$d',
  '{ operation: DATE_ADD, date: $referencedate, months: -6 }',
  '{ operation: START_OF, date: $referencedate, in: month }',
  '{ operation: DATE_ADD, date: $d, months: 1, days: 3 }',
];
const numbers = [
  '{ operation: AGE, date_of_birth: $d, reference_date: $referencedate }',
  '{ operation: DATE_DIFF, from: $d, to: $referencedate, in: months }',
  '{ operation: DATE_DIFF, from: $referencedate, to: $d, in: days }',
  '{ operation: DATE_PART, date: $referencedate, in: month }',
  '{ operation: SUBTRACT, values: [10, { operation: DATE_DIFF, from: $d, to: $referencedate, in: years }] }',
  '{ operation: MAX, values: [3, { operation: AGE, date_of_birth: $d, reference_date: $referencedate }] }',
  '{ operation: DAY_OF_WEEK, date: $referencedate }',
  '$n',
  '$referencedate.year',
];
const comparisons = ['GREATER_THAN', 'LESS_THAN', 'GREATER_THAN_OR_EQUAL', 'LESS_THAN_OR_EQUAL', 'EQUALS'];

const anyComparison = fc
  .oneof(
    fc.tuple(fc.constantFrom(...comparisons), fc.constantFrom(...dates), fc.constantFrom(...dates)),
    fc.tuple(
      fc.constantFrom(...comparisons),
      fc.constantFrom(...numbers),
      fc.oneof(fc.constantFrom(...numbers), fc.integer({ min: -3, max: 24 }).map(String)),
    ),
  )
  .map(([operation, subject, value]) => `{ operation: ${operation}, subject: ${subject}, value: ${value} }`);

const anyCondition = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    anyComparison,
    fc.constantFrom(
      '$b',
      '{ operation: IN, subject: { operation: DATE_PART, date: $referencedate, in: month }, values: [6, 7, 8] }',
      '{ operation: IN, subject: $referencedate, values: [$d, "2024-02-29"] }',
    ),
    fc
      .tuple(fc.constantFrom('AND', 'OR'), fc.array(tie('any'), { minLength: 1, maxLength: 3 }))
      .map(([name, all]) => `{ operation: ${name}, conditions: [${all.join(', ')}] }`),
    tie('any').map((inner) => `{ operation: NOT, value: ${inner} }`),
    fc
      .tuple(tie('any'), tie('any'), tie('any'))
      .map(([a, b, c]) => `{ operation: IF, cases: [{ when: ${a}, then: ${b} }], default: ${c} }`),
  ),
})).any;

const inputs = [
  '{ name: d, type: date, source: {} }',
  '{ name: n, type: number, source: {} }',
  '{ name: b, type: boolean, source: {} }',
];

test('a result stays the same over all the days for which it is said to hold', () => {
  const anyFacts = fc.record({
    d: fc.option(
      fc.oneof(anyDay.map(isoDay), fc.constantFrom('2024-02-29', '2024-01-31', '2008-02-29', '2006-11-30')),
      { freq: 8 },
    ),
    n: fc.option(fc.integer({ min: -2, max: 30 }).map(BigInt), { freq: 8 }),
    b: fc.option(fc.boolean(), { freq: 3 }),
  });
  fc.assert(
    fc.property(anyCondition, anyFacts, anyDay, (condition, facts, on) => {
      const view = new View(
        { laws: [littleLaw({ inputs, outputs: [['out', 'boolean', condition]] })], replacements: [] },
        'text',
        null,
      );
      const known = new Map<string, Value>();
      for (const [name, value] of Object.entries(facts)) if (value !== null) known.set(name, value);
      const at = (someDay: Day): { said: string; since: number; next: number } => {
        const evaluation = new Evaluation(view, known, someDay);
        const said = JSON.stringify(toJson(evaluation.output('kleine_wet', 'out')));
        return { said, since: evaluation.since, next: evaluation.next };
      };
      const { said, since, next } = at(on);
      expect(since).toBeLessThanOrEqual(on);
      expect(next).toBeGreaterThan(on);
      // The edges are where mistakes live; then some days in between.
      const near = [since, since + 1, next - 1, next - 2, on - 1, on + 1, on + 30, on - 365, on + 1000];
      for (const other of near.filter(
        (one) => isFinite(one) && one >= since && one < next && Math.abs(one - on) < 4300,
      )) {
        expect(at(other as Day).said).toBe(said);
      }
    }),
    { numRuns: 2000 },
  );
}, 60_000);

describe('going from change to change finds what asking on every day finds', () => {
  const corpus = exampleCorpus();
  const view = viewOf(corpus, 'applied', null);
  const [right] = corpus.rights;

  test('the first opening, and the first and last day of a yes', () => {
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, (situation, on) => {
        const person = new Person(corpus, view, situation);
        const today = person.held(right!, on);
        const span = 600;

        const opening = firstOpening(person, right!, on, 'every step done');
        const firstOpen = firstThat(
          on,
          span,
          1,
          (some) => person.held(right!, some, 'every step done').holds !== false,
        );
        if (firstOpen !== null) expect(opening?.on).toBe(firstOpen);
        else if (opening !== null) expect(opening.on).toBeGreaterThanOrEqual(on + span);

        if (today.holds !== true) return;
        const end = firstThat(on, span, 1, (some) => person.held(right!, some).holds !== true);
        const last = lastDay(person, right!, today);
        if (end !== null && person.held(right!, end).holds === false) expect(last).toBe(end - 1);
        if (end === null && last !== null) expect(last).toBeGreaterThanOrEqual(on + span - 1);
        const start = firstThat(on, span, -1, (some) => person.held(right!, some).holds !== true);
        const first = firstDay(person, right!, today);
        if (start !== null && person.held(right!, start).holds === false) expect(first).toBe(start + 1);
        if (start === null && first !== null) expect(first).toBeLessThanOrEqual(on - span + 1);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  function firstThat(on: Day, span: number, step: 1 | -1, holds: (some: Day) => boolean): Day | null {
    for (let away = 0; away < span; away += 1) {
      const some = addDays(on, step * away);
      if (holds(some)) return some;
    }
    return null;
  }

  test('"not yet" looks ten years ahead and no further', () => {
    const situation = { facts: { document: 'permit', permitFrom: '2036-12-01' } };
    const person = new Person(corpus, view, situation);
    expect(firstOpening(person, right!, day('2026-11-23'), 'nothing')).toBeNull();
    expect(firstOpening(person, right!, day('2026-12-01'), 'nothing')?.on).toBe(day('2036-12-01'));
  });
});
