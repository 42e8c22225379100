import fc from 'fast-check';
import { expect, test } from 'vitest';
import { month, monthsLater } from '@meedoen/units';
import { small } from '../test/small-questionnaire.ts';
import type { Answers, PastMonth } from './answers.ts';
import { longestMonth } from './longest-month.ts';
import { questionsFor } from './questions-for.ts';
import { turnOf } from './rotation.ts';

const now = month('2026-11');
const said = (answers: Record<string, string>): Answers =>
  Object.fromEntries(Object.entries(answers).map(([question, value]) => [question, { values: [value], words: null }]));
const past = (of: string, answers: Record<string, string>): PastMonth => ({ month: month(of), answers: said(answers) });
const idsOf = (answers: Answers, history: readonly PastMonth[] = [], at = now): string[] =>
  questionsFor(small, { month: at, answers, history, sensitive: false }).map(({ id }) => id);

test('follow-ups wait for the answer they follow', () => {
  expect(idsOf({})).not.toContain('work-began');
  expect(idsOf(said({ work: 'paid' }))).toContain('work-began');
  expect(idsOf(said({ work: 'looking' }))).not.toContain('work-began');
  expect(idsOf(said({ 'still-here': 'left-country' }))).not.toContain('work');
});

test.each([
  { story: 'work is new', history: [past('2026-10', { work: 'looking' })], asked: true },
  {
    story: 'work went on, and its beginning is known',
    history: [past('2026-10', { work: 'paid', 'work-began': '2026-09' })],
    asked: false,
  },
  {
    story: 'the beginning is known from further back',
    history: [past('2026-08', { work: 'paid', 'work-began': '2026-08' }), past('2026-10', { work: 'paid' })],
    asked: false,
  },
  { story: 'it was skipped until now', history: [past('2026-10', { work: 'paid' })], asked: true },
  {
    story: 'this is other work than the one whose beginning is known',
    history: [past('2026-08', { work: 'paid', 'work-began': '2026-08' }), past('2026-09', { work: 'looking' })],
    asked: true,
  },
  {
    story: 'a month without an answer about work tells nothing',
    history: [past('2026-08', { work: 'paid', 'work-began': '2026-08' }), past('2026-09', { life: '6' })],
    asked: false,
  },
  {
    story: 'later months do not count',
    history: [past('2026-12', { work: 'paid', 'work-began': '2026-12' })],
    asked: true,
  },
])('when it began is asked ($asked): $story', ({ history, asked }) => {
  expect(idsOf(said({ work: 'paid' }), history).includes('work-began')).toBe(asked);
});

test.each([
  { story: 'it was there last time', work: 'looking', history: [past('2026-09', { work: 'paid' })], asked: true },
  { story: 'it goes on', work: 'paid', history: [past('2026-09', { work: 'paid' })], asked: false },
  {
    story: 'it was over already',
    work: 'looking',
    history: [past('2026-08', { work: 'paid' }), past('2026-09', { work: 'looking' })],
    asked: false,
  },
  { story: 'nothing is known of before', work: 'looking', history: [], asked: false },
])('when it ended is asked ($asked): $story', ({ work, history, asked }) => {
  expect(idsOf(said({ work }), history).includes('work-ended')).toBe(asked);
});

test('health is asked of who switched it on alone', () => {
  const at = [0, 1, 2].map((later) => monthsLater(now, later)).find((one) => turnOf(one, 3) === 2)!;
  const ids = (sensitive: boolean) =>
    questionsFor(small, { month: at, answers: {}, history: [], sensitive }).map(({ id }) => id);
  expect(ids(false)).not.toContain('health');
  expect(ids(true)).toContain('health');
});

// Answers and histories as people give them: any of these, or nothing.
const anyAnswers = fc
  .record(
    {
      'still-here': fc.constantFrom('here', 'left-country'),
      work: fc.constantFrom('paid', 'looking'),
      'work-began': fc.constant('2026-01'),
      life: fc.constant('7'),
    },
    { requiredKeys: [] },
  )
  .map((answers) => said(answers as Record<string, string>));
const anyHistory = fc.array(
  fc.record({ month: fc.integer({ min: -30, max: 5 }).map((later) => monthsLater(now, later)), answers: anyAnswers }),
  { maxLength: 12 },
);

test('which questions rotate depends on the month alone', () => {
  fc.assert(
    fc.property(anyAnswers, anyHistory, fc.integer({ min: 0, max: 60 }), (answers, history, later) => {
      const at = monthsLater(now, later);
      const rotating = (ids: readonly string[]) => ids.filter((id) => ['safe', 'should-be-asked'].includes(id));
      expect(rotating(idsOf(answers, history, at))).toEqual(rotating(idsOf({}, [], at)));
    }),
  );
});

test('nobody gets more questions than the longest month counts, and somebody gets as many', () => {
  const longest = longestMonth(small);
  // By hand: still-here, work, one of began and ended, life, stood-in-way; and in turn 2 health and should-be-asked.
  expect(longest).toEqual({ questions: 7, turn: 2 });
  let most = 0;
  fc.assert(
    fc.property(anyAnswers, anyHistory, fc.integer({ min: 0, max: 8 }), (answers, history, later) => {
      const asked = questionsFor(small, { month: monthsLater(now, later), answers, history, sensitive: true }).length;
      most = Math.max(most, asked);
      expect(asked).toBeLessThanOrEqual(longest.questions);
    }),
    { numRuns: 500 },
  );
  expect(most).toBe(longest.questions);
});

test('a month that may end something counts in the longest month', () => {
  const [, work, , ended] = small.questions;
  expect(longestMonth({ ...small, questions: [{ ...work!, askUnless: {} }, ended!] }).questions).toBe(2);
});
