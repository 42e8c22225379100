import { day, type Day } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../test/example-corpus.ts';
import { exampleDoors, exampleTimetable } from '../test/example-tables.ts';
import { whoAsked } from '../test/people.ts';
import { answer, answerAll } from './answer.ts';
import { answerBatch, permittedDays } from './batch/answer-batch.ts';
import { columnsOf } from './batch/columns.ts';
import { chainsOf, chainTo } from './chain/chain.ts';
import { doorMatrix } from './doors/door-matrix.ts';
import { smallestChange } from './doors/smallest-change.ts';
import { knownDay } from './known-day.ts';
import { nextQuestion } from './next-question.ts';

const corpus = { ...exampleCorpus(), knownFrom: day('2026-01-01') };
const [firstDay, dayBefore] = [day('2026-01-01'), day('2025-12-31')];
const situation = { facts: whoAsked('2025-06-01') };
const doors = exampleDoors(corpus.facts);
const timetable = exampleTimetable(corpus.facts);
const columns = columnsOf(corpus.facts, [situation]);
const right = 'paid-work';

test('the first day is known, the day before is refused with what to do, and without a first day all are known', () => {
  expect(knownDay(corpus, firstDay)).toEqual({ ok: true, value: firstDay });
  expect(knownDay(corpus, dayBefore)).toMatchObject({
    ok: false,
    problem: { message: 'We know the law from 2026-01-01 on. Give that day or a later one.' },
  });
  expect(knownDay(exampleCorpus(), day('1900-01-01')).ok).toBe(true);
});

describe('nobody gets an answer by a law that we do not know', () => {
  test.each<[string, (on: Day) => unknown]>([
    ['answer', (on) => answer(corpus, situation, on, { right })],
    ['answerAll', (on) => answerAll(corpus, situation, on)],
    ['nextQuestion', (on) => nextQuestion(corpus, { facts: {} }, on)],
    ['chainTo', (on) => chainTo(corpus, timetable, situation, on, { right })],
    ['chainsOf', (on) => chainsOf(corpus, timetable, { facts: { document: 'permit', shelter: true } }, on)],
    ['doorMatrix', (on) => doorMatrix(corpus, timetable, doors, situation, on)],
    ['smallestChange', (on) => smallestChange(corpus, doors, situation, on, { right })],
    ['answerBatch', (on) => answerBatch(corpus, columns, on, 1)],
    [
      'permittedDays',
      (on) => permittedDays(corpus, columns, 1, { right, from: on, to: day('2026-12-31'), steps: 'done' }),
    ],
  ])('%s', (_, ask) => {
    expect(() => ask(dayBefore)).toThrow(RangeError);
    expect(() => ask(dayBefore)).toThrow('2025-12-31: We know the law from 2026-01-01 on.');
    expect(() => ask(firstDay)).not.toThrow();
  });
});
