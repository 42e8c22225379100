import { expect, test } from 'vitest';
import { shareOf } from './share-interval.ts';

test.each([
  // Wilson of 40 in 100: 0.309 to 0.498; rounding may hide 2.5 people: 0.284 to 0.523.
  { story: '40 of 100', count: 40, answered: 100, expected: { share: 0.4, lower: 0.28, upper: 0.53 } },
  {
    story: 'nobody of 200: Wilson ends at 0.019, rounding adds 0.0125',
    count: 0,
    answered: 200,
    expected: { share: 0, lower: 0, upper: 0.04 },
  },
  { story: 'a hidden count has no share', count: null, answered: 200, expected: null },
  { story: 'of 95 people no share is told', count: 40, answered: 95, expected: null },
])('$story', ({ count, answered, expected }) => {
  expect(shareOf(count, answered)).toEqual(expected);
});
