import { expect, test } from 'vitest';
import { crowding, usualCrowd } from './crowding.ts';

const noon = Date.UTC(2026, 10, 23, 12);

test('a class of forty goes through at once; the next waits ten seconds, and a quarter of a minute later not', () => {
  const { take } = crowding(usualCrowd);
  for (let pupil = 0; pupil < 40; pupil++) expect(take('192.0.2.1', noon)).toBe('usual');
  expect(take('192.0.2.1', noon)).toEqual({ waitInSeconds: 10 });
  expect(take('192.0.2.2', noon), 'another address').toBe('usual');
  // One is in debt now: after 30 seconds the debt is paid and there is room for one.
  expect(take('192.0.2.1', noon + 30_000)).toBe('usual');
});

test('a thousand from one address: the wait grows, to a minute and no further', () => {
  const { take } = crowding(usualCrowd);
  const waits = Array.from({ length: 1_500 }, () => take('192.0.2.1', noon)).filter((taken) => taken !== 'usual');
  expect(waits).toHaveLength(1_460);
  expect(waits[199]).toEqual({ waitInSeconds: 20 });
  expect(Math.max(...waits.map(({ waitInSeconds }) => waitInSeconds))).toBe(60);
});

test('the addresses of one home are one address, also where IPv4 is written as IPv6', () => {
  const { take } = crowding({ ...usualCrowd, atOnce: 1 });
  expect(take('2001:db8:0:1::5', noon)).toBe('usual');
  expect(take('2001:0db8::1:aaaa:bbbb:cccc:dddd', noon)).not.toBe('usual');
  expect(take('2001:db8:0:2::5', noon)).toBe('usual');
  expect(take('::ffff:192.0.2.7', noon)).toBe('usual');
  expect(take('192.0.2.7', noon)).not.toBe('usual');
  expect(take('192.0.2.8', noon)).toBe('usual');
});

test('the next day starts empty, and of many addresses the longest ago is forgotten', () => {
  const { take } = crowding({ ...usualCrowd, atOnce: 1, mostAddresses: 2 });
  take('192.0.2.1', noon);
  expect(take('192.0.2.1', noon)).not.toBe('usual');
  take('192.0.2.2', noon);
  take('192.0.2.3', noon);
  expect(take('192.0.2.1', noon), 'forgotten').toBe('usual');
  expect(take('192.0.2.3', noon), 'remembered').not.toBe('usual');
  expect(take('192.0.2.3', noon + dayLater)).toBe('usual');
});

const dayLater = 12 * 60 * 60 * 1000;
