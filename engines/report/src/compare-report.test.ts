import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { compareMeans, readGroups, type CohortDeclaration } from '@meedoen/evidence';
import { compareReport } from './compare-report.ts';
import { page } from './page.ts';
import type { Language, Report } from './report.ts';

function declared(name: string): CohortDeclaration {
  return {
    name,
    clock: 'arrival',
    who: 'everyone-who-asked',
    ages: { from: 18, to: 64 },
    leavers: 'counted',
    outcome: { kind: 'any-work', definition: 'a job after a year', selfEmployed: 'left-out' },
  };
}

/** 200 people in each: in “late” more are young, and the young have more work. At each age “late” has 10 points less. */
function reportOf(language: Language, youngInNew = 120, youngInOld = 80): Report {
  const cell = (cohort: string, age: number, people: number, share: number) =>
    Array.from({ length: people }, (_, at) => ({ cohort, age, work: at < Math.round(people * share) ? 1 : 0 }));
  const rows = [
    ...cell('early', 20, youngInOld, 0.7),
    ...cell('early', 50, 200 - youngInOld, 0.3),
    ...cell('late', 20, youngInNew, 0.6),
    ...cell('late', 50, 200 - youngInNew, 0.2),
  ];
  const cohort = readGroups(rows.map((row) => row.cohort));
  if (!cohort.ok) throw new Error(cohort.problem.message);
  const found = compareMeans(
    {
      declared: [declared('early'), declared('late')],
      columns: {
        cohort: cohort.value,
        characteristics: [{ name: 'age', values: Float64Array.from(rows, ({ age }) => age) }],
      },
    },
    { outcome: rows.map(({ work }) => work) },
  );
  if (!found.ok) throw new Error(found.problem.message);
  return compareReport(found.value, {
    language,
    event: 'work',
    plan: null,
    provenance: {
      data: 'cohorts.csv',
      dataHash: null,
      rows: rows.length,
      dropped: 0,
      command: 'meedoen evidence compare',
      version: '0.1.0',
      plan: null,
    },
  });
}

describe('two cohorts of other ages', () => {
  test('people alike first, and the raw difference as what it is', () => {
    // By hand: 10 points less at both ages; as they are 88 − 92 of 200, 2 points less.
    expect(reportOf('en').says).toEqual([
      'Among people alike, “work” was on average 0.1 lower in “late” than in “early”.',
      expect.stringMatching(/^The truth could lie between −0\.1\d+ and −0\.0\d+ \(95 % interval\)\.$/) as string,
      'As they are, “work” differs by −0.02 (“late” minus “early”). That is no effect: the people differ too.',
    ]);
    expect(reportOf('nl').says[0]).toBe(
      'Onder gelijke mensen was “work” gemiddeld 0,1 lager bij “late” dan bij “early”.',
    );
  });

  test('the love plot: one open and one filled mark a characteristic, with its numbers', () => {
    const { document } = parseHTML(page(reportOf('en'), 'en'));
    const marks = [...document.querySelectorAll('figure svg circle')];
    expect(marks).toHaveLength(2);
    // Open 0.4 to the left; filled where they are alike.
    const [open, filled] = marks.map((mark) => Number(mark.getAttribute('cx')));
    expect(open).toBeLessThan(filled! - 50);
    const [name, before, after] = [...document.querySelectorAll('figure table tbody tr:first-child > *')].map(
      (cell) => cell.textContent!,
    );
    expect(name).toBe('age');
    // By hand: means 38 and 32, s² = 900·0.24·200/199 in both; −6/14.73.
    expect(before).toBe('−0.407');
    expect(Math.abs(Number(after!.replace('−', '-')))).toBeLessThan(1e-6);
  });

  test('nobody alike: the page says that they are not compared, why, and no effect', () => {
    const { says, figures, trust, tables } = reportOf('en', 200, 0);
    expect(says[0]).toBe('“late” and “early” are not compared: people alike cannot be made from these data.');
    expect(says[1]).toMatch(/age/);
    expect(says.join(' ')).not.toMatch(/Among people alike/);
    expect(figures).toEqual([]);
    expect(tables[0]!.rows).toHaveLength(1);
    expect(trust[0]).toMatch(/^Level of evidence 1 of 5/);
  });
});
