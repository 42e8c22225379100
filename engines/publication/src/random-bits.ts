/**
 * Fair random bits from the operating system, as whole numbers of `bits` bits: the shell passes in `crypto`, tests a
 * seeded generator. Noise for privacy is a secret, so a seed has no place in it.
 */
export type RandomBits = (bits: number) => bigint;

/** A source of bytes, such as `(bytes) => crypto.getRandomValues(bytes)`, as a source of bits. */
export function randomBits(fill: (bytes: Uint8Array) => void): RandomBits {
  const pool = new Uint8Array(1024);
  let used = pool.length;
  return (bits) => {
    let value = 0n;
    for (let left = bits; left > 0; left -= 8) {
      if (used === pool.length) {
        fill(pool);
        used = 0;
      }
      const byte = pool[used]!;
      // What was handed out is not kept.
      pool[used++] = 0;
      value = left >= 8 ? (value << 8n) | BigInt(byte) : (value << BigInt(left)) | BigInt(byte >> (8 - left));
    }
    return value;
  };
}

/** A whole number from 0 to below − 1, each exactly as likely: what is too large is drawn again. */
export function uniformBelow(below: bigint, random: RandomBits): bigint {
  const bits = (below - 1n).toString(2).length;
  for (;;) {
    const drawn = random(bits);
    if (drawn < below) return drawn;
  }
}
