import { month } from '@meedoen/units';
import { expect, test } from 'vitest';
import { labelsUntil } from './contributions.ts';

test('taking everything back looks under the study and under every month there can be', () => {
  expect(labelsUntil(month('2026-03'))).toEqual(['study', 'month:2026-01', 'month:2026-02', 'month:2026-03']);
  expect(labelsUntil(month('2028-01'))).toHaveLength(1 + 25);
});
