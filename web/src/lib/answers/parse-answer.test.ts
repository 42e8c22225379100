import type { FactRow } from '@meedoen/rights';
import { day } from '@meedoen/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latinDigits, parseAnswer, type Typed } from './parse-answer.ts';

const today = day('2026-11-23');
const empty: Typed = { answer: '', day: '', month: '', year: '', number: '' };
const row = (type: FactRow['type'], more: Partial<FactRow> = {}): FactRow => ({
  id: 'x',
  lawName: 'x',
  type,
  choices: [],
  past: false,
  min: null,
  max: null,
  askWhen: [],
  step: null,
  at: {},
  ...more,
});
const past = row('date', { past: true });
const date = (dayOfMonth: string, month: string, year: string): Typed => ({ ...empty, day: dayOfMonth, month, year });

test.each([
  { story: 'a date', typed: date('25', '6', '2026'), value: '2026-06-25' },
  { story: 'a date with zeros and spaces', typed: date(' 05', '06 ', '2026'), value: '2026-06-05' },
  { story: 'a date in the digits of an Arabic keyboard', typed: date('٢٥', '٦', '٢٠٢٦'), value: '2026-06-25' },
  { story: 'a date in the digits of a Farsi keyboard', typed: date('۲۵', '۶', '۲۰۲۶'), value: '2026-06-25' },
  { story: 'today', typed: date('23', '11', '2026'), value: '2026-11-23' },
  { story: 'not known', typed: { ...empty, answer: 'unknown' }, value: null },
])('$story is $value', ({ typed, value }) => {
  expect(parseAnswer(past, typed, today)).toEqual({ ok: true, value });
});

test.each([
  { typed: date('29', '2', '2025'), field: 'day', key: 'date-does-not-exist' },
  { typed: date('', '', ''), field: 'day', key: 'date-empty' },
  { typed: date('1', '', '2026'), field: 'month', key: 'date-month-missing' },
  { typed: date('1', '1', ''), field: 'year', key: 'date-year-missing' },
  { typed: date('24', '11', '2026'), field: 'year', key: 'date-in-future' },
  { typed: date('1', '1', '0026'), field: 'year', key: 'date-year' },
  { typed: date('1', '1.5', '2026'), field: 'month', key: 'date-digits' },
  { typed: { ...date('1', '2', '2026'), answer: 'unknown' }, field: 'answer', key: 'both' },
])('$typed.day-$typed.month-$typed.year: $key at $field', ({ typed, field, key }) => {
  expect(parseAnswer(past, typed, today)).toMatchObject({
    ok: false,
    problem: { field, key: `questions.error.${key}` },
  });
});

test('a choice, yes or no, and a number within its bounds', () => {
  const choice = row('choice', { choices: ['none', 'appeal'] });
  expect(parseAnswer(choice, { ...empty, answer: 'appeal' }, today)).toEqual({ ok: true, value: 'appeal' });
  expect(parseAnswer(choice, { ...empty, answer: 'king' }, today)).toMatchObject({
    ok: false,
    problem: { key: 'questions.error.choice' },
  });
  expect(parseAnswer(row('boolean'), { ...empty, answer: 'no' }, today)).toEqual({ ok: true, value: false });
  const weeks = row('number', { min: 0, max: 52 });
  expect(parseAnswer(weeks, { ...empty, number: '24' }, today)).toEqual({ ok: true, value: 24 });
  expect(parseAnswer(weeks, { ...empty, number: '53' }, today)).toMatchObject({
    ok: false,
    problem: { words: { min: 0, max: 52 } },
  });
});

test('whatever is typed, there is a value or a field to mend', () => {
  const anything = fc.record({
    answer: fc.string(),
    day: fc.string(),
    month: fc.string(),
    year: fc.string(),
    number: fc.string(),
  });
  const kinds = fc.constantFrom(past, row('boolean'), row('number'), row('choice', { choices: ['a'] }));
  fc.assert(
    fc.property(kinds, anything, (kind, typed) => {
      const parsed = parseAnswer(kind, typed, today);
      if (!parsed.ok) expect(['answer', 'day', 'month', 'year', 'number']).toContain(parsed.problem.field);
      else if (kind.type === 'date' && parsed.value !== null) expect(parsed.value <= '2026-11-23').toBe(true);
    }),
  );
});

test('digits of other keyboards are the same digits', () => {
  expect(latinDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789 0123456789');
});
