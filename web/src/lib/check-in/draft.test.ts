import { month } from '@meedoen/units';
import { expect, test } from 'vitest';
import { asPast, give, tell, type Draft, type MonthTold } from './draft.ts';

const draft: Draft = { id: 'one', month: month('2026-11'), answers: {}, skipped: [], explained: {}, code: null };

test('an answer takes the place of the one before it, and of skipping; skipping takes the answer away', () => {
  const skipped = give(draft, 'life', null);
  expect(skipped).toMatchObject({ answers: {}, skipped: ['life'] });
  const answered = give(skipped, 'life', { values: ['7'], words: null });
  expect(answered).toMatchObject({ answers: { life: { values: ['7'] } }, skipped: [] });
  expect(give(give(answered, 'life', null), 'life', null)).toMatchObject({ answers: {}, skipped: ['life'] });
});

test('a month told again takes the place of the earlier one; the newest month comes first', () => {
  const told = (id: string, at: string): MonthTold => ({ id, month: month(at), kept: 'here', answers: [], words: [] });
  const months = tell(tell(tell([], told('a', '2026-10')), told('b', '2026-11')), told('c', '2026-10'));
  expect(months.map(({ id }) => id)).toEqual(['b', 'c']);
});

test('a month on the device is what the engine remembers of it', () => {
  const told: MonthTold = {
    id: 'a',
    month: month('2026-10'),
    kept: 'month',
    answers: [
      { question: 'helped', value: 'neighbour' },
      { question: 'helped', value: 'coach' },
    ],
    words: [{ question: 'helped', text: 'Fatma 🙂' }],
  };
  expect(asPast(told)).toEqual({
    month: '2026-10',
    answers: { helped: { values: ['neighbour', 'coach'], words: 'Fatma 🙂' } },
  });
});
