import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredUpperTail,
  fCdf,
  fQuantile,
  fUpperTail,
  incompleteBeta,
  logBeta,
  logGamma,
  normalCdf,
  normalQuantile,
  normalTwoSided,
  normalUpperTail,
  studentCdf,
  studentQuantile,
  studentTwoSided,
  studentUpperTail,
} from './index.ts';

/** Largest difference as a share of the expected number. */
function apart(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
}

describe('normal: R 4.2.2 pnorm and qnorm', () => {
  test.each([
    [-12, 1.776482112077679e-33],
    [-3, 1.3498980316300946e-3],
    [-0.5, 0.30853753872598694],
    [1e-8, 0.50000000398942279],
    [0.3, 0.61791142218895267],
    [2, 0.97724986805182079],
    [8, 0.99999999999999933],
  ])('P(Z ≤ %d) = %d', (z, p) => {
    expect(apart(normalCdf(z), p)).toBeLessThan(1e-13);
    expect(apart(normalUpperTail(-z), p)).toBeLessThan(1e-13);
  });

  test.each([
    [1e-300, -37.047096299361201],
    [1e-20, -9.2623400897984052],
    [1e-5, -4.2648907939228256],
    [0.1, -1.2815515655446008],
    [0.3, -0.52440051270804067],
    [0.9, 1.2815515655446008],
    [0.999, 3.0902323061678132],
  ])('quantile at %d = %d', (p, z) => {
    expect(apart(normalQuantile(p), z)).toBeLessThan(1e-14);
  });

  test('the two-sided p-value is twice a tail; the ends are infinite; beyond them is a mistake', () => {
    expect(normalTwoSided(1.959963984540054)).toBeCloseTo(0.05, 14);
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(() => normalQuantile(1.1)).toThrow(RangeError);
  });
});

describe('Student t: R 4.2.2 pt and qt', () => {
  test.each([
    [0.5, 1, 0.64758361765043326, 0.35241638234956679],
    [-2, 3, 0.069662984279421566, 0.93033701572057836],
    [2.5, 12, 0.98604230021433747, 0.013957699785662607],
    [-40, 7, 7.951089992425214e-10, 0.99999999920489102],
    [1e-6, 5, 0.50000037960668986, 0.49999962039331014],
    [3, 1e5, 0.99864976955796769, 1.3502304420323602e-3],
    [1.2, 2.5, 0.8342805811670615, 0.16571941883293856],
  ])('t = %d with %d degrees', (t, degrees, lower, upper) => {
    expect(apart(studentCdf(t, degrees), lower)).toBeLessThan(1e-12);
    expect(apart(studentUpperTail(t, degrees), upper)).toBeLessThan(1e-12);
    expect(apart(studentTwoSided(t, degrees), 2 * Math.min(lower, upper))).toBeLessThan(1e-12);
  });

  test.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 4.5, 2.6589123472044025],
    [0.6, 30, 0.25560536495191277],
    [1e-8, 3, -479.52506957973867],
    [0.995, 1000, 2.5807546980659501],
  ])('quantile at %d with %d degrees = %d', (p, degrees, t) => {
    expect(apart(studentQuantile(p, degrees), t)).toBeLessThan(1e-12);
  });
});

describe('χ²: R 4.2.2 pchisq and qchisq', () => {
  test.each([
    [0.01, 1, 0.079655674554057962, 0.92034432544594202],
    [3.84, 1, 0.94995647875129474, 0.050043521248705224],
    [10, 2, 0.99326205300091452, 6.737946999085467e-3],
    [200, 3, 1, 4.2185411071920418e-43],
    [90, 100, 0.24680203440017021, 0.75319796559982977],
    [1e4, 1e4, 0.50188063403381744, 0.49811936596618267],
    [0.5, 0.3, 0.84395083290313799, 0.15604916709686201],
  ])('x = %d with %d degrees', (x, degrees, lower, upper) => {
    expect(apart(chiSquaredCdf(x, degrees), lower)).toBeLessThan(1e-12);
    expect(apart(chiSquaredUpperTail(x, degrees), upper)).toBeLessThan(1e-12);
  });

  test.each([
    [0.025, 1, 9.8206911717525617e-4],
    [0.975, 12, 23.336664158645334],
    [0.5, 100, 99.334129235988485],
    [1e-6, 4, 2.8297613229586859e-3],
  ])('quantile at %d with %d degrees = %d', (p, degrees, x) => {
    expect(apart(chiSquaredQuantile(p, degrees), x)).toBeLessThan(1e-12);
  });
});

