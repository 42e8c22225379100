/**
 * The places of numbers from small to large: `values[order[0]] ≤ values[order[1]] ≤ …`; equal numbers keep their order.
 *
 * A radix sort on the bits of the numbers, two bytes at a time: O(n), where a comparing sort calls back n·log n times.
 * NaN has no place: throws RangeError.
 */
export function ascendingOrder(values: ArrayLike<number>): Int32Array {
  const size = values.length;
  const order = new Int32Array(size);
  const floats = new Float64Array(size);
  let sorted = true;
  for (let i = 0; i < size; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) throw new RangeError(`ascendingOrder: number ${i} is NaN.`);
    floats[i] = value + 0; // −0 becomes 0, its equal
    order[i] = i;
    if (i > 0 && floats[i]! < floats[i - 1]!) sorted = false;
  }
  if (sorted) return order;
  if (size < FEW) {
    return order.sort((a, b) => floats[a]! - floats[b]! || a - b);
  }

  // Turned so that bits order as numbers do: the sign bit of positive numbers, every bit of negative ones.
  const words = new Uint32Array(floats.buffer);
  for (let i = 0; i < size; i++) {
    const high = words[2 * i + HIGH]!;
    if (high >>> 31 === 1) {
      words[2 * i + HIGH] = ~high;
      words[2 * i + 1 - HIGH] = ~words[2 * i + 1 - HIGH]!;
    } else words[2 * i + HIGH] = high | 0x80000000;
  }
  let from = order;
  let to = new Int32Array(size);
  const start = new Int32Array(65537);
  for (const [word, shift] of [
    [1 - HIGH, 0],
    [1 - HIGH, 16],
    [HIGH, 0],
    [HIGH, 16],
  ] as const) {
    start.fill(0);
    for (let i = 0; i < size; i++) start[((words[2 * i + word]! >>> shift) & 0xffff) + 1]!++;
    // All alike in these bytes, as the low ones of whole numbers are: nothing to move.
    if (start[((words[word]! >>> shift) & 0xffff) + 1] === size) continue;
    for (let k = 0; k < 65536; k++) start[k + 1]! += start[k]!;
    for (let at = 0; at < size; at++) {
      const i = from[at]!;
      to[start[(words[2 * i + word]! >>> shift) & 0xffff]!++] = i;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Below this many, setting up the counts costs more than comparing. */
const FEW = 2000;

/** Which of a number's two words holds its sign: 1 where the low word comes first in memory. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
