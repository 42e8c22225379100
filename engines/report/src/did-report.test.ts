import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { aggregateEffects, groupTimeEffects, readGroups, readPanel, twoWayWarning } from '@meedoen/evidence';
import { chance } from '@meedoen/numbers';
import { didReport } from './did-report.ts';
import { page } from './page.ts';
import type { Language, Report } from './report.ts';

/** Ten towns, five of which come under a policy in 2021 that adds 2; all grow by 1 a year, more or less. */
function reportOf(language: Language, { headStart = 0 } = {}): Report {
  const rows = Array.from({ length: 10 }, (_, town) =>
    [2018, 2019, 2020, 2021, 2022].map((year) => {
      const under = town < 5;
      const noise = ((town * 7 + year * year) % 5) / 10;
      const ahead = under ? headStart * (year - 2018) : 0;
      return { town, year, work: town + year - 2018 + noise + ahead + (under && year >= 2021 ? 2 : 0), under };
    }),
  ).flat();
  const unit = readGroups(rows.map(({ town }) => town));
  if (!unit.ok) throw new Error(unit.problem.message);
  const panel = readPanel({
    unit: unit.value,
    period: rows.map(({ year }) => year),
    outcome: rows.map(({ work }) => work),
    firstTreated: rows.map(({ under }) => (under ? 2021 : Infinity)),
  });
  if (!panel.ok) throw new Error(panel.problem.message);
  const all = groupTimeEffects(panel.value);
  const twoWay = twoWayWarning(panel.value, chance(1), { draws: 100 });
  if (!all.ok || !twoWay.ok) throw new Error('the example can be answered');
  const sums = aggregateEffects(all.value);
  return didReport(
    {
      sums,
      bands: sums.eventStudy.points.map(({ ci }) => ({
        lower: ci.lower && ci.lower - 1,
        upper: ci.upper && ci.upper + 1,
      })),
      preTest: all.value.preTest,
      twoWay: twoWay.value,
    },
    {
      language,
      event: 'work',
      plan: null,
      provenance: {
        data: 'towns.csv',
        dataHash: 'ab12',
        rows: 50,
        dropped: 0,
        command: 'meedoen evidence did',
        version: '0.1.0',
        plan: null,
      },
    },
  );
}

describe('a policy that adds 2 from 2021 on', () => {
  test('the effect comes first in words, then where the truth could lie, then the trends before', () => {
    const { says } = reportOf('en');
    const [, size] = /^Where the policy came, “work” was on average ([\d.]+) higher than/.exec(says[0]!)!;
    expect(Number(size)).toBeGreaterThan(1.7);
    expect(Number(size)).toBeLessThan(2.3);
    expect(says[1]).toMatch(/^The truth could lie between 1\.\d+ and 2\.\d+ \(95 % interval\)\.$/);
    expect(says.at(-1)).toMatch(
      /^A regression with two-way fixed effects, as many would make, says 2\.?\d*\. .*not to be used\.$/,
    );
  });

  test('trends that part before it are told, and cost a level', () => {
    const { says, trust } = reportOf('en', { headStart: 1 });
    expect(says[2]).toMatch(/^Outcomes moved apart before the policy already \(p < 0\.001\)/);
    expect(trust[0]).toMatch(/^Level of evidence 2 of 5/);
  });

  test('Dutch, with a comma', () => {
    expect(reportOf('nl').says[0]).toMatch(
      /^Waar het beleid kwam, was “work” gemiddeld \d(,\d+)? hoger dan het zonder/,
    );
  });

  test('a mark a time, open before the start; each number of the picture in its table', () => {
    const html = page(reportOf('en'), 'en');
    const { document } = parseHTML(html);
    const rows = [...document.querySelectorAll('figure table tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows.map(([at, when]) => [at, when])).toEqual([
      ['−2', 'before'],
      ['−1', 'before'],
      ['0', 'under the policy'],
      ['1', 'under the policy'],
    ]);
    const marks = [...document.querySelectorAll('figure svg circle')];
    expect(marks.map((mark) => mark.getAttribute('fill') === 'white')).toEqual([true, true, false, false]);
    // A start is a year, not 2,020.
    expect(document.querySelector('section table tbody th')!.textContent).toBe('2021');
    expect(page(reportOf('en'), 'en')).toBe(html);
  });
});
