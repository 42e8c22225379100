import { expect, test } from 'vitest';
import { month } from '@meedoen/units';
import { small } from '../test/small-questionnaire.ts';
import type { Answers, PastMonth } from './answers.ts';
import { contradictions } from './contradictions.ts';

const said = (answers: Record<string, string>): Answers =>
  Object.fromEntries(Object.entries(answers).map(([question, value]) => [question, { values: [value], words: null }]));
const past = (of: string, answers: Record<string, string>): PastMonth => ({ month: month(of), answers: said(answers) });

test.each([
  {
    story: 'in June they looked for work; now it began in March',
    history: [past('2026-06', { work: 'looking' })],
    now: { work: 'paid', 'work-began': '2026-03' },
    found: [{ kind: 'began-earlier', earlier: { month: '2026-06', question: 'work', value: 'looking' } }],
  },
  {
    story: 'it began in the month in which they still looked for it: both can be',
    history: [past('2026-06', { work: 'looking' })],
    now: { work: 'paid', 'work-began': '2026-06' },
    found: [],
  },
  {
    story: 'in June they worked; now it ended in May',
    history: [past('2026-06', { work: 'paid' })],
    now: { work: 'looking', 'work-ended': '2026-05' },
    found: [{ kind: 'ended-earlier', earlier: { month: '2026-06', question: 'work', value: 'paid' } }],
  },
  {
    story: 'it ended before the beginning they gave in April',
    history: [past('2026-04', { work: 'paid', 'work-began': '2026-04' })],
    now: { work: 'looking', 'work-ended': '2026-03' },
    found: [
      { kind: 'ended-earlier', earlier: { month: '2026-04', question: 'work', value: 'paid' } },
      { kind: 'ends-before-it-begins', earlier: { month: '2026-04', question: 'work-began', value: '2026-04' } },
    ],
  },
  {
    story: 'the same work began in another month than they said in August',
    history: [past('2026-08', { work: 'paid', 'work-began': '2026-08' }), past('2026-09', { work: 'paid' })],
    now: { work: 'paid', 'work-began': '2026-07' },
    found: [{ kind: 'another-month', earlier: { month: '2026-08', question: 'work-began', value: '2026-08' } }],
  },
  {
    story: 'other work, after a month without: no contradiction',
    history: [past('2026-03', { work: 'paid', 'work-began': '2026-02' }), past('2026-05', { work: 'looking' })],
    now: { work: 'paid', 'work-began': '2026-06' },
    found: [],
  },
  {
    story: 'what is skipped contradicts nothing',
    history: [past('2026-06', { work: 'looking' })],
    now: { work: 'paid' },
    found: [],
  },
])('$story', ({ history, now, found }) => {
  const kept = structuredClone({ history, now: said(now) });
  const all = contradictions(small, month('2026-11'), history, said(now));
  expect(all.map(({ kind, earlier }) => ({ kind, earlier }))).toEqual(found);
  // Asked about, and both kept.
  expect({ history, now: said(now) }).toEqual(kept);
});
