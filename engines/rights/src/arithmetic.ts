// The operations on numbers. Whole numbers have 64 bits; what is not whole is an exact decimal of at most 28 digits.
import {
  addDecimals,
  ceilDecimal,
  DecimalOverflow,
  divideDecimals,
  floorDecimal,
  isWhole,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
  type Decimal,
} from '@meedoen/units';
import { LawError } from './law-error.ts';
import { compareNumbers, isList, isNumeric, kindOf, toDecimal, type Numeric, type Value } from './value.ts';

const largest = 2n ** 63n - 1n;

/** ADD: the first operand sets the mode. Numbers sum, texts join, lists join. */
export function add(values: readonly Value[]): Value {
  const first = values[0] ?? null;
  if (typeof first === 'string') return values.map((value) => textOf(value)).join('');
  if (isList(first)) return values.flatMap((value) => listOf(value));
  return fold(values, (a, b) => a + b, addDecimals);
}

export function subtract(values: readonly Value[]): Value {
  return fold(values, (a, b) => a - b, subtractDecimals);
}

export function multiply(values: readonly Value[]): Value {
  return fold(values, (a, b) => a * b, multiplyDecimals);
}

/** DIVIDE: the first by the rest in turn; always a decimal. */
export function divide(values: readonly Value[]): Value {
  return numbersOf(values)
    .map(toDecimal)
    .reduce((quotient, divisor) => {
      if (divisor.coefficient === 0n) throw new LawError('DivisionByZero', 'Division by zero');
      return within28Digits(() => divideDecimals(quotient, divisor));
    });
}

export function least(values: readonly Value[]): Value {
  return numbersOf(values).reduce((a, b) => (compareNumbers(b, a) < 0 ? b : a));
}

export function greatest(values: readonly Value[]): Value {
  return numbersOf(values).reduce((a, b) => (compareNumbers(b, a) > 0 ? b : a));
}

/** ROUND (halves away from zero), CEIL (toward +∞) or FLOOR (toward −∞) to so many decimals; a whole result is an integer. */
export function roundTo(how: 'ROUND' | 'CEIL' | 'FLOOR', value: Value, precision: number): Value {
  const cut = { ROUND: roundDecimal, CEIL: ceilDecimal, FLOOR: floorDecimal }[how];
  const result = within28Digits(() => cut(toDecimal(numberOf(value)), precision));
  return isWhole(result) ? integer(result.coefficient) : result;
}

/** The number in `value`; anything else is a type error. */
export function numberOf(value: Value): Numeric {
  if (!isNumeric(value)) throw new LawError('TypeMismatch', `Type mismatch: expected number, actual ${kindOf(value)}`);
  return value;
}

function numbersOf(values: readonly Value[]): readonly Numeric[] {
  return values.map(numberOf);
}

function fold(
  values: readonly Value[],
  whole: (a: bigint, b: bigint) => bigint,
  exact: (a: Decimal, b: Decimal) => Decimal,
): Numeric {
  return numbersOf(values).reduce((a, b) => {
    if (typeof a === 'bigint' && typeof b === 'bigint') return integer(whole(a, b));
    return within28Digits(() => exact(toDecimal(a), toDecimal(b)));
  });
}

function integer(value: bigint): bigint {
  if (value > largest || value < -largest - 1n) {
    throw new LawError('ArithmeticOverflow', 'Arithmetic overflow: the whole number needs more than 64 bits');
  }
  return value;
}

function within28Digits<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof DecimalOverflow)) throw error;
    throw new LawError('ArithmeticOverflow', 'Arithmetic overflow: the number needs more than 28 digits');
  }
}

function textOf(value: Value): string {
  if (typeof value !== 'string')
    throw new LawError('TypeMismatch', `Type mismatch: expected string, actual ${kindOf(value)}`);
  return value;
}

function listOf(value: Value): readonly Value[] {
  if (!isList(value)) throw new LawError('TypeMismatch', `Type mismatch: expected array, actual ${kindOf(value)}`);
  return value;
}
