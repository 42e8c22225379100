import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { expiredOn } from './card-expired.ts';

const today = day('2026-11-23');

test.each([
  { story: 'yesterday was the last day', until: '2026-11-22', expired: day('2026-11-22') },
  { story: 'today is the last day', until: '2026-11-23', expired: null },
  { story: 'the date is not known', until: null, expired: null },
  { story: 'nobody asked yet', until: undefined, expired: null },
])('$story', ({ until, expired }) => {
  expect(expiredOn({ facts: until === undefined ? {} : { cardValidUntil: until } }, today)).toBe(expired);
});
