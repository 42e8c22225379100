import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeOfUuidV7, uuidV7, uuidV7Source } from './uuid-v7.ts';

test('the example of RFC 9562, appendix A.6', () => {
  const random = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
  expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('whatever the random bytes, version and variant stand where the RFC puts them', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 48 - 1 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (time, random) => {
      const id = uuidV7(time, random);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(timeOfUuidV7(id)).toBe(time);
    }),
  );
});

test.each([-1, 0.5, 2 ** 48, Number.NaN])('%s is no time for an id', (time) => {
  expect(() => uuidV7(time, new Uint8Array(10))).toThrow(RangeError);
});

test('each id is greater than the one before, though the clock stands still or steps back', () => {
  const chance = fc.func(fc.uint8Array({ minLength: 10, maxLength: 10 }));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 60 }), chance, (clock, bytes) => {
      let tick = 0;
      let drawn = 0;
      const next = uuidV7Source({
        now: () => 1_800_000_000_000 + clock[tick++ % clock.length]!,
        randomBytes: (count) => bytes(drawn++).subarray(0, count),
      });
      const ids = clock.map(() => next());
      expect(ids).toEqual([...new Set(ids)].sort());
    }),
  );
});

test('when the counter of a millisecond is full, the next id borrows a millisecond', () => {
  const next = uuidV7Source({ now: () => 1000, randomBytes: (count) => new Uint8Array(count).fill(255) });
  const ids = Array.from({ length: 5 }, next);
  expect(ids).toEqual([...ids].sort());
});