describe('F: R 4.2.2 pf and qf', () => {
  test.each([
    [4, 1, 11, 0.92919604493196539, 0.070803955068034538],
    [0.2, 5, 2, 0.064150029909958398, 0.93584997009004156],
    [30, 3, 200, 0.99999999999999956, 4.6548106284649673e-16],
    [1, 1000, 1000, 0.5, 0.5],
  ])('x = %d with %d and %d degrees', (x, over, under, lower, upper) => {
    expect(apart(fCdf(x, over, under), lower)).toBeLessThan(1e-12);
    expect(apart(fUpperTail(x, over, under), upper)).toBeLessThan(1e-12);
  });

  test.each([
    [0.95, 1, 11, 4.8443356749436148],
    [0.05, 5, 2, 0.17282693758579049],
    [0.5, 30, 40, 0.99439585872057989],
  ])('quantile at %d with %d and %d degrees = %d', (p, over, under, x) => {
    expect(apart(fQuantile(p, over, under), x)).toBeLessThan(1e-12);
  });
});

describe('beneath: R 4.2.2 lgamma, lbeta, pbeta', () => {
  test.each([
    [1e-3, 6.9071788853838534],
    [0.5, 0.57236494292470008],
    [1.5, -0.12078223763524518],
    [3.7, 1.4280723266653881],
    [14.9, 24.924132002217277],
    [15.1, 25.458999750992664],
    [170, 701.43726380873716],
    [1e8, 1742068066.1038349],
  ])('ln Γ(%d) = %d', (x, value) => {
    expect(Math.abs(logGamma(x) - value)).toBeLessThan(1e-14 * Math.max(1, value));
  });

  test.each([
    [0.5, 0.5, 1.1447298858494004],
    [1000, 0.5, -2.8813876965715766],
    [3e5, 2e5, -336510.76218907814],
  ])('ln B(%d, %d) = %d', (a, b, value) => {
    expect(apart(logBeta(a, b), value)).toBeLessThan(1e-14);
  });

  test.each([
    [0.3, 0.5, 0.5, 0.36901011956554525, 0.6309898804344547],
    [0.999, 3, 0.2, 0.6685414839010847, 0.3314585160989153],
    [0.6, 3e5, 2e5, 0.49992322349916468, 0.50007677650083537],
    [1e-9, 2, 3, 5.9999999920000164e-18, 1],
  ])('I at %d with a = %d, b = %d', (x, a, b, lower, upper) => {
    // At a = 3e5 the input 0.6 itself is uncertain by 1e-16, which the answer multiplies by about 1e3.
    const tails = incompleteBeta(a, b, x);
    expect(apart(tails.lower, lower)).toBeLessThan(2e-12);
    expect(apart(tails.upper, upper)).toBeLessThan(2e-12);
  });

  test('impossible parameters are our mistake', () => {
    expect(() => logGamma(0)).toThrow(RangeError);
    expect(() => logBeta(1, -1)).toThrow(RangeError);
    expect(() => incompleteBeta(1, 1, -0.1)).toThrow(RangeError);
    expect(() => studentCdf(1, 0)).toThrow(RangeError);
  });
});

describe('laws', () => {
  const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  const degrees = fc.double({ min: 0.2, max: 2000, noNaN: true });

  test('a quantile undoes its cdf', () => {
    fc.assert(
      fc.property(share, degrees, degrees, (p, a, b) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 13);
        expect(studentCdf(studentQuantile(p, a), a)).toBeCloseTo(p, 11);
        expect(chiSquaredCdf(chiSquaredQuantile(p, a), a)).toBeCloseTo(p, 11);
        expect(fCdf(fQuantile(p, a, b), a, b)).toBeCloseTo(p, 11);
      }),
      { numRuns: 300 },
    );
  });

  test('the tails add to one, and t² is an F with one degree', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), degrees, (t, a) => {
        expect(chiSquaredCdf(t, a) + chiSquaredUpperTail(t, a)).toBeCloseTo(1, 14);
        expect(apart(fUpperTail(t * t, 1, a), studentTwoSided(t, a))).toBeLessThan(1e-11);
      }),
    );
  });
});
