/** Chance that can be repeated: the same seed gives the same numbers on every machine. */
export type Chance = {
  /** A whole number from 0 to 2³² − 1. */
  bits(): number;
  /** A number in [0, 1) with 53 random bits. */
  share(): number;
  /** A whole number from 0 to `below` − 1, each equally likely. */
  whole(below: number): number;
  /** A standard normal number. */
  normal(): number;
};

/**
 * xoshiro128** (Blackman & Vigna 2021, ACM TOMS 47:36), its four words filled by splitmix64 from the seed,
 * as its authors advise. Period 2¹²⁸ − 1. For simulation and assignment that can be audited; never for secrets.
 *
 * @param seed any whole number up to 2⁵³, or a bigint taken modulo 2⁶⁴
 */
export function chance(seed: number | bigint): Chance {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
    throw new RangeError(`chance: the seed must be a whole number, not ${seed}.`);
  }
  const mix = splitmix64(BigInt(seed));
  const first = mix();
  const second = mix();
  return xoshiro128([
    Number(first & 0xffffffffn),
    Number(first >> 32n),
    Number(second & 0xffffffffn),
    Number(second >> 32n),
  ]);
}

/** The generator from its four 32-bit words, not all zero; for the published test vectors. */
export function xoshiro128(words: readonly [number, number, number, number]): Chance {
  let [a, b, c, d] = words;
  const bits = (): number => {
    const turned = Math.imul(b, 5);
    const result = Math.imul((turned << 7) | (turned >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const share = (): number => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  return {
    bits,
    share,
    whole(below) {
      if (!(Number.isInteger(below) && below > 0 && below <= 4294967296)) {
        throw new RangeError(`chance: a whole number below ${below} does not exist; give 1 to 2³².`);
      }
      // The last, incomplete round of 2³² would favour small numbers: draw again.
      const fair = 4294967296 - (4294967296 % below);
      let drawn = bits();
      while (drawn >= fair) drawn = bits();
      return drawn % below;
    },
    normal() {
      // Marsaglia's polar method; its second number is dropped, so that a draw leaves no hidden state.
      for (;;) {
        const x = 2 * share() - 1;
        const y = 2 * share() - 1;
        const s = x * x + y * y;
        if (s > 0 && s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s);
      }
    },
  };
}

/** Steele, Lea & Flood (2014); the constants of Vigna's splitmix64.c. */
export function splitmix64(seed: bigint): () => bigint {
  let state = BigInt.asUintN(64, seed);
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
}
