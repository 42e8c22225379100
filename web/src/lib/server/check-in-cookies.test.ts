import { month, monthsLater } from '@meedoen/units';
import { expect, test } from 'vitest';
import type { MonthTold } from '#lib/check-in/draft.ts';
import { deviceForTests } from './device-for-tests.ts';
import { fitting, keepMe, keepMonths, readCheckIn, shareDevice } from './check-in-cookies.ts';
import { keepKey } from './keys/key-cookie.ts';
import { purposeKey } from './keys/purpose-key.ts';
import type { RecoveryCode } from './keys/recovery-code.ts';
import { largestCookie } from './signed.ts';

const told = (at: number, text = ''): MonthTold => ({
  id: `01a205b3-d000-7000-8000-${String(at).padStart(12, '0')}`,
  month: monthsLater(month('2026-01'), at),
  kept: 'study',
  answers: [
    { question: 'still-here', value: 'here' },
    { question: 'work', value: at % 2 === 0 ? 'paid' : 'looking' },
    { question: 'life', value: String(at % 11) },
    { question: 'stood-in-way', value: 'waiting' },
    { question: 'stood-in-way', value: 'travel' },
  ],
  words: text === '' ? [] : [{ question: 'stood-in-way', text }],
});
const me = {
  holder: 'mine' as const,
  sensitive: false,
  profile: { town: null, door: null, arrived: null, ageBand: null, gender: null },
};

test('four years of months fit on a device, newest first, and come back', () => {
  const device = deviceForTests();
  const months = Array.from({ length: 48 }, (_, at) => told(47 - at));
  keepMonths(device, months, 'mine');
  expect(readCheckIn(device).months).toEqual(months);
});

test('what no longer fits goes: the oldest words first, then the oldest months', () => {
  // Letters that never repeat: what deflating cannot make smaller.
  const words = (seed: number) =>
    Array.from({ length: 400 }, (_, n) => String.fromCodePoint(0x1200 + ((n * 7919 + seed * 104_729) % 330))).join('');
  const months = Array.from({ length: 24 }, (_, at) => told(23 - at, words(at)));
  const device = deviceForTests();
  keepMonths(device, months, 'mine');
  const kept = readCheckIn(device).months;
  expect(kept).toHaveLength(24);
  const wordy = kept.map(({ words: own }) => own.length);
  expect(wordy[0]).toBe(1);
  expect(wordy).toEqual(wordy.toSorted((a, b) => b - a));
  expect(kept[0]).toEqual(months[0]);
  for (const cookie of fitting(months)) expect(cookie.length).toBeLessThanOrEqual(largestCookie);
  expect(fitting(months, 1)).toHaveLength(1);
});

test('where others use the device too, no month and no key outlives the browser', () => {
  const device = deviceForTests();
  keepMe(device, me);
  keepMonths(device, [told(0)], 'mine');
  keepKey(device, 'evidence', {
    key: purposeKey('1'.repeat(36) as RecoveryCode, 'evidence'),
    since: '2026-11-23',
    shared: false,
  });
  expect(device.long()).toEqual(['meedoen-key-evidence', 'meedoen-me', 'meedoen-months-1']);
  shareDevice(device);
  expect(device.long()).toEqual([]);
  expect(readCheckIn(device)).toMatchObject({ months: [], me: { holder: 'shared' } });
  keepMonths(device, [told(1)], 'shared');
  expect(readCheckIn(device).months).toEqual([]);
});

test('what somebody else wrote counts as not there, and is told', () => {
  const device = deviceForTests({ 'meedoen-check-in': 'e30.forged', 'meedoen-months-1': 'a'.repeat(5000) });
  expect(readCheckIn(device)).toMatchObject({ draft: null, months: [], forged: true });
});
