import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import {
  kaplanMeier,
  logRank,
  readGroups,
  readSpells,
  restrictedMeanDifference,
  restrictedMeans,
} from '@meedoen/evidence';
import { page } from './page.ts';
import type { Language, Report } from './report.ts';
import { survivalReport } from './survival-report.ts';

/** The eight people of the worked example in `evidence`, in lessons on the work floor or in a class. */
function reportOf(language: Language, names: readonly string[], column?: string): Report {
  const spells = readSpells({ time: [30, 60, 90, 180, 45, 120, 240, 365], cause: [1, 1, 1, 1, 1, 0, 1, 0] });
  const groups = readGroups([0, 0, 0, 0, 1, 1, 1, 1].map((at) => names[at]!));
  if (!spells.ok || !groups.ok) throw new Error('the example is readable');
  const asked = { groups: groups.value, horizon: 180 };
  const means = restrictedMeans(spells.value, asked);
  const difference = restrictedMeanDifference(spells.value, asked);
  const test = logRank(spells.value, asked);
  if (!means.ok || !difference.ok || !test.ok) throw new Error('the example can be answered');
  return survivalReport(
    { curves: kaplanMeier(spells.value, asked), means: means.value, difference: difference.value, logRank: test.value },
    {
      language,
      unit: 'days',
      event: language === 'nl' ? 'betaald werk' : 'paid work',
      plan: null,
      provenance: {
        data: 'lessons.csv',
        dataHash: 'ab12',
        rows: 8,
        dropped: 0,
        command: 'meedoen evidence survival',
        version: '0.1.0',
        plan: null,
      },
    },
    column,
  );
}

describe('lessons on the work floor beside a class', () => {
  // Work floor 30, 60, 90, 180: mean 90 days. Class: 45 + 135·¾ = 146.25. Difference 56.25.
  test('the difference in days comes first, then where the truth could lie', () => {
    const { says } = reportOf('en', ['class', 'floor'].toReversed());
    expect(says[0]).toBe(
      'In the first 180 days, people of “floor” were on average 56.3 days shorter without paid work than people of “class”.',
    );
    expect(says[1]).toMatch(
      /^The truth could lie between \d+ days shorter and [\d.]+ days longer \(95 % interval\)\.$/,
    );
    expect(says).toContain('For half of “floor”, paid work had come after 75 days.');
  });

  test('the same in Dutch, with a comma', () => {
    expect(reportOf('nl', ['floor', 'class']).says[0]).toBe(
      'In de eerste 180 dagen waren mensen van “floor” gemiddeld 56,3 dagen korter zonder betaald werk dan mensen van “class”.',
    );
  });

  test('without a plan it calls itself an exploration; a raw comparison is level 1', () => {
    expect(reportOf('en', ['floor', 'class']).trust).toEqual([
      'Level of evidence 1 of 5: a comparison as things are. The groups may differ in more than their name.',
      'No plan was given: read this as an exploration, which finds ideas and does not test them.',
    ]);
  });

  test('a group that is called 1 gets its column in front', () => {
    const { figures, tables } = reportOf('en', ['1', '2'], 'lesson');
    expect(figures[0]!.svg).toContain('lesson 2');
    expect(tables[0]!.rows.map(([name]) => name)).toEqual(['lesson 1', 'lesson 2', 'lesson 2 − lesson 1']);
  });
});

describe('the page', () => {
  const html = page(reportOf('en', ['floor', '<script>alert(1)</script>']), 'en');
  const { document } = parseHTML(html);

  test('is whole by itself: no script, no address, nothing to fetch', () => {
    expect(document.querySelectorAll('script, link, img, iframe')).toHaveLength(0);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/);
  });

  test('every picture has a name that is read aloud, and its numbers as a table', () => {
    const figures = [...document.querySelectorAll('figure')];
    expect(figures).toHaveLength(2);
    for (const figure of figures) {
      const svg = figure.querySelector('svg')!;
      expect(svg.getAttribute('role')).toBe('img');
      expect(svg.getAttribute('aria-label')).toBe(figure.querySelector('figcaption')!.textContent);
      expect(figure.querySelectorAll('details table tbody tr').length).toBeGreaterThan(3);
    }
  });

  test('twenty dots are twenty dots', () => {
    expect(document.querySelectorAll('figure:nth-of-type(2) svg circle')).toHaveLength(20);
  });

  test('a group called <script> stays a name', () => {
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('the same result gives the same bytes', () => {
    expect(page(reportOf('en', ['floor', '<script>alert(1)</script>']), 'en')).toBe(html);
  });
});
