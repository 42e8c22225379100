import { digitOf } from '#lib/check-in/latin-digits.ts';

/**
 * The recovery code (nl: herstelcode): 36 digits in nine groups of four, of which the last is a check digit. The 35 free
 * digits hold 116 bits. Digits, because a person can write them down, print them, say them over the phone and type them
 * in every script; no letters, because half of our readers would first have to change their keyboard.
 */
export type RecoveryCode = string & { readonly __brand: 'RecoveryCode' };

const digitsInCode = 36;

export type ParsedCode =
  | { ok: true; code: RecoveryCode }
  /** `letters`: something that is no digit; `length`: digits are missing or too many; `check`: a digit is wrong. */
  | { ok: false; problem: 'letters' | 'length' | 'check'; digits: number };

/** A fresh code from bytes of chance: bytes of 250 and more are thrown away, so that every digit is as likely. */
export function newRecoveryCode(randomBytes: (count: number) => Uint8Array): RecoveryCode {
  let digits = '';
  while (digits.length < digitsInCode - 1) {
    for (const byte of randomBytes(64)) {
      if (byte < 250 && digits.length < digitsInCode - 1) digits += String(byte % 10);
    }
  }
  return withCheckDigit(digits);
}

/** The code of a seed that a device made: its 35 digits of chance. Null when it is no such thing. */
export function codeOfSeed(seed: unknown): RecoveryCode | null {
  return typeof seed === 'string' && /^[0-9]{35}$/.test(seed) ? withCheckDigit(seed) : null;
}

/** What somebody typed, in any script, with spaces, dashes and the invisible marks of right-to-left text. */
export function parseRecoveryCode(typed: string): ParsedCode {
  let digits = '';
  for (const character of typed.slice(0, 400)) {
    const digit = digitOf(character);
    if (digit !== null) digits += String(digit);
    else if (!/[\s\p{P}\p{Cf}]/u.test(character)) return { ok: false, problem: 'letters', digits: digits.length };
  }
  if (digits.length !== digitsInCode) return { ok: false, problem: 'length', digits: digits.length };
  return damm(digits) === 0
    ? { ok: true, code: digits as RecoveryCode }
    : { ok: false, problem: 'check', digits: digits.length };
}

/** The nine groups of four, as they stand on the page. */
export function inGroups(code: RecoveryCode): readonly string[] {
  return code.match(/.{4}/g) ?? [];
}

function withCheckDigit(digits: string): RecoveryCode {
  return (digits + String(damm(digits))) as RecoveryCode;
}

/**
 * The check digit of Damm (2004, "Total anti-symmetrische Quasigruppen", dissertation Marburg): it notices every single
 * wrong digit and every swap of two neighbours. A number that ends in its own check digit gives 0.
 */
function damm(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = quasigroup[interim]?.[Number(digit)] ?? 0;
  return interim;
}

const quasigroup = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;
