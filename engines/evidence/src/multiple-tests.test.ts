import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctForManyTests } from './multiple-tests.ts';
import { describeAgainstR, expectClose, readJson, valueOf } from '../test/reference.ts';

describeAgainstR('R stats 4.2.2: p.adjust', () => {
  const r = readJson('adaptive/multiplicity-power.json');
  test.each([
    ['benjamini-hochberg', 'bh'],
    ['benjamini-yekutieli', 'by'],
    ['holm', 'holm'],
  ] as const)('%s', (method, name) => {
    expectClose([...valueOf(correctForManyTests(r.p, method)).p], r[name], 1e-12, name);
  });
});

test('three tests by hand: .01, .04 and .03', () => {
  const p = [0.01, 0.04, 0.03];
  expect([...valueOf(correctForManyTests(p, 'bonferroni')).p]).toEqual([0.03, 0.12, 0.09]);
  expect([...valueOf(correctForManyTests(p, 'holm')).p]).toEqual([0.03, 0.06, 0.06]);
  expect([...valueOf(correctForManyTests(p)).p]).toEqual([0.03, 0.04, 0.04]);
});

// Red when the cumulative minimum is left out: .03 and .04 of the example above change places.
test('a correction never makes a test look surer, and keeps their order', () => {
  const methods = ['benjamini-hochberg', 'benjamini-yekutieli', 'holm', 'bonferroni'] as const;
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (p) => {
      for (const method of methods) {
        const corrected = valueOf(correctForManyTests(p, method)).p;
        p.forEach((a, i) => {
          expect(corrected[i]).toBeGreaterThanOrEqual(a);
          p.forEach((b, j) => a < b && expect(corrected[i]).toBeLessThanOrEqual(corrected[j]!));
        });
      }
    }),
    { numRuns: 50 },
  );
});

test('refused: no tests, and a p that is no share', () => {
  expect(correctForManyTests([])).toMatchObject({ ok: false, problem: { what: 'no-tests' } });
  expect(correctForManyTests([0.1, NaN])).toMatchObject({ problem: { what: 'p-not-usable', words: { row: 2 } } });
});
