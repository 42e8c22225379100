/** Eigenvalues from large to small, and for each its unit vector. */
export type Eigen = { readonly values: Float64Array; readonly vectors: readonly Float64Array[] };

/**
 * All eigenpairs of a small, dense, symmetric matrix: Householder's reduction to three diagonals, then QL steps
 * with implicit shifts. O(size³); errors of some roundings of the largest eigenvalue.
 *
 * J. H. Wilkinson & C. Reinsch (1971), Handbook for Automatic Computation II, contributions II/2 and II/4.
 *
 * @param rows of the matrix; only the lower half is read
 */
export function symmetricEigen(rows: readonly ArrayLike<number>[]): Eigen {
  const size = rows.length;
  const a = rows.map((_, i) => Float64Array.from({ length: size }, (__, j) => (j <= i ? rows[i]![j]! : rows[j]![i]!)));
  const vectors = rows.map((_, i) => {
    const unit = new Float64Array(size);
    unit[i] = 1;
    return unit;
  });
  reflectToThreeDiagonals(a, vectors);
  const values = Float64Array.from(a, (row, i) => row[i]!);
  const beside = Float64Array.from(a, (row, i) => (i + 1 < size ? row[i + 1]! : 0));
  rotateToDiagonal(values, beside, vectors);

  const order = Array.from(values.keys()).sort((i, j) => values[j]! - values[i]!);
  return { values: Float64Array.from(order, (i) => values[i]!), vectors: order.map((i) => vectors[i]!) };
}

/** A becomes H A H for reflections H, until only the diagonals beside the main one are left; `vectors` gathers them. */
function reflectToThreeDiagonals(a: readonly Float64Array[], vectors: readonly Float64Array[]): void {
  const size = a.length;
  const mirror = new Float64Array(size);
  const image = new Float64Array(size);
  for (let k = 0; k + 2 < size; k++) {
    let length = 0;
    for (let i = k + 1; i < size; i++) length += a[i]![k]! ** 2;
    length = Math.sqrt(length);
    if (length === 0) continue;
    mirror.fill(0, 0, k + 1);
    for (let i = k + 1; i < size; i++) mirror[i] = a[i]![k]! / length;
    mirror[k + 1]! += mirror[k + 1]! < 0 ? -1 : 1;
    const scale = 1 / Math.abs(mirror[k + 1]!); // 2 / |mirror|², because the column had length 1

    let along = 0;
    for (let i = k; i < size; i++) {
      let total = 0;
      const row = a[i]!;
      for (let j = k + 1; j < size; j++) total += row[j]! * mirror[j]!;
      image[i] = scale * total;
      along += image[i]! * mirror[i]!;
    }
    for (let i = k; i < size; i++) image[i]! -= (scale * along * mirror[i]!) / 2;
    for (let i = k; i < size; i++) {
      const row = a[i]!;
      for (let j = k; j < size; j++) row[j]! -= mirror[i]! * image[j]! + image[i]! * mirror[j]!;
    }
    // Row i of `vectors` is direction i in the old coordinates, so the reflection mixes rows.
    for (let j = 0; j < size; j++) {
      let total = 0;
      for (let i = k + 1; i < size; i++) total += mirror[i]! * vectors[i]![j]!;
      for (let i = k + 1; i < size; i++) vectors[i]![j]! -= scale * total * mirror[i]!;
    }
  }
}

function rotateToDiagonal(values: Float64Array, beside: Float64Array, vectors: readonly Float64Array[]): void {
  const size = values.length;
  for (let first = 0; first < size; first++) {
    for (let step = 0; step < 60; step++) {
      let last = first;
      while (last + 1 < size) {
        const near = Math.abs(values[last]!) + Math.abs(values[last + 1]!);
        if (Math.abs(beside[last]!) <= Number.EPSILON * near) break;
        last++;
      }
      if (last === first) break;

      const tilt = (values[first + 1]! - values[first]!) / (2 * beside[first]!);
      const shift = values[first]! - beside[first]! / (tilt + (tilt < 0 ? -1 : 1) * Math.sqrt(tilt * tilt + 1));
      let bulge = values[last]! - shift;
      let sine = 1;
      let cosine = 1;
      let carried = 0;
      let vanished = false;
      for (let i = last - 1; i >= first; i--) {
        const f = sine * beside[i]!;
        const b = cosine * beside[i]!;
        const length = Math.sqrt(f * f + bulge * bulge);
        beside[i + 1] = length;
        if (length === 0) {
          values[i + 1]! -= carried;
          beside[last] = 0;
          vanished = true;
          break;
        }
        sine = f / length;
        cosine = bulge / length;
        const g = values[i + 1]! - carried;
        const r = (values[i]! - g) * sine + 2 * cosine * b;
        carried = sine * r;
        values[i + 1] = g + carried;
        bulge = cosine * r - b;
        const lower = vectors[i]!;
        const upper = vectors[i + 1]!;
        for (let k = 0; k < size; k++) {
          const held = upper[k]!;
          upper[k] = sine * lower[k]! + cosine * held;
          lower[k] = cosine * lower[k]! - sine * held;
        }
      }
      if (vanished) continue;
      values[first]! -= carried;
      beside[first] = bulge;
      beside[last] = 0;
    }
  }
}
