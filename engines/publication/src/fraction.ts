/** An exact number of 0 or more: chances and scales of privacy noise are never rounded. */
export type Fraction = { readonly over: bigint; readonly under: bigint };

/** The decimal number as it is written: 0.1 is one tenth, not the double nearest to it. */
export function fraction(decimal: number | string): Fraction {
  const [, whole, part = '', power = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(decimal)) ?? [];
  if (whole === undefined) throw new RangeError(`fraction: ${decimal} is not a number from 0 on.`);
  const shift = Number(power) - part.length;
  const over = BigInt(whole + part);
  return reduced(
    shift >= 0 ? { over: over * 10n ** BigInt(shift), under: 1n } : { over, under: 10n ** BigInt(-shift) },
  );
}

function reduced({ over, under }: Fraction): Fraction {
  let [a, b] = [over, under];
  while (b > 0n) [a, b] = [b, a % b];
  return { over: over / a, under: under / a };
}

export function toNumber({ over, under }: Fraction): number {
  // Both may be larger than a double holds; their ratio is not.
  const excess = BigInt(Math.max(0, over.toString(2).length - 1000, under.toString(2).length - 1000));
  return Number(over >> excess) / Number(under >> excess);
}
