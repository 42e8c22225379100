import { month } from '@meedoen/units';
import { expect, test } from 'vitest';
import { given, profileForTests } from './given-for-tests.ts';
import { milestones } from './milestones.ts';

// Person 1 arrived in January 2026 and tells about November.
test.each<{ story: string; answers: readonly (readonly [string, string])[]; workedFrom: string | null }>([
  { story: 'no word about work', answers: [['life', '7']], workedFrom: null },
  { story: 'looks for work', answers: [['work', 'looking']], workedFrom: null },
  {
    story: 'unpaid work is no first job',
    answers: [
      ['work', 'unpaid'],
      ['work-began', '2026-05'],
      ['work-ended', '2026-06'],
    ],
    workedFrom: null,
  },
  {
    story: 'works, since a month',
    answers: [
      ['work', 'paid'],
      ['work-began', '2026-08'],
    ],
    workedFrom: '2026-08',
  },
  { story: 'works, does not say since when', answers: [['work', 'paid']], workedFrom: '2026-11' },
  {
    story: 'a job that ended was a job',
    answers: [
      ['work', 'looking'],
      ['work-began', '2026-03'],
      ['work-ended', '2026-06'],
    ],
    workedFrom: '2026-03',
  },
  {
    story: 'a job that ended, of unknown begin',
    answers: [
      ['work', 'not-now'],
      ['work-ended', '2026-06'],
    ],
    workedFrom: '2026-06',
  },
  {
    story: 'the same job since before arrival',
    answers: [
      ['work', 'paid'],
      ['work-began', '2024-02'],
    ],
    workedFrom: '2026-01',
  },
  {
    story: 'a begin after the month told about is a slip',
    answers: [
      ['work', 'paid'],
      ['work-began', '2027-02'],
    ],
    workedFrom: '2026-11',
  },
  {
    story: 'a begin that is no month',
    answers: [
      ['work', 'paid'],
      ['work-began', 'May'],
    ],
    workedFrom: '2026-11',
  },
])('$story: $workedFrom', ({ answers, workedFrom }) => {
  expect(milestones(given({ answers }).contribution).workedFrom).toBe(workedFrom);
});

test('who did not say when they arrived keeps the month they say', () => {
  const { contribution } = given({
    profile: { ...profileForTests, arrived: null },
    answers: [
      ['work', 'paid'],
      ['work-began', '2024-02'],
    ],
  });
  expect(milestones(contribution).workedFrom).toBe('2024-02');
});

test.each([
  { said: 'here', leftIn: null, hereIn: '2026-11' },
  { said: 'moved-town', leftIn: '2026-11', hereIn: null },
  { said: 'left-country', leftIn: '2026-11', hereIn: null },
])('still here? $said', ({ said, leftIn, hereIn }) => {
  expect(milestones(given({ month: '2026-11', answers: [['still-here', said]] }).contribution)).toMatchObject({
    leftIn: leftIn && month(leftIn),
    hereIn: hereIn && month(hereIn),
  });
});
