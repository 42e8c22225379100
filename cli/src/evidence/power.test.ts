import { describe, expect, test } from 'vitest';
import { meedoen } from '../testing.ts';

const power = (words: string) => meedoen(['evidence', 'power', ...words.split(' ')]);

describe('meedoen evidence power', () => {
  test.each([
    { words: '--compare shares --from 0.3 --to 0.4', name: 'perArm', value: 355.943 },
    { words: '--compare shares --from 0.3 --to 0.4 --per-arm 200', name: 'power', value: 0.555 },
    { words: '--compare means --difference 0.3 --sd 1', name: 'perArm', value: 175.385 },
    { words: '--compare means --difference 0.5 --sd 1 --per-arm 64', name: 'power', value: 0.801 },
    { words: '--compare times --hazard-ratio 0.7', name: 'events', value: 246.787 },
    { words: '--compare smallest --people 800 --sd 0.46', name: 'difference', value: 0.091 },
    { words: '--compare smallest --people 800 --sd 1 --cluster-size 25 --icc 0.05', name: 'designEffect', value: 2.2 },
  ])('$words: $name $value', async ({ words, name, value }) => {
    const { code, stdout, stderr } = await power(words);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)[name]).toBeCloseTo(value, 3);
  });

  test.each([
    { words: '--compare shares --from 0.3', says: '--compare shares asks for --to too' },
    { words: '--compare times --hazard-ratio 0.7 --icc 0.1', says: 'does nothing with --icc' },
    { words: '--compare shares --from 30 --to 40', says: 'from is 30: give a number above 0 and below 1' },
    { words: '--compare means --difference 1 --sd 1 --icc 0.1', says: '--cluster-size and --icc go together' },
    { words: '--compare means --difference 1 --sd 1 --per-arm 9 --power 0.9', says: 'Give one of the two' },
    { words: '--compare shares --from 0,3 --to 0.4', says: 'Write it with a point: 0.3' },
  ])('refused: $words', async ({ words, says }) => {
    const { code, stdout, stderr } = await power(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});
