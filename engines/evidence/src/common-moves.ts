import type { TransitionScale } from './transition-scale.ts';

/**
 * How the influence of a person moves through time while nothing happens to that person.
 *
 * With U the influence on the shares and m the rows at risk per state, a step from just before time j to just after it is
 * U ← U·(I + dA_j) + m·V_j, m ← m; row h of V_j is −p_h(t−)·dA_h/Y_h. Steps compose, so any stretch of time is one pair
 * of matrices T, V as well. Stretches of 1, 2, 4 … steps are made once, when first asked for, and those from the origin.
 */
export type CommonMoves = {
  /** Bring (U, m) from place `start` to place `end`, in place; places lie between times. O(states²·log(end − start)). */
  readonly carry: (unit: Float64Array, start: number, end: number) => void;
  /** The sum of (U, m)'(U, m) over units, of which the lower half is read, over time j, in place. O(states³). */
  readonly advance: (squares: Float64Array, j: number) => void;
};

export function commonMoves({ times, atRisk, step, shares }: TransitionScale, s: number): CommonMoves {
  const width = times.length;
  const cells = s * s;
  const block = 2 * cells; // T, then V
  const single = new Float64Array(width * block);
  for (let j = 0; j < width; j++) {
    for (let h = 0; h < s; h++) {
      const y = atRisk[j * s + h]!;
      const each = y > 0 ? -shares[j * s + h]! / y : 0;
      for (let k = 0; k < s; k++) {
        const rate = step[(j * s + h) * s + k]!;
        single[j * block + h * s + k] = (h === k ? 1 : 0) + rate;
        single[j * block + cells + h * s + k] = each * rate;
      }
    }
  }

  /** The stretch a, then the stretch b. */
  const compose = (a: Float64Array, aAt: number, b: Float64Array, bAt: number, out: Float64Array, at: number): void => {
    for (let h = 0; h < s; h++) {
      for (let k = 0; k < s; k++) {
        let t = 0;
        let v = b[bAt + cells + h * s + k]!;
        for (let l = 0; l < s; l++) {
          const next = b[bAt + l * s + k]!;
          t += a[aAt + h * s + l]! * next;
          v += a[aAt + cells + h * s + l]! * next;
        }
        out[at + h * s + k] = t;
        out[at + cells + h * s + k] = v;
      }
    }
  };

  const fromOrigin = new Float64Array((width + 1) * block);
  for (let h = 0; h < s; h++) fromOrigin[h * s + h] = 1;
  for (let j = 0; j < width; j++) compose(fromOrigin, j * block, single, j * block, fromOrigin, (j + 1) * block);

  const levels: Float64Array[] = [single];
  const buildLevels = (): void => {
    for (let count = width >> 1; count > 0; count >>= 1) {
      const below = levels.at(-1)!;
      const level = new Float64Array(count * block);
      for (let a = 0; a < count; a++) compose(below, 2 * a * block, below, (2 * a + 1) * block, level, a * block);
      levels.push(level);
    }
  };

  const moved = new Float64Array(s);
  const apply = (unit: Float64Array, over: Float64Array, at: number): void => {
    for (let k = 0; k < s; k++) {
      let total = 0;
      for (let h = 0; h < s; h++) {
        total += unit[h]! * over[at + h * s + k]! + unit[s + h]! * over[at + cells + h * s + k]!;
      }
      moved[k] = total;
    }
    for (let k = 0; k < s; k++) unit[k] = moved[k]!;
  };

  const size = 2 * s;
  const half = new Float64Array(size * size);
  return {
    carry(unit, start, end) {
      if (start === 0) return apply(unit, fromOrigin, end * block);
      if (levels.length === 1) buildLevels();
      for (let at = start; at < end;) {
        // The longest ready-made stretch that begins here and does not go too far.
        let level = 0;
        while (level + 1 < levels.length && at % (2 << level) === 0 && at + (2 << level) <= end) level++;
        apply(unit, levels[level]!, (at >> level) * block);
        at += 1 << level;
      }
    },
    advance(squares, j) {
      const at = j * block;
      for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) squares[b * size + a] = squares[a * size + b]!;
      for (let a = 0; a < size; a++) {
        for (let k = 0; k < s; k++) {
          let total = 0;
          for (let l = 0; l < s; l++) {
            total += squares[a * size + l]! * single[at + l * s + k]!;
            total += squares[a * size + s + l]! * single[at + cells + l * s + k]!;
          }
          half[a * size + k] = total;
          half[a * size + s + k] = squares[a * size + s + k]!;
        }
      }
      for (let b = 0; b < size; b++) {
        for (let k = 0; k < s; k++) {
          let total = 0;
          for (let l = 0; l < s; l++) {
            total += half[l * size + b]! * single[at + l * s + k]!;
            total += half[(s + l) * size + b]! * single[at + cells + l * s + k]!;
          }
          squares[k * size + b] = total;
          squares[(s + k) * size + b] = half[(s + k) * size + b]!;
        }
      }
    },
  };
}
