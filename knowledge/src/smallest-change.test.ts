import { answer, smallestChange } from '@meedoen/rights';
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

test('case P: one thing would let her exchange her licence, the tax rule of an expat household, were hers an expat’s', () => {
  const { verdict, size, changes } = smallestChange(corpus, doors, p, today, { right: 'exchange-licence' });
  expect([verdict, size]).toEqual(['no', 1]);
  expect(changes.map(({ facts, verdict: then }) => [facts, then])).toEqual([
    [[{ fact: 'thirtyPercent', from: false, to: true, bound: 'exactly' }], 'not yet'],
  ]);
});

test('a salary under the norm of a highly skilled migrant is brought back to the norm itself', () => {
  const facts = { ...p.facts, permitPurpose: 'highly-skilled', bornOn: '1990-05-01', recognisedSponsor: true };
  const paid = { facts: { ...facts, workNote: 'this-employer', afterOrientationYear: false, monthlySalary: 5000 } };
  const changes = corpus.rights.flatMap(({ id }) => smallestChange(corpus, doors, paid, today, { right: id }).changes);
  const salaries = changes.flatMap((one) => one.facts.filter(({ fact }) => fact === 'monthlySalary'));
  // work-022: 5,942 euros a month in 2026 for who is 30 or older.
  expect(salaries.length).toBeGreaterThan(0);
  for (const { to, bound } of salaries) expect([to, bound]).toEqual([5942, 'at least']);
});

test('what nobody can change, or has happened already, is never otherwise; every right of theirs was looked at', () => {
  for (const { id } of corpus.rights) {
    const { changes, size, searchedUpTo } = smallestChange(corpus, doors, p, today, { right: id });
    expect(searchedUpTo).toBe(size ?? 3);
    const facts = changes.flatMap((one) => one.facts);
    expect(facts.filter(({ fact }) => doors.fixed.includes(fact) || fact === 'permitFrom')).toEqual([]);
    for (const { situation, verdict } of changes) {
      expect(answer(corpus, situation, today, { right: id }).verdict).toBe(verdict);
    }
  }
});
