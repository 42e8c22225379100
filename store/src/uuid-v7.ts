/**
 * UUID version 7 (RFC 9562, section 5.7), made from a time and ten random bytes that the caller passes in: 48 bits of
 * milliseconds since 1970, the version, 12 bits, the variant, 62 bits.
 */
export function uuidV7(timeInMilliseconds: number, random: Uint8Array): string {
  if (!Number.isSafeInteger(timeInMilliseconds) || timeInMilliseconds < 0 || timeInMilliseconds >= 2 ** 48) {
    throw new RangeError(`A UUIDv7 needs whole milliseconds between 1970 and 10889, not ${timeInMilliseconds}.`);
  }
  if (random.length < 10) throw new RangeError(`A UUIDv7 needs 10 random bytes, not ${random.length}.`);
  const bytes = new Uint8Array(16);
  for (let i = 0, rest = timeInMilliseconds; i < 6; i++, rest = Math.floor(rest / 256)) bytes[5 - i] = rest % 256;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * A source of ids of which each is greater than the one before, also within a millisecond and when the clock steps
 * back (RFC 9562, section 6.2, method 2: the random part is a counter that grows by a random step).
 */
export function uuidV7Source(options: { now: () => number; randomBytes: (count: number) => Uint8Array }): () => string {
  let last = -1;
  let counter = 0n;
  const counterBits = 74n;

  return () => {
    const now = Math.floor(options.now());
    if (now > last) {
      last = now;
      // The top bit starts at zero, so that the counter has room to grow.
      counter = asNumber(options.randomBytes(10)) & ((1n << (counterBits - 1n)) - 1n);
    } else {
      counter += 1n + (asNumber(options.randomBytes(4)) & 0xffff_ffffn);
      if (counter >> counterBits !== 0n) {
        last += 1;
        counter &= (1n << (counterBits - 1n)) - 1n;
      }
    }
    return uuidV7(last, layOut(counter));
  };
}

/** The time inside a UUIDv7, in milliseconds since 1970. */
export function timeOfUuidV7(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

function asNumber(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

/** Spread 74 bits over the ten bytes after the time: 12 bits beside the version, 62 beside the variant. */
function layOut(counter: bigint): Uint8Array {
  const bytes = new Uint8Array(10);
  let spread = ((counter >> 62n) << 64n) | (counter & ((1n << 62n) - 1n));
  for (let i = 9; i >= 0; i--, spread >>= 8n) bytes[i] = Number(spread & 0xffn);
  return bytes;
}
