import { chance } from '@meedoen/numbers';
import { symmetricEigen } from './symmetric-eigen.ts';

/** The two largest eigenvalues of a symmetric, positive semidefinite operator, with unit vectors. */
export type Eigenpairs = {
  readonly values: readonly [number, number];
  readonly vectors: readonly [Float64Array, Float64Array];
  /** How often the operator was used. */
  readonly passes: number;
};

/** The operator times each vector; it is given one or two at a time. */
export type Operator = (vectors: readonly Float64Array[]) => Float64Array[];

/** The angle, in radians, that a vector may be off. */
const angle = 1e-10;
const mostPasses = 2000;
/** The basis is squeezed to its best vectors when it has grown to this. */
const widest = 48;
const keptWhenSqueezed = 8;

/**
 * Block Krylov iteration, written as Davidson's without preconditioner: the basis grows by what the two best
 * guesses still miss, so a pass is never spent on a vector that is exact already.
 *
 * The operator is the only thing that touches the data: about 10 passes where power iteration takes 30.
 * A repeated largest eigenvalue is found too, because two vectors run side by side. A second eigenvalue of
 * zero gives the zero vector.
 *
 * B. N. Parlett (1998), The Symmetric Eigenvalue Problem, SIAM, chapters 11–13.
 *
 * @param guess earlier vectors, to start near them
 */
export function twoEigenpairs(
  size: number,
  operator: Operator,
  guess?: readonly [Float64Array, Float64Array],
): Eigenpairs {
  const basis: Float64Array[] = [];
  const images: Float64Array[] = [];
  const projected: number[][] = [];
  const zero = new Float64Array(size);
  const generic = chance(1);
  const anywhere = (): Float64Array => Float64Array.from({ length: size }, () => generic.share() - 0.5);

  let fresh = guess ? guess.map((vector) => nudged(vector, anywhere())) : [anywhere(), anywhere()];
  let passes = 0;
  let values: [number, number] = [0, 0];
  let vectors: [Float64Array, Float64Array] = [zero, zero];

  while (passes < mostPasses) {
    const added = fresh.filter((vector) => orthonormalise(vector, basis) && basis.push(vector));
    if (added.length === 0) break;
    passes++;
    for (const out of operator(added)) {
      images.push(out);
      projected.push(basis.slice(0, images.length).map((vector) => dot(vector, out)));
    }

    const ritz = symmetricEigen(projected);
    const [largest = 0, second = 0, third = 0] = ritz.values.map((value) => Math.max(value, 0));
    values = [largest, second];
    vectors = [combine(basis, ritz.vectors[0]!), ritz.vectors[1] ? combine(basis, ritz.vectors[1]) : zero];
    if (basis.length === size) break;

    // Davis and Kahan: the sine of the angle is at most the residual over the distance to the other values.
    // Equal values share a plane in which any pair will do: then only the third is another.
    const apart = largest - second > 1e-9 * largest;
    const gaps = [largest - (apart ? second : third), second - third];
    fresh = vectors
      .map((vector, k) => (ritz.vectors[k] ? less(combine(images, ritz.vectors[k]), values[k]!, vector) : zero))
      .filter((miss, k) => norm(miss) > Math.max(angle * gaps[k]!, 1e-14 * largest));
    if (fresh.length === 0) break;

    if (basis.length + 2 > widest) {
      const kept = ritz.vectors.slice(0, keptWhenSqueezed);
      const squeezed = kept.map((weights) => combine(basis, weights));
      const squeezedImages = kept.map((weights) => combine(images, weights));
      basis.splice(0, basis.length, ...squeezed);
      images.splice(0, images.length, ...squeezedImages);
      const diagonal = kept.map((_, i) => Array.from({ length: i + 1 }, (__, j) => (i === j ? ritz.values[i]! : 0)));
      projected.splice(0, projected.length, ...diagonal);
    }
  }
  const nothing = 1e-14 * size;
  if (values[0] === 0) return { values: [0, 0], vectors: [zero, zero.slice()], passes };
  if (values[1] <= nothing * values[0]) return { values: [values[0], 0], vectors: [vectors[0], zero], passes };
  return { values, vectors, passes };
}

/** Off the old direction by a little, so that what is new in the data cannot be invisible to it. */
function nudged(vector: Float64Array, towards: Float64Array): Float64Array {
  const step = 1e-6 / norm(towards);
  return vector.map((value, i) => value + step * towards[i]!);
}

/** Makes the vector orthogonal to the basis, and of length 1; false when nothing of it is left. */
function orthonormalise(vector: Float64Array, basis: readonly Float64Array[]): boolean {
  const before = norm(vector);
  if (!(before > 0)) return false;
  // Twice is enough (Kahan, in Parlett 6.9).
  for (let round = 0; round < 2; round++) {
    for (const known of basis) {
      const share = dot(known, vector);
      for (let i = 0; i < vector.length; i++) vector[i]! -= share * known[i]!;
    }
  }
  const length = norm(vector);
  if (!(length > 1e-10 * before)) return false;
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return true;
}

function dot(one: Float64Array, other: Float64Array): number {
  let total = 0;
  for (let i = 0; i < one.length; i++) total += one[i]! * other[i]!;
  return total;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function combine(basis: readonly Float64Array[], weights: Float64Array): Float64Array {
  const out = new Float64Array(basis[0]!.length);
  for (let k = 0; k < basis.length; k++) {
    const vector = basis[k]!;
    const weight = weights[k]!;
    for (let i = 0; i < out.length; i++) out[i]! += weight * vector[i]!;
  }
  return out;
}

function less(image: Float64Array, value: number, vector: Float64Array): Float64Array {
  return image.map((entry, i) => entry - value * vector[i]!);
}
