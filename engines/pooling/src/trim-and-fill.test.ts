import { describeAgainstR, expectClose, numbers, readColumns, valueOf } from '@meedoen/evidence/testing';
import { describe, expect, test } from 'vitest';
import type { PoolMethod } from './pool.ts';
import { trimAndFill } from './trim-and-fill.ts';

const found = (studies: Parameters<typeof trimAndFill>[0], options: Parameters<typeof trimAndFill>[1]) => {
  const { side, missing, filled } = valueOf(trimAndFill(studies, { errors: 'normal', ...options }));
  return { side, missing, numbers: [filled.estimate, filled.se, filled.tau2] };
};

describe('by hand, fixed effect', () => {
  // Equal errors: the mean is 2. Of 1, 1.5, 2, 2.5, 3 none is without its mirror image.
  test('an even funnel misses nothing', () => {
    const even = valueOf(
      trimAndFill({ effect: [1, 1.5, 2, 2.5, 3], se: [1, 1, 1, 1, 1] }, { method: 'fixed', side: 'left' }),
    );
    expect(even.missing).toBe(0);
    expect(even.filled.estimate).toBeCloseTo(2, 14);
    expect(even.added.effect).toEqual([]);
  });

  test('what is missing on the right is what is missing on the left of the mirror image', () => {
    const studies = { effect: [0.1, 0.3, 0.35, 0.5, 0.9, 1.2, 1.4], se: [0.05, 0.1, 0.12, 0.2, 0.4, 0.5, 0.55] };
    const left = valueOf(trimAndFill(studies));
    const right = valueOf(trimAndFill({ ...studies, effect: studies.effect.map((y) => -y) }));
    expect([left.side, right.side]).toEqual(['left', 'right']);
    expect(right.missing).toBe(left.missing);
    expect(right.filled.estimate).toBeCloseTo(-left.filled.estimate, 12);
  });

  test('two studies are no funnel; equal errors have no side', () => {
    expect(trimAndFill({ effect: [1, 2], se: [1, 1] })).toMatchObject({ problem: { what: 'too-few-studies' } });
    expect(trimAndFill({ effect: [1, 2, 3, 5], se: [1, 1, 1, 1] })).toMatchObject({ ok: false });
  });
});

test('ten small studies: R 4.2.2, metafor 3.8-1, trimfill', () => {
  const studies = {
    effect: [0.1, 0.3, 0.35, 0.5, 0.9, 1.2, 1.4, 0.2, 0.25, 0.8],
    se: [0.05, 0.1, 0.12, 0.2, 0.4, 0.5, 0.55, 0.08, 0.11, 0.35],
  };
  const r: [PoolMethod, number, number[]][] = [
    ['reml', 4, [0.24161462832409, 0.0583107435031182, 0.0130743912161563]],
    ['fixed', 5, [0.180885370442685, 0.0333004713745765, 0]],
    ['dersimonian-laird', 4, [0.253888422801226, 0.0792694733157537, 0.0365871088511929]],
  ];
  for (const [method, missing, values] of r) {
    const ours = found(studies, { method });
    expect([ours.side, ours.missing]).toEqual(['left', missing]);
    // metafor finds the centre of the trimmed funnel by REML to 1e-5 only.
    expectClose(ours.numbers, values, method === 'reml' ? 1e-4 : 1e-7, 'trim and fill');
  }
});

test('eight studies, of which L₀ misses 2 and a rounder rule would miss 1: R 4.2.2, metafor 3.8-1, trimfill', () => {
  const studies = {
    effect: [0.75, 0.63, 0.67, 0.95, 1.6, 1.39, 1.42, 0.76],
    se: [0.41, 0.33, 0.22, 0.3, 0.46, 0.49, 0.47, 0.22],
  };
  const ours = found(studies, { method: 'fixed', side: 'left' });
  expect(ours.missing).toBe(2);
  expectClose(ours.numbers.slice(0, 2), [0.782616353877875, 0.105271557067656], 1e-10, 'trim and fill');
});

describeAgainstR('R 4.2.2, metafor 3.8-1 on bcg: trimfill', () => {
  test.each([
    { method: 'reml', side: 'right', missing: 1, values: [-0.657082783488549, 0.178528380131576, 0.331287633438105] },
    { method: 'reml', side: 'left', missing: 0, values: [-0.714532342158139, 0.179781516105206, 0.313243258136481] },
    { method: 'fixed', side: 'right', missing: 4, values: [-0.291025992106353, 0.038264136604139, 0] },
    {
      method: 'dersimonian-laird',
      side: 'right',
      missing: 1,
      values: [-0.656073212988602, 0.173463402465388, 0.308132153286983],
    },
  ] as const)('$method, $side: $missing', ({ method, side, missing, values }) => {
    const d = readColumns('meta/bcg.csv');
    const studies = { effect: numbers(d['yi']!), se: numbers(d['sei']!) };
    const ours = found(studies, { method, side });
    expect(ours.missing).toBe(missing);
    expectClose(ours.numbers, values, method === 'reml' ? 1e-4 : 1e-7, 'trim and fill, bcg');
    expect(found(studies, { method }).side).toBe('right');
  });
});
