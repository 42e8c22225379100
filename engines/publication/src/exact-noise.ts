import type { Fraction } from './fraction.ts';
import { uniformBelow, type RandomBits } from './random-bits.ts';

/*
 * Samplers of Canonne, Kamath & Steinke (2020), "The discrete Gaussian for differential privacy", algorithms 1 to 3. Whole
 * numbers all the way: noise made with floating point leaves gaps that give the true count away (Mironov 2012).
 */

/** P(x) = (e^{1/t} − 1)/(e^{1/t} + 1) · e^{−|x|/t} on all whole numbers, exactly. (nl: discrete Laplace-ruis) */
export function discreteLaplace({ over, under }: Fraction, random: RandomBits): bigint {
  if (over <= 0n) throw new RangeError('discreteLaplace: the scale must be above 0.');
  for (;;) {
    // |x| = v div s of a geometric v, as in algorithm 2 with t/s = over/under.
    const first = uniformBelow(over, random);
    if (!happensExp({ over: first, under: over }, random)) continue;
    let more = 0n;
    while (happensExp({ over: 1n, under: 1n }, random)) more++;
    const size = (first + over * more) / under;
    const negative = random(1) === 1n;
    // Zero would be counted twice.
    if (negative && size === 0n) continue;
    return negative ? -size : size;
  }
}

/** P(x) ∝ e^{−x²/(2σ²)} on all whole numbers, exactly. (nl: discrete Gauss-ruis) */
export function discreteGaussian({ over, under }: Fraction, random: RandomBits): bigint {
  if (over <= 0n) throw new RangeError('discreteGaussian: the variance must be above 0.');
  const scale = squareRoot(over / under) + 1n;
  for (;;) {
    const drawn = discreteLaplace({ over: scale, under: 1n }, random);
    const size = drawn < 0n ? -drawn : drawn;
    // (|y| − σ²/t)² / (2σ²) with σ² = over/under.
    const apart = size * scale * under - over;
    if (happensExp({ over: apart * apart, under: 2n * over * under * scale * scale }, random)) return drawn;
  }
}

/** True with chance e^{−γ}: algorithm 1, von Neumann's series. */
function happensExp({ over, under }: Fraction, random: RandomBits): boolean {
  for (; over > under; over -= under) if (!happensSmallExp({ over: 1n, under: 1n }, random)) return false;
  return happensSmallExp({ over, under }, random);
}

function happensSmallExp({ over, under }: Fraction, random: RandomBits): boolean {
  let tries = 1n;
  while (uniformBelow(under * tries, random) < over) tries++;
  return tries % 2n === 1n;
}

/** The largest whole number whose square is at most this one (Newton). */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
