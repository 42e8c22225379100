declare const centsBrand: unique symbol;

/** An amount of money in whole euro cents (nl: eurocent); exact up to 90 thousand billion euros. */
export type Cents = number & { readonly [centsBrand]: 'Cents' };

/** Whole cents of an amount we wrote ourselves; anything but a safe whole number throws a RangeError. */
export function cents(amount: number): Cents {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a whole number of cents.`);
  return amount as Cents;
}

/** Reads an exact amount such as `5942` or `244.22`, in euros, into cents; more than two decimals throw a RangeError. */
export function eurosToCents(euros: string): Cents {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(euros);
  if (!match) throw new RangeError(`${JSON.stringify(euros)} is not an amount such as 244.22.`);
  const [, sign, whole, fraction = ''] = match;
  const amount = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return cents(sign ? -amount || 0 : amount);
}

/** The amount in euros with two decimals: `244.22`. */
export function centsToEuros(amount: Cents): string {
  const size = Math.abs(amount);
  return `${amount < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}
