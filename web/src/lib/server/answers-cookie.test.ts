import { loadKnowledge } from '@meedoen/knowledge';
import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { readAnswers, writeAnswers } from './answers-cookie.ts';

const { facts: table } = (await loadKnowledge()).corpus;
const today = day('2026-11-23');
const situation = { facts: { document: 'asylum-request', bornOn: '1995-03-02', bsn: false, arrivedOn: null } };
const cookie = writeAnswers(situation, 'month', 'our key');

test('what was written comes back, in the order in which it was answered', () => {
  const read = readAnswers(cookie, 'our key', table, today);
  expect(read).toEqual({ situation, keptFor: 'month', problem: null });
  expect(Object.keys(read.situation.facts)).toEqual(Object.keys(situation.facts));
});

test.each([
  { story: 'another key signed it', value: writeAnswers(situation, 'month', 'their key') },
  { story: 'a letter was changed', value: `${cookie.slice(0, 5)}${cookie[5] === 'A' ? 'B' : 'A'}${cookie.slice(6)}` },
  { story: 'there is no signature', value: cookie.split('.')[0] },
  { story: 'it is nonsense', value: '...' },
])('when $story, nothing of it is believed', ({ value }) => {
  expect(readAnswers(value, 'our key', table, today)).toEqual({
    situation: { facts: {} },
    keptFor: 'session',
    problem: 'forged',
  });
});

test('too large is not even looked at', () => {
  expect(readAnswers('x'.repeat(4000), 'our key', table, today).problem).toBe('too-large');
});

test('an answer of an older version that no longer fits goes; the others stay', () => {
  const older = writeAnswers(
    { facts: { document: 'w-document', bornOn: '1995-03-02', shoeSize: 42 } },
    'session',
    'our key',
  );
  expect(readAnswers(older, 'our key', table, today)).toEqual({
    situation: { facts: { bornOn: '1995-03-02' } },
    keptFor: 'session',
    problem: 'outdated',
  });
});

test('every question answered with the longest answer fits in a cookie', () => {
  const longest = Object.fromEntries(
    table.facts.map(({ id, type, choices, max }) => {
      const longestChoice = choices.toSorted((a, b) => b.length - a.length)[0] ?? null;
      return [id, { choice: longestChoice, date: '2026-11-23', boolean: false, number: max ?? 1_000_000 }[type]];
    }),
  );
  expect(writeAnswers({ facts: longest }, 'month', 'our key').length).toBeLessThan(3800);
});
