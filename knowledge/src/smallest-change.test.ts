import { smallestChanges } from '@meedoen/rights';
import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { loadKnowledge } from './load.ts';

const { corpus, doors } = await loadKnowledge();
const today = day('2026-11-23');

// Case P. of the policy paper: a partner of a Dutch citizen who drove in Brazil; her friend is here as an expat.
const p = {
  facts: {
    document: 'regular-permit',
    permitPurpose: 'family',
    joins: 'dutch',
    workNote: 'free',
    bornOn: '1992-05-01',
    arrivedOn: '2026-06-01',
    permitFrom: '2026-06-01',
    registered: true,
    licenceCountry: 'other',
    licenceValidUntil: '2030-01-01',
    livedThere: true,
    healthStatement: false,
    thirtyPercent: false,
  },
};

test('case P: one thing would let her exchange her licence, the tax rule of an expat household', () => {
  const changes = smallestChanges(corpus, doors, p, today, { right: 'exchange-licence' });
  expect(changes.map(({ fact, from, to }) => [fact, from, to])).toEqual([['thirtyPercent', false, true]]);
  expect(changes[0]?.answer.first.map(({ fact }) => fact)).toEqual(['healthStatement']);
});

test('what nobody can change is never proposed, and an open right needs no change', () => {
  const changes = corpus.rights.flatMap(({ id }) => smallestChanges(corpus, doors, p, today, { right: id }));
  expect(changes.filter(({ fact }) => doors.fixed.includes(fact))).toEqual([]);
  expect(smallestChanges(corpus, doors, p, today, { right: 'paid-work' })).toEqual([]);
});
