import { expect, test } from 'vitest';
import { ageBandOf } from './coarsen.ts';
import { day, month } from '@meedoen/units';
import { small } from '../test/small-questionnaire.ts';
import type { Construct, Questionnaire } from './questionnaire.ts';
import { countsInShare, scaleOf, scoreOf } from './score.ts';

// The MHI-5 as the literature scores it: 4 × the sum of five items of 0–5, the two glad ones turned round; below 60 is unhealthy.
const six = { '1': 1, '2': 2, '3': 3, '4': 4, '5': 5, '6': 6 };
const item = (question: string, reversed: boolean) => ({ question, scores: six, reversed });
const mhi5: Construct = {
  id: 'mental-health',
  items: [item('nervous', false), item('dumps', false), item('calm', true), item('down', false), item('happy', true)],
  scoring: 'sum',
  rescaledTo: { lowest: 0, highest: 100 },
  mayBeMissing: 1,
  better: 'higher',
  line: { counts: 'below', score: 60 },
  benchmarks: [],
  source: 'test',
};
const form: Questionnaire = { ...small, constructs: [mhi5] };
const answers = (...values: (string | null)[]) =>
  Object.fromEntries(
    mhi5.items.flatMap(({ question }, at) => (values[at] ? [[question, { values: [values[at]], words: null }]] : [])),
  );

test.each([
  { story: 'never low, always glad', given: ['6', '6', '1', '6', '1'], score: 100, share: false },
  { story: 'always low, never glad', given: ['1', '1', '6', '1', '6'], score: 0, share: true },
  // 4 × (3 + 3 + 3 + 3 + 3) = 60, on the line and not below it.
  { story: 'on the line', given: ['4', '4', '3', '4', '3'], score: 60, share: false },
  { story: 'one step below it', given: ['3', '4', '3', '4', '3'], score: 56, share: true },
  // One missing: the four others stand at 3 of 5 each, so it does too.
  { story: 'one without an answer', given: [null, '4', '3', '4', '3'], score: 60, share: false },
])('MHI-5, $story: $score', ({ given, score, share }) => {
  expect(scoreOf(form, mhi5, answers(...given))).toBeCloseTo(score, 12);
  expect(countsInShare(mhi5, score)).toBe(share);
});

test('two without an answer are too many', () => {
  expect(scoreOf(form, mhi5, answers(null, null, '3', '4', '3'))).toBeNull();
});

test('a mark is its own score, and a question with no line is in no share', () => {
  const [mark] = small.constructs;
  expect(scoreOf(small, mark!, { life: { values: ['8'], words: null } })).toBe(8);
  expect(countsInShare(mark!, 8)).toBeNull();
});

test('the scale for many people at once has the range of each item', () => {
  expect(scaleOf(form, mhi5)).toMatchObject({
    id: 'small/mental-health',
    version: '2',
    items: [{ id: 'nervous', lowest: 1, highest: 6, reversed: false }, {}, { id: 'calm', reversed: true }, {}, {}],
  });
});

test.each([
  { bornOn: '2008-11-30', band: '18-24' },
  { bornOn: '2008-12-01', band: 'under-18' },
  { bornOn: '1959-12-01', band: '55-66' },
  { bornOn: '1959-11-30', band: '67-plus' },
  { bornOn: '2026-12-01', band: null },
])('born on $bornOn is $band at the end of November 2026', ({ bornOn, band }) => {
  expect(ageBandOf(day(bornOn), month('2026-11'))).toBe(band);
});
