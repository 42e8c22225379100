/** Places on the map with the number of people there (nl: plekken). */
export type Places = { readonly x: Float64Array; readonly y: Float64Array; readonly weight: Float64Array };

/**
 * People gathered into at most `most` places, so that the search for groups costs the same for a hundred people
 * as for a hundred thousand. With `most` places or fewer all stay as they are.
 *
 * Again and again the place with the largest squared error is cut at its mean, along its widest direction. Only
 * where people stand decides, never the order in which they are given.
 * T. Su & J. G. Dy (2007), Intelligent Data Analysis 11:319 (Var-Part).
 */
export function neighbourhoods(places: Places, most: number): Places {
  const { x, y } = places;
  if (x.length <= most) return places;
  const order = new Uint32Array(x.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  const parts = [measure(places, order, 0, order.length)];
  while (parts.length < most) {
    let widest = 0;
    for (let i = 1; i < parts.length; i++) if (parts[i]!.error > parts[widest]!.error) widest = i;
    const part = parts[widest]!;
    if (!(part.error > 0)) break;
    const middle = split(part.errorX >= part.errorY ? x : y, part.errorX >= part.errorY ? part.x : part.y, order, part);
    // All but equal: rounding put everybody on one side of the mean.
    if (middle === part.from || middle === part.to) {
      parts[widest] = { ...part, error: 0 };
      continue;
    }
    parts[widest] = measure(places, order, part.from, middle);
    parts.push(measure(places, order, middle, part.to));
  }
  return {
    x: Float64Array.from(parts, (part) => part.x),
    y: Float64Array.from(parts, (part) => part.y),
    weight: Float64Array.from(parts, (part) => part.people),
  };
}

type Part = {
  from: number;
  to: number;
  people: number;
  x: number;
  y: number;
  errorX: number;
  errorY: number;
  error: number;
};

function measure({ x, y, weight }: Places, order: Uint32Array, from: number, to: number): Part {
  let people = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = from; i < to; i++) {
    const at = order[i]!;
    people += weight[at]!;
    sumX += weight[at]! * x[at]!;
    sumY += weight[at]! * y[at]!;
  }
  const meanX = sumX / people;
  const meanY = sumY / people;
  let errorX = 0;
  let errorY = 0;
  for (let i = from; i < to; i++) {
    const at = order[i]!;
    errorX += weight[at]! * (x[at]! - meanX) ** 2;
    errorY += weight[at]! * (y[at]! - meanY) ** 2;
  }
  return { from, to, people, x: meanX, y: meanY, errorX, errorY, error: errorX + errorY };
}

/** Brings those below the mean to the front; gives where the others begin. */
function split(along: Float64Array, mean: number, order: Uint32Array, { from, to }: Part): number {
  let left = from;
  let right = to;
  while (left < right) {
    const person = order[left]!;
    if (along[person]! < mean) left++;
    else {
      order[left] = order[--right]!;
      order[right] = person;
    }
  }
  return left;
}
