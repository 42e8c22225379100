import { chance } from '@meedoen/numbers';
import { describe, expect, test } from 'vitest';
import { valueOf } from '../test/reference.ts';
import { readCutoffData } from './cutoff-data.ts';
import { regressionDiscontinuity, type DiscontinuityOptions } from './discontinuity.ts';
import { fuzzyDiscontinuity } from './fuzzy-discontinuity.ts';
import { readGroups } from './groups.ts';

const size = 3000;
const draw = chance(3);
const running = Array.from({ length: size }, () => 2 * draw.share() - 1);
const keen = running.map(() => draw.normal());
/** A lesson that a fifth get below the cutoff and two thirds above; the keen get it sooner, and do better anyway. */
const received = running.map((x, i) => (keen[i]! < (x < 0 ? -0.84 : 0.43) ? 1 : 0));
const outcome = running.map((x, i) => 1 + x + 3 * received[i]! - keen[i]! + 0.5 * draw.normal());
const z = running.map(() => draw.normal());
const clusters = valueOf(readGroups(running.map((_, i) => i % 40)));
const data = valueOf(readCutoffData({ running, outcome }));

describe('by the formula', () => {
  const cases: { story: string; options?: DiscontinuityOptions; data?: typeof data }[] = [
    { story: 'as it stands' },
    { story: 'another kernel, residuals of the fits', options: { kernel: 'uniform', residuals: 'hc1' } },
    { story: 'bandwidths that differ by side', options: { rule: 'certwo' } },
    {
      story: 'covariates',
      data: valueOf(readCutoffData({ running, outcome, covariates: [{ name: 'z', values: z }] })),
    },
    { story: 'clusters', data: valueOf(readCutoffData({ running, outcome, clusters })) },
  ];

  // Red when the error of the first stage, or its bias, is left out.
  test.each(cases)('$story: ratio, bias and delta method', ({ options = {}, data: of = data }) => {
    const fuzzy = valueOf(fuzzyDiscontinuity(of, received, options));
    const { outcome: y, received: d, estimate } = fuzzy;
    expect(y).toEqual(valueOf(regressionDiscontinuity(of, options)));
    expect(d.bandwidths).toEqual(y.bandwidths);
    expect(estimate).toBeCloseTo(y.estimate / d.estimate, 12);
    const corrected = estimate + (y.robust.estimate - estimate * d.robust.estimate) / d.estimate;
    expect(fuzzy.robust.estimate).toBeCloseTo(corrected, 10);
    const sums = new Map<number, number>();
    y.influence.forEach((psi, i) => {
      const moved = (psi - estimate * d.influence[i]!) / d.estimate;
      const unit = of.clusterCount > 0 ? clusters.codes[i]! + (running[i]! < 0 ? 0 : 100) : i;
      sums.set(unit, (sums.get(unit) ?? 0) + moved);
    });
    const variance = [...sums.values()].reduce((total, moved) => total + moved * moved, 0);
    expect(fuzzy.se).toBeCloseTo(Math.sqrt(variance), 10);
    expect(fuzzy.ci.lower).toBeCloseTo(corrected - 1.959963984540054 * fuzzy.se, 10);
  });

  test('who receives nothing below and everything above: the sharp comparison itself', () => {
    const sharp = valueOf(regressionDiscontinuity(data));
    const fuzzy = valueOf(
      fuzzyDiscontinuity(
        data,
        running.map((x) => (x < 0 ? 0 : 1)),
      ),
    );
    expect(fuzzy.firstStage).toBe(Infinity);
    expect(fuzzy.estimate).toBeCloseTo(sharp.estimate, 12);
    expect(fuzzy.se).toBeCloseTo(sharp.se, 12);
    expect(fuzzy.robust.estimate).toBeCloseTo(sharp.robust.estimate, 12);
  });

  test('an outcome that is nothing but three times what was received: 3, without error', () => {
    const three = valueOf(readCutoffData({ running, outcome: received.map((d) => 3 * d) }));
    const fuzzy = valueOf(fuzzyDiscontinuity(three, received));
    expect(fuzzy.estimate).toBeCloseTo(3, 12);
    expect(fuzzy.se).toBeCloseTo(0, 10);
  });

  test('refusing instead of receiving turns the sign', () => {
    const fuzzy = valueOf(fuzzyDiscontinuity(data, received));
    const turned = valueOf(
      fuzzyDiscontinuity(
        data,
        received.map((d) => 1 - d),
      ),
    );
    expect(turned.estimate).toBeCloseTo(-fuzzy.estimate, 10);
    expect(turned.se).toBeCloseTo(fuzzy.se, 10);
  });
});

describe('refused', () => {
  test.each([
    { story: 'a first stage that is chance', of: running.map(() => draw.whole(2)), what: 'first-stage-weak' },
    { story: 'nobody received it', of: running.map(() => 0), what: 'first-stage-weak' },
    { story: 'per cent', of: received.map((d) => 100 * d), what: 'received-not-usable' },
    { story: 'an empty cell', of: received.map((d, i) => (i === 7 ? NaN : d)), what: 'received-not-usable' },
    { story: 'a row too few', of: received.slice(1), what: 'columns-differ-in-length' },
  ])('$story', ({ of, what }) => {
    expect(fuzzyDiscontinuity(data, of)).toMatchObject({ ok: false, problem: { what } });
  });
});
