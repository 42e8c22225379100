import { describe, expect, test } from 'vitest';
import { eValue, eValueOfDifference, eValueOfHazardRatio } from './e-value.ts';

describe('VanderWeele & Ding 2017', () => {
  test('breastfeeding and respiratory death, RR 3.9 (1.8 to 8.7): 7.26, and 3.0 for the limit', () => {
    const { estimate, limit } = eValue({ estimate: 3.9, lower: 1.8, upper: 8.7 });
    expect(estimate).toBeCloseTo(7.26, 2);
    expect(limit).toBeCloseTo(3.0, 2);
  });

  test('a protective ratio is turned round: 0.80 (0.71 to 0.91) gives 1.81 and 1.43', () => {
    const { estimate, limit } = eValue({ estimate: 0.8, lower: 0.71, upper: 0.91 });
    expect(estimate).toBeCloseTo(1.81, 2);
    expect(limit).toBeCloseTo(1.43, 2);
  });

  test('an interval that holds 1 needs nothing', () => {
    expect(eValue({ estimate: 1.4, lower: 0.9, upper: 2 }).limit).toBe(1);
    expect(eValue({ estimate: 0.7, lower: 0.4, upper: 1.1 }).limit).toBe(1);
    expect(eValue({ estimate: 1, lower: 0.9, upper: 1.1 }).estimate).toBe(1);
  });
});

describe('by the conversions they advise', () => {
  test('a difference of −0.42 standard deviations with error 0.14: e^(0.91·0.42) = 1.47', () => {
    const found = eValueOfDifference(-4.2, 1.4, 10)!;
    expect(found.riskRatio).toBeCloseTo(Math.exp(-0.3822), 12);
    expect(found.estimate).toBeCloseTo(Math.exp(0.3822) + Math.sqrt(Math.exp(0.3822) * (Math.exp(0.3822) - 1)), 12);
    const nearest = Math.exp(0.3822 - 1.78 * 0.14);
    expect(found.limit).toBeCloseTo(nearest + Math.sqrt(nearest * (nearest - 1)), 12);
    expect(eValueOfDifference(1, 1, 0)).toBeNull();
    expect(eValueOfDifference(1, null, 2)!.limit).toBeNull();
  });

  test('a hazard ratio of 4: as it is when rare, (1 − ¼)/(1 − ½^½) when common', () => {
    expect(eValueOfHazardRatio({ estimate: 4, lower: 2, upper: 8 }, { rare: true }).riskRatio).toBe(4);
    const common = eValueOfHazardRatio({ estimate: 4, lower: 2, upper: 8 }, { rare: false });
    expect(common.riskRatio).toBeCloseTo(0.75 / (1 - Math.SQRT1_2), 12);
  });

  test('what is not a ratio is not answered', () => {
    expect(() => eValue({ estimate: 0, lower: null, upper: null })).toThrow(RangeError);
  });
});
