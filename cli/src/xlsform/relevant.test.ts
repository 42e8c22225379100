import { describe, expect, test } from 'vitest';
import { parseRelevant, relevantOf } from './relevant.ts';

test.each([
  { text: "${work} = 'paid'", askWhen: { work: ['paid'] }, askUnless: {} },
  { text: '${work}="paid"', askWhen: { work: ['paid'] }, askUnless: {} },
  { text: "(${work} = 'paid' or ${work} = 'unpaid')", askWhen: { work: ['paid', 'unpaid'] }, askUnless: {} },
  { text: "selected(${barriers}, 'travel')", askWhen: { barriers: ['travel'] }, askUnless: {} },
  { text: "${here} != 'no'", askWhen: {}, askUnless: { here: ['no'] } },
  { text: "not(${here} = 'no') and ${work} = 'paid'", askWhen: { work: ['paid'] }, askUnless: { here: ['no'] } },
  { text: "not(selected(${a}, 'x') or ${b} = 'y')", askWhen: {}, askUnless: { a: ['x'], b: ['y'] } },
  { text: "not(not(${work} = 'paid'))", askWhen: { work: ['paid'] }, askUnless: {} },
  { text: '${children} = 3', askWhen: { children: ['3'] }, askUnless: {} },
  { text: "((${a} = '1') and (${b} = '2' and ${c} != '3'))", askWhen: { a: ['1'], b: ['2'] }, askUnless: { c: ['3'] } },
])('$text', ({ text, askWhen, askUnless }) => {
  expect(parseRelevant(text)).toEqual({ ok: true, value: { askWhen, askUnless } });
});

describe('what our conditions cannot say is told', () => {
  test.each([
    { text: '${age} > 18', says: 'only = and != with an answer can be kept' },
    { text: "${a} = 'x' or ${b} = 'y'", says: '"or" between answers to different questions' },
    { text: "${a} = 'x' and ${a} = 'y'", says: 'two conditions on ${a}' },
    { text: "not(${a} = 'x' and ${b} = 'y')", says: 'may only be an answer' },
    { text: "${a} = ''", says: 'is no answer' },
    { text: '${a} = ${b}', says: 'is no answer' },
    { text: 'count-selected(${a}) > 2', says: 'a question such as ${work}' },
    { text: "${a} = 'x' and", says: 'missing at the end' },
    { text: "(${a} = 'x'", says: ') is missing at the end' },
    { text: "${a} = 'x')", says: '")" is not expected there' },
    { text: "${a} = 'x", says: 'cannot be read' },
    { text: 'once(today())', says: '"once" stands where' },
  ])('$text', ({ text, says }) => {
    const parsed = parseRelevant(text);
    expect(parsed.ok ? 'kept' : parsed.message).toContain(says);
  });

  test('nothing makes it hang or throw', () => {
    for (const text of [
      '('.repeat(5000),
      "'",
      '${',
      '${a} = '.repeat(500),
      'not('.repeat(2000),
      '\u0000',
      '${a}='.padEnd(20_000, ' '),
    ]) {
      expect(parseRelevant(text).ok, text.slice(0, 20)).toBe(false);
    }
  });
});

test('what we write is what we read', () => {
  const conditions = { askWhen: { work: ['paid', 'unpaid'], home: ['hotel'] }, askUnless: { here: ['no', 'left'] } };
  const text = relevantOf(conditions.askWhen, conditions.askUnless, []);
  expect(text).toBe(
    "(${work} = 'paid' or ${work} = 'unpaid') and ${home} = 'hotel' and not(${here} = 'no' or ${here} = 'left')",
  );
  expect(parseRelevant(text)).toEqual({ ok: true, value: conditions });
});
