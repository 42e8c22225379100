import { describe, expect, test } from 'vitest';
import { cents, centsToEuros, eurosToCents } from './euros.ts';

describe('money', () => {
  test.each([
    { euros: '244.22', amount: 24422, back: '244.22' },
    { euros: '5942', amount: 594200, back: '5942.00' },
    { euros: '-0.5', amount: -50, back: '-0.50' },
  ])('€ $euros', ({ euros, amount, back }) => {
    expect(eurosToCents(euros)).toBe(amount);
    expect(centsToEuros(cents(amount))).toBe(back);
  });

  test('thousandths and fractions of cents are our mistake', () => {
    expect(() => eurosToCents('0.123')).toThrow(RangeError);
    expect(() => cents(0.5)).toThrow(RangeError);
  });
});
