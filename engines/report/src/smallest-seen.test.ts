import { describe, expect, test } from 'vitest';
import { detectable, detectableRatio, fitCox, readSpells } from '@meedoen/evidence';
import { pool } from '@meedoen/pooling';
import { coxReport } from './cox-report.ts';
import { poolReport } from './pool-report.ts';
import { saySmallest, saySmallestRatio } from './smallest-seen.ts';
import { wordsOf } from './words.ts';

const interval = (estimate: number) => {
  const ci = { lower: estimate - 1.96 * 2, upper: estimate + 1.96 * 2, confidence: 0.95 };
  return { se: 2, ci, smallestDetectable: detectable({ se: 2, ci }) };
};

describe('beside an interval that holds 0', () => {
  // By hand: (1.96 + 0.8416)·2 = 5.603.
  test('the smallest effect that would have been seen, with how often', () => {
    expect(saySmallest(wordsOf('en'), interval(1))).toEqual([
      'No effect is possible too. An effect of 5.6 or more, up or down, would probably have been seen (80 of 100 times); a smaller one may be there.',
    ]);
    expect(saySmallest(wordsOf('nl'), interval(1))[0]).toContain('Een effect van 5,6 of meer, omhoog of omlaag,');
  });

  test('nothing, where an effect was seen or no error is known', () => {
    expect(saySmallest(wordsOf('en'), interval(4))).toEqual([]);
    const unknown = { se: null, ci: { lower: null, upper: null, confidence: 0.95 }, smallestDetectable: null };
    expect(saySmallest(wordsOf('en'), unknown)).toEqual([]);
  });

  test('a ratio, on either side of 1', () => {
    const ci = { lower: -0.196, upper: 0.196, confidence: 0.95 };
    const said = saySmallestRatio(wordsOf('en'), 'age', detectableRatio({ se: 0.1, ci })!);
    expect(said).toMatch(
      /^age: no difference is possible too\. 1\.32 times as often or more, or 0\.756 times or less,/,
    );
  });
});

const context = {
  language: 'en',
  unit: 'days',
  event: 'work',
  plan: null,
  provenance: { data: 'a.csv', dataHash: null, rows: 8, dropped: 0, command: 'meedoen', version: '0.1.0', plan: null },
} as const;

test('two studies that disagree: the page of pooled studies says so', () => {
  const studies = { effect: [-1, 1], se: [0.5, 0.5] };
  const pooled = pool(studies);
  if (!pooled.ok) throw new Error(pooled.problem.message);
  const { says } = poolReport(pooled.value, { ...studies, names: ['a', 'b'] }, context);
  expect(says[1]).toMatch(/^No effect is possible too\. An effect of \d/);
});

test('of two characteristics in a Cox model only the one that shows nothing', () => {
  const spells = readSpells({ time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], cause: Array<number>(12).fill(1) });
  if (!spells.ok) throw new Error(spells.problem.message);
  const model = fitCox(spells.value, {
    covariates: [
      { name: 'early', values: [3, 2, 3, 2, 2, 3, 1, 2, 1, 0, 1, 0] },
      { name: 'noise', values: [0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0] },
    ],
  });
  if (!model.ok) throw new Error(model.problem.message);
  const { says } = coxReport(model.value, { global: null, terms: [] } as never, context);
  expect(says.filter((one) => one.includes('is possible too')).map((one) => one.slice(0, 6))).toEqual(['noise:']);
});
