import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  ceilDecimal,
  compareDecimals,
  decimal,
  divideDecimals,
  floorDecimal,
  formatDecimal,
  isWhole,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  subtractDecimals,
  type Decimal,
} from './decimal.ts';

const of = (text: string): Decimal => parseDecimal(text) ?? decimal(0n);
const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([coefficient, scale]) => decimal(coefficient, scale));

describe('exact, where binary numbers are not', () => {
  test.each([
    { story: 'a tenth and two tenths', found: addDecimals(of('0.1'), of('0.2')), is: '0.3' },
    { story: 'a difference', found: subtractDecimals(of('1'), of('0.9')), is: '0.1' },
    { story: 'a product', found: multiplyDecimals(of('1.1'), of('1.1')), is: '1.21' },
    { story: 'a quarter', found: divideDecimals(of('1'), of('4')), is: '0.25' },
    {
      story: 'two thirds, to 28 digits',
      found: divideDecimals(of('2'), of('3')),
      is: '0.6666666666666666666666666667',
    },
    { story: 'minus two thirds', found: divideDecimals(of('-2'), of('3')), is: '-0.6666666666666666666666666667' },
    { story: 'large by small', found: divideDecimals(of('1e20'), of('3')), is: '33333333333333333333.33333333' },
  ])('$story: $is', ({ found, is }) => {
    expect(formatDecimal(found)).toBe(is);
  });

  test('sums and products of hundredths are those of whole cents', () => {
    const cents = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(addDecimals(decimal(a, 2), decimal(b, 2))).toEqual(decimal(a + b, 2));
        expect(multiplyDecimals(decimal(a, 2), decimal(b, 2))).toEqual(decimal(a * b, 4));
        expect(compareDecimals(decimal(a, 2), decimal(b, 2))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  test('dividing undoes multiplying', () => {
    fc.assert(
      fc.property(
        anyDecimal,
        anyDecimal.filter(({ coefficient }) => coefficient !== 0n),
        (a, b) => {
          expect(divideDecimals(multiplyDecimals(a, b), b)).toEqual(a);
        },
      ),
    );
  });
});

describe('rounding', () => {
  test.each([
    { text: '2.5', precision: 0, round: '3', ceil: '3', floor: '2' },
    { text: '-2.5', precision: 0, round: '-3', ceil: '-2', floor: '-3' },
    { text: '1.005', precision: 2, round: '1.01', ceil: '1.01', floor: '1' },
    { text: '12350', precision: -2, round: '12400', ceil: '12400', floor: '12300' },
    { text: '-12350', precision: -2, round: '-12400', ceil: '-12300', floor: '-12400' },
    { text: '7', precision: 3, round: '7', ceil: '7', floor: '7' },
  ])('$text to $precision', ({ text, precision, round, ceil, floor }) => {
    expect(formatDecimal(roundDecimal(of(text), precision))).toBe(round);
    expect(formatDecimal(ceilDecimal(of(text), precision))).toBe(ceil);
    expect(formatDecimal(floorDecimal(of(text), precision))).toBe(floor);
  });

  test('floor ≤ round ≤ ceil, less than one unit apart', () => {
    fc.assert(
      fc.property(anyDecimal, fc.integer({ min: -4, max: 4 }), (value, precision) => {
        const [low, middle, high] = [
          floorDecimal(value, precision),
          roundDecimal(value, precision),
          ceilDecimal(value, precision),
        ];
        expect(compareDecimals(low, value)).toBeLessThanOrEqual(0);
        expect(compareDecimals(high, value)).toBeGreaterThanOrEqual(0);
        expect([formatDecimal(low), formatDecimal(high)]).toContain(formatDecimal(middle));
      }),
    );
  });
});

describe('limits', () => {
  test('28 digits fit, 29 do not', () => {
    expect(formatDecimal(of('9999999999999999999999999999'))).toBe('9999999999999999999999999999');
    expect(() => addDecimals(of('9999999999999999999999999999'), of('1'))).toThrow('28 digits');
    expect(() => of('1e28')).toThrow('28 digits');
    expect(formatDecimal(of('1e-30'))).toBe('0');
  });

  test('dividing by zero is our mistake', () => {
    expect(() => divideDecimals(of('1'), of('0'))).toThrow('Division by zero');
  });

  test.each(['', '1,5', 'ten', '1e', '.5', '--1', '1_000'])('%j is not a number', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  test('a number has one form', () => {
    expect(of('1.50')).toEqual(of('1.5'));
    expect(isWhole(of('2.0'))).toBe(true);
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expect(of(formatDecimal(value))).toEqual(value);
      }),
    );
  });
});
