import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { codeOfSeed, inGroups, newRecoveryCode, parseRecoveryCode } from './recovery-code.ts';

/** Bytes that give the digits 0 1 2 … 9 0 1 …, so that a code can be worked out by hand. */
const counting = (count: number) => Uint8Array.from({ length: count }, (_, n) => n % 10);

test('a code is 35 digits of chance and a check digit, in nine groups of four', () => {
  const code = newRecoveryCode(counting);
  expect(code).toMatch(/^01234567890123456789012345678901234\d$/);
  expect(inGroups(code)).toHaveLength(9);
  expect(parseRecoveryCode(code)).toEqual({ ok: true, code });
});

test('a device may make the digits of chance itself; what is no seed gives no code', () => {
  const code = newRecoveryCode(counting);
  expect(codeOfSeed(code.slice(0, 35))).toBe(code);
  for (const seed of [code, '', '١'.repeat(35), 35, null]) expect(codeOfSeed(seed)).toBeNull();
});

test('the check digit is that of Damm: the published example 572 gets 4', () => {
  // Zeros before it do not change the outcome: the table has 0 in its first corner.
  expect(parseRecoveryCode(`${'0'.repeat(32)}5724`)).toMatchObject({ ok: true });
  expect(parseRecoveryCode(`${'0'.repeat(32)}5723`)).toMatchObject({ ok: false, problem: 'check' });
});

test('every wrong digit and every swap of two neighbours is noticed', () => {
  const code = newRecoveryCode(randomBytes);
  let tried = 0;
  for (let at = 0; at < code.length; at++) {
    for (let digit = 0; digit < 10; digit++) {
      if (String(digit) === code[at]) continue;
      tried += 1;
      expect(parseRecoveryCode(code.slice(0, at) + String(digit) + code.slice(at + 1)).ok).toBe(false);
    }
    const [one, other] = [code[at], code[at + 1]];
    if (other === undefined || one === other) continue;
    expect(parseRecoveryCode(code.slice(0, at) + other + one + code.slice(at + 2)).ok, `swap at ${at}`).toBe(false);
  }
  expect(tried).toBe(36 * 9);
});

test('bytes that would make some digits likelier are thrown away', () => {
  let asked = 0;
  const code = newRecoveryCode((count) => new Uint8Array(count).fill(asked++ === 0 ? 255 : 7));
  expect(code.slice(0, 35)).toBe('7'.repeat(35));
});

test.each([
  { script: 'Arabic', zero: 0x660 },
  { script: 'Farsi', zero: 0x6f0 },
  { script: 'Bengali', zero: 0x9e6 },
  { script: 'wide', zero: 0xff10 },
])('it may be typed in $script digits, with spaces, dashes and invisible marks', ({ zero }) => {
  const code = newRecoveryCode(randomBytes);
  const typed = inGroups(code)
    .map((group) => Array.from(group, (digit) => String.fromCodePoint(zero + Number(digit))).join(''))
    .join(' \u200f- ');
  expect(parseRecoveryCode(typed)).toEqual({ ok: true, code });
});

test.each([
  { story: 'a letter', typed: '1234 O123', problem: 'letters', digits: 4 },
  { story: 'nothing', typed: '', problem: 'length', digits: 0 },
  { story: 'a group forgotten', typed: '1234 '.repeat(8), problem: 'length', digits: 32 },
])('$story is refused, and says what', ({ typed, problem, digits }) => {
  expect(parseRecoveryCode(typed)).toEqual({ ok: false, problem, digits });
});
