import { describe, expect, test } from 'vitest';
import { resolveNote } from './resolve-note.ts';

const articles = [
  { number: '1', text: 'De gemeente zorgt voor een tolk bij het eerste gesprek.' },
  { number: '2', text: 'Een tolk is er ook bij het tweede gesprek.' },
];
const find = (quote: string, prefix = '', suffix = '') => resolveNote(articles, { quote, prefix, suffix });

test('the place is counted in characters of the article', () => {
  expect(find('een tolk')).toEqual({ kind: 'exact', article: '1', start: 23, end: 31, score: 1 });
  expect(articles[0]?.text.slice(23, 31)).toBe('een tolk');
});

describe('a nearly equal text', () => {
  // "zorgt voor een tolken" is one letter in twenty-one away from "zorgt voor een tolk": 1 − 2/21 = 0.9048 of the quote,
  // which counts for half; the context is empty and counts in full: 0.5 · 0.9048 + 0.5 = 0.9524.
  test('half its own likeness, a quarter each side', () => {
    const found = find('zorgt voor een tolken');
    expect(found).toMatchObject({ kind: 'fuzzy', article: '1', start: 12, end: 31 });
    expect('score' in found ? found.score : 0).toBeCloseTo(1 - 0.5 * (2 / 21), 10);
  });

  test('a context that is wholly other takes it below the threshold', () => {
    expect(find('zorgt voor twee tolken', 'xxxxxxxxxxxx', 'zzzzzzzzzzzz')).toEqual({ kind: 'orphaned' });
  });

  test('two places nearly alike are no place', () => {
    expect(
      resolveNote([{ number: '1', text: 'bij het eerste gesprek, bij het tweede gesprek' }], {
        quote: 'bij het derde gesprek',
        prefix: '',
        suffix: '',
      }),
    ).toEqual({ kind: 'ambiguous' });
  });
});

test('a long quote is not looked for inexactly', () => {
  expect(find(`${'zorgt voor een tolk '.repeat(6)}en meer`)).toEqual({ kind: 'skipped' });
  expect(find('')).toEqual({ kind: 'orphaned' });
});

test('a law of 400 long articles is searched in bounded time', () => {
  const many = Array.from({ length: 400 }, (_, index) => ({
    number: String(index),
    text: 'de vreemdeling meldt zich bij de gemeente '.repeat(40),
  }));
  expect(
    resolveNote(many, { quote: 'de vreemdelingen melden zich bij een gemeente in de buurt', prefix: '', suffix: '' })
      .kind,
  ).toBe('ambiguous');
}, 60_000);
