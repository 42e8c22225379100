import { describe, expect, test } from 'vitest';
import { chance } from '@meedoen/numbers';
import { valueOf } from '../test/reference.ts';
import type { CohortDeclaration } from './cohort-declaration.ts';
import type { CohortSpells } from './cohort-survival.ts';
import { compareMeans, compareTimes, type ComparisonRequest } from './compare-cohorts.ts';
import { eValue } from './e-value.ts';
import { readGroups } from './groups.ts';
import { readSpells } from './spells.ts';

const declare = (name: string, more: Partial<CohortDeclaration> = {}): CohortDeclaration => ({
  name,
  clock: 'arrival',
  who: 'everyone-who-asked',
  ages: { from: 18, to: 64 },
  leavers: 'counted',
  outcome: { kind: 'any-work', definition: 'a job as an employee, 2026', selfEmployed: 'left-out' },
  ...more,
});

/**
 * Invented: in each town the second cohort finds work less often (½ after ⅔ in the town with work, ⅙ after ⅓ in the other),
 * and most of it lives in the town with work.
 */
const counts = [
  { cohort: 'asylum', town: 0, yes: 80, no: 160 },
  { cohort: 'asylum', town: 1, yes: 40, no: 20 },
  { cohort: 'Ukraine', town: 0, yes: 10, no: 50 },
  { cohort: 'Ukraine', town: 1, yes: 120, no: 120 },
];
const rows = counts.flatMap(({ cohort, town, yes, no }) => [
  { cohort, town, work: 1, copies: yes },
  { cohort, town, work: 0, copies: no },
]);
const request = (changes: Partial<ComparisonRequest> = {}): ComparisonRequest => ({
  declared: [declare('asylum'), declare('Ukraine')],
  columns: {
    cohort: valueOf(
      readGroups(
        rows.map(({ cohort }) => cohort),
        { order: ['asylum', 'Ukraine'] },
      ),
    ),
    characteristics: [{ name: 'town', values: rows.map(({ town }) => town) }],
    weight: rows.map(({ copies }) => copies),
  },
  ...changes,
});
const work = { outcome: rows.map((row) => row.work), column: 'work' };

describe('a raw comparison with the wrong sign', () => {
  const found = valueOf(compareMeans(request({ estimand: 'ate' }), work));

  test('raw +⅒/3, level 1; people alike −1/6, level 2, however it is computed', () => {
    expect(found.raw.estimate).toBeCloseTo(130 / 300 - 120 / 300, 12);
    expect(found.raw.level).toBe(1);
    const { headline, weighted, standardised } = valueOf(found.adjusted);
    for (const one of [headline, weighted, standardised]) {
      expect(one.estimate).toBeCloseTo(-1 / 6, 9);
      expect(one.level).toBe(2);
      expect(one.ci.upper!).toBeLessThan(0);
    }
  });

  test('the E-value is that of the ratio ⅓ : ½', () => {
    const { eValue: strength } = valueOf(found.adjusted);
    expect(strength!.riskRatio).toBeCloseTo(2 / 3, 9);
    expect(strength!.estimate).toBeCloseTo(1.5 + Math.sqrt(1.5 * 0.5), 8);
    // The log ratio's error by the delta method, from the cells: weights ½, variances p(1 − p)/n.
    const compared = (5 / 36 / 60 + 1 / 4 / 240) / 4 / (1 / 3) ** 2;
    const reference = (2 / 9 / 240 + 2 / 9 / 60) / 4 / (1 / 2) ** 2;
    // Towns are counted too: ln(⅓ + …) moves by (½ − ⅙)/⅓ for the one and (⅔ − ⅓)/½ for the other, with variance ¼/600.
    const towns = (1 - 2 / 3) ** 2 / 4 / 600;
    const reach = 1.959963984540054 * Math.sqrt(compared + reference + towns);
    const { limit } = eValue({ estimate: 2 / 3, lower: (2 / 3) * Math.exp(-reach), upper: (2 / 3) * Math.exp(reach) });
    expect(strength!.limit).toBeCloseTo(limit!, 7);
  });

  test('any work is not good work, and that is said', () => {
    expect(found.notes.map(({ what }) => what)).toEqual(['job-quality']);
  });
});

