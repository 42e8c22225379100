import { month } from '@meedoen/units';
import { expect, test } from 'vitest';
import { asTypedAboutMe, nothingTyped, parseAboutMe } from './parse-about-me.ts';

const door = { towns: new Set(['GM0344']), today: month('2026-11') };
const typed = {
  ...nothingTyped,
  holder: 'mine',
  town: 'GM0344',
  door: 'asylum',
  month: '٣',
  year: '۲۰۲۵',
  age: '25-34',
  gender: 'woman',
};

test('what was said comes back as it was typed, in digits of any script', () => {
  const parsed = parseAboutMe(typed, door);
  if (!parsed.ok) throw new Error('refused');
  expect(parsed.me.profile).toEqual({
    town: 'GM0344',
    door: 'asylum',
    arrived: '2025-03',
    ageBand: '25-34',
    gender: 'woman',
  });
  expect(asTypedAboutMe(parsed.me)).toEqual({ ...typed, month: '3', year: '2025' });
});

test('everything but who holds the device may stay open; what is in no list counts as open', () => {
  const open = { town: null, door: null, arrived: null, ageBand: null, gender: null };
  expect(parseAboutMe({ ...nothingTyped, holder: 'shared' }, door)).toMatchObject({ ok: true, me: { profile: open } });
  const forged = { ...nothingTyped, holder: 'shared', town: 'GM9999', door: 'king', age: '999', gender: 'x' };
  expect(parseAboutMe(forged, door)).toMatchObject({ ok: true, me: { profile: open, sensitive: false } });
});

test.each([
  { story: 'nobody said who holds the device', change: { holder: '' }, field: 'holder' },
  { story: 'half a month', change: { year: '' }, field: 'month' },
  { story: 'a month to come', change: { month: '12', year: '2026' }, field: 'month' },
  { story: 'a thirteenth month', change: { month: '13' }, field: 'month' },
  { story: 'a year of two digits', change: { year: '25' }, field: 'month' },
])('$story: says where', ({ change, field }) => {
  expect(parseAboutMe({ ...typed, ...change }, door)).toMatchObject({ ok: false, field });
});
