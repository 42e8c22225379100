import { describe, expect, test } from 'vitest';
import {
  complete,
  describeAgainstR,
  expectClose,
  numbers,
  readColumns,
  readJson,
  valueOf,
  type Json,
} from '../test/reference.ts';
import { readGroups } from './groups.ts';
import { logRank } from './log-rank.ts';
import { readSpells } from './spells.ts';

describe('by hand', () => {
  // a: events on days 1 and 3; b: event on day 2, censored on day 4.
  const spells = valueOf(readSpells({ time: [1, 3, 2, 4], cause: [1, 1, 1, 0] }));
  const groups = valueOf(readGroups(['a', 'a', 'b', 'b']));

  test('expected in a: 2/4 + 1/3 + 1/2; variance: 1/4 + 2/9 + 1/4', () => {
    const result = valueOf(logRank(spells, { groups }));
    expect(result.groups[0]).toEqual({ group: 'a', n: 2, observed: 2, expected: expect.closeTo(4 / 3, 14) });
    expect(result.variance.values[0]).toBeCloseTo(13 / 18, 14);
    expect(result.chiSquared).toBeCloseTo((2 - 4 / 3) ** 2 / (13 / 18), 14);
  });

  test('one group, no events, groups that never meet: refused with what to do', () => {
    const ask = (time: number[], cause: number[], names: string[], entry?: number[]): string => {
      const answer = logRank(valueOf(readSpells(entry ? { time, cause, entry } : { time, cause })), {
        groups: valueOf(readGroups(names)),
      });
      return answer.ok ? 'answered' : answer.problem.what;
    };
    expect(ask([1, 2], [1, 1], ['a', 'a'])).toBe('two-groups-needed');
    expect(ask([1, 2], [0, 0], ['a', 'b'])).toBe('no-events');
    expect(ask([1, 2, 5, 6], [1, 1, 1, 1], ['a', 'a', 'b', 'b'], [0, 0, 3, 3])).toBe('groups-never-at-risk-together');
    expect(ask([1, 2, 3], [0, 0, 1], ['a', 'a', 'b'])).toBe('one-group-at-risk');
  });
});

describeAgainstR('R survival 3.5-3: survdiff', () => {
  function compare(file: string, r: Json): void {
    const [, group, stratum] = /~ (\w+)(?: \+ strata\((\w+)\))?/.exec(r.formula)!;
    const d = complete(readColumns(file), stratum ? [group!, stratum] : [group!]);
    const column = (name: string): (number | string)[] => (name === 'celltype' ? d[name]! : numbers(d[name]!));
    const order = group === 'celltype' ? { order: ['squamous', 'smallcell', 'adeno', 'large'] } : {};
    const groups = valueOf(readGroups(column(group!), order));
    const strata = stratum ? { strata: valueOf(readGroups(column(stratum))) } : {};
    const spells = valueOf(readSpells({ time: numbers(d['time']!), cause: numbers(d['event']!) }));
    const found = valueOf(logRank(spells, { groups, ...strata, rho: r.rho }));
    const sum = (cells: number | number[]): number =>
      typeof cells === 'number' ? cells : cells.reduce((a, b) => a + b, 0);
    const name = `log-rank ${r.formula} ρ=${r.rho}`;
    expectClose(found.chiSquared, r.chisq, 1e-10, name);
    expectClose(found.p, r.p, 1e-10, name);
    expect(found.degrees).toBe(r.df);
    expectClose(
      found.groups.map((g) => g.observed),
      r.observed.map(sum),
      1e-10,
      name,
    );
    expectClose(
      found.groups.map((g) => g.expected),
      r.expected.map(sum),
      1e-10,
      name,
    );
    expectClose([...found.variance.values], r.variance.flat(), 1e-10, name);
  }

  test('lung: by sex (also ρ = 1, within ph_ecog, within institution) and by ph_ecog', () => {
    for (const r of readJson('survival/lung.km-sex.json').logrank) compare('survival/lung.csv', r);
  });
  test('veteran: by treatment (also within cell type) and by cell type (also ρ = 1)', () => {
    for (const r of readJson('survival/veteran.km.json').logrank) compare('survival/veteran.csv', r);
  });
});