describe('what is refused', () => {
  test('different clocks and denominators: no number at all', () => {
    const declared = [declare('asylum', { clock: 'permit', who: 'allowed-to-stay' }), declare('Ukraine')] as const;
    expect(compareMeans(request({ declared }), work)).toMatchObject({
      problem: { what: 'cohorts-counted-differently', words: { differences: 'clock, who' } },
    });
  });

  test('names that are not in the data', () => {
    const declared = [declare('Asyl'), declare('Ukraine')] as const;
    expect(compareMeans(request({ declared }), work)).toMatchObject({ problem: { what: 'cohort-not-declared' } });
  });

  test('nothing held equal: the raw comparison alone', () => {
    const columns = { ...request().columns, characteristics: [] };
    const found = valueOf(compareMeans(request({ columns }), work));
    expect(found.raw.level).toBe(1);
    expect(found.adjusted).toMatchObject({ problem: { what: 'nothing-held-equal' } });
    expect(found.balance).toBeNull();
  });

  test('told apart without exception: the raw comparison, and why there is no other', () => {
    const columns = {
      ...request().columns,
      characteristics: [{ name: 'needs a permit', values: rows.map(({ cohort }) => Number(cohort === 'asylum')) }],
    };
    const found = valueOf(compareMeans(request({ columns }), work));
    expect(found.adjusted).toMatchObject({
      problem: { what: 'groups-too-different', words: { because: 'separation' } },
    });
  });

  test('too uneven weights under a strict plan: balance is shown, the comparison is not', () => {
    const found = valueOf(compareMeans(request({ estimand: 'ate', limits: { leastEffectiveShare: 0.9 } }), work));
    expect(found.adjusted).toMatchObject({
      problem: { what: 'groups-too-different', words: { characteristic: 'town' } },
    });
    expect(found.balance!.characteristics[0]!.after).toBeCloseTo(0, 10);
  });

  test('a column that cannot be used is no result', () => {
    const half = work.outcome.map((y, i) => (i === 2 ? 0.5 : y));
    expect(compareMeans(request(), { ...work, outcome: half, outcomeModel: 'logistic' })).toMatchObject({
      problem: { what: 'outcome-not-usable', words: { column: 'work', row: 3 } },
    });
    const outcome = work.outcome.map((y, i) => (i === 2 ? NaN : y));
    expect(compareMeans(request(), { ...work, outcome })).toMatchObject({
      problem: { what: 'outcome-not-usable', words: { column: 'work', row: 3 } },
    });
  });
});

describe('time until work, with leaving beside it', () => {
  const draw = chance(4);
  const people = Array.from({ length: 800 }, (_, i) => {
    const town = draw.share() < (i % 2 === 0 ? 0.25 : 0.75) ? 1 : 0;
    const rate = (town === 1 ? 0.01 : 0.003) * (i % 2 === 0 ? 1 : 0.6);
    const at = Math.ceil(-Math.log(1 - draw.share()) / (rate + 0.001));
    const cause = draw.share() < rate / (rate + 0.001) ? 1 : 2;
    return { cohort: i % 2 === 0 ? 'asylum' : 'Ukraine', town, time: Math.min(at, 400), cause: at > 400 ? 0 : cause };
  });
  const asked = request({
    columns: {
      cohort: valueOf(
        readGroups(
          people.map(({ cohort }) => cohort),
          { order: ['asylum', 'Ukraine'] },
        ),
      ),
      characteristics: [{ name: 'town', values: people.map(({ town }) => town) }],
    },
  });
  const spells = valueOf(
    readSpells({ time: people.map(({ time }) => time), cause: people.map(({ cause }) => cause) }),
  ) as CohortSpells;

  test('days waiting, in work and gone; the second cohort waits longer among people alike, and less as they are', () => {
    const found = valueOf(compareTimes(asked, { spells, horizon: 365, causes: ['work', 'left'] }));
    const { headline, curves, hazardRatio, eValue: strength } = valueOf(found.adjusted);
    expect(headline.map(({ cause }) => cause)).toEqual(['waiting', 'work', 'left']);
    expect(found.raw[0]!.estimate).toBeLessThan(0);
    expect(headline[0]!.ci.lower!).toBeGreaterThan(0);
    expect(headline[1]!.ci.upper!).toBeLessThan(0);
    expect(curves.map(({ table }) => table.group)).toEqual(['asylum', 'Ukraine']);
    // Town by town the true ratio is 0.6.
    const ratio = valueOf(hazardRatio).hazardRatio;
    expect(ratio.ci.lower!).toBeLessThan(0.6);
    expect(ratio.ci.upper!).toBeGreaterThan(0.6);
    expect(strength!.from).toBe('hazard ratio');
  });

  test('a horizon beyond follow-up is refused', () => {
    expect(compareTimes(asked, { spells, horizon: 500, causes: ['work', 'left'] })).toMatchObject({
      problem: { what: 'horizon-beyond-follow-up' },
    });
  });
});
