import { expect, test } from 'vitest';
import { isToBeChecked } from './confidence.ts';

test('what no official source says is to be checked', () => {
  expect(isToBeChecked('official_page')).toBe(false);
  expect(isToBeChecked('older_law_text')).toBe(true);
});
