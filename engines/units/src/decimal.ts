/**
 * An exact decimal number: coefficient × 10^−scale, at most 28 digits.
 * Kept in lowest terms (no trailing zero behind the point), so equal numbers are equal objects by value.
 * Literature: M. Cowlishaw, General Decimal Arithmetic Specification; the limit is that of RegelRecht (96 bits, 28 digits).
 */
export type Decimal = { readonly coefficient: bigint; readonly scale: number };

const mostDigits = 28;
const bound = 10n ** BigInt(mostDigits);

/** Thrown where a result no longer fits in 28 digits. */
export class DecimalOverflow extends RangeError {
  override readonly name: string = 'DecimalOverflow';
}

/** The decimal `coefficient × 10^−scale`. Digits beyond the 28th are rounded off behind the point, and overflow before it. */
export function decimal(coefficient: bigint, scale = 0): Decimal {
  let digits = coefficient;
  let places = scale;
  if (places < 0) {
    if (digits !== 0n && -places > mostDigits) throw overflow();
    digits *= 10n ** BigInt(digits === 0n ? 0 : -places);
    places = 0;
  }
  // Most numbers end early: take zeros off before looking at the size.
  while (places > 0 && digits % 10n === 0n) {
    digits /= 10n;
    places -= 1;
  }
  if (places > mostDigits || digits >= bound || digits <= -bound) {
    const excess = Math.max(places - mostDigits, String(digits < 0n ? -digits : digits).length - mostDigits);
    if (excess > places) throw overflow();
    return decimal(divideHalfAway(digits, 10n ** BigInt(excess)), places - excess);
  }
  return { coefficient: digits, scale: places };
}

/** Reads a number as people and YAML write it (`12`, `-0.25`, `1.5e3`); anything else is null. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^([-+]?)(\d{1,60})(?:\.(\d{0,60}))?(?:[eE]([-+]?\d{1,3}))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const size = BigInt(whole + fraction);
  return decimal(sign === '-' ? -size : size, fraction.length - Number(exponent));
}

/** Is this a whole number? */
export function isWhole(value: Decimal): boolean {
  return value.scale === 0;
}

/** The number without exponent: `0.25`. */
export function formatDecimal({ coefficient, scale }: Decimal): string {
  const sign = coefficient < 0n ? '-' : '';
  const digits = String(coefficient < 0n ? -coefficient : coefficient).padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return decimal(atScale(a, scale) + atScale(b, scale), scale);
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { coefficient: -b.coefficient, scale: b.scale });
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return decimal(a.coefficient * b.coefficient, a.scale + b.scale);
}

/** The quotient to 28 digits, its last digit rounded half away from zero. Division by zero throws a RangeError. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.coefficient === 0n) throw new RangeError('Division by zero');
  // One digit more than we keep, and then some, so that `decimal` rounds only once that matters.
  const extra = 2 * mostDigits + b.scale;
  const shifted = a.coefficient * 10n ** BigInt(extra);
  const quotient = shifted / b.coefficient;
  const exact = quotient * b.coefficient === shifted;
  // A sticky digit keeps an inexact quotient from looking like an exact half.
  const negative = a.coefficient < 0n !== b.coefficient < 0n;
  const sticky = exact ? 0n : negative ? -1n : 1n;
  return decimal(quotient * 10n + sticky, extra + 1 + a.scale - b.scale);
}

/** Negative, zero or positive, as a is smaller than, equal to or larger than b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Rounds to so many decimals, halves away from zero; negative = tens, hundreds: −2 rounds 12350 to 12400. */
export function roundDecimal(value: Decimal, precision: number): Decimal {
  return cutAt(value, precision, divideHalfAway);
}

/** Up, toward +∞. */
export function ceilDecimal(value: Decimal, precision: number): Decimal {
  return cutAt(value, precision, (a, b) => -divideFloor(-a, b));
}

/** Down, toward −∞. */
export function floorDecimal(value: Decimal, precision: number): Decimal {
  return cutAt(value, precision, divideFloor);
}

function cutAt(value: Decimal, precision: number, divide: (a: bigint, b: bigint) => bigint): Decimal {
  if (!Number.isInteger(precision) || Math.abs(precision) > mostDigits) {
    throw new RangeError('A precision is a whole number from -28 to 28.');
  }
  if (precision >= value.scale) return value;
  return decimal(divide(value.coefficient, 10n ** BigInt(value.scale - precision)), precision);
}

function atScale(value: Decimal, scale: number): bigint {
  return value.coefficient * 10n ** BigInt(scale - value.scale);
}

function divideHalfAway(a: bigint, b: bigint): bigint {
  const size = a < 0n ? -a : a;
  const rounded = (2n * size + b) / (2n * b);
  return a < 0n ? -rounded : rounded;
}

function divideFloor(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

function overflow(): DecimalOverflow {
  return new DecimalOverflow('The number does not fit in 28 digits.');
}
