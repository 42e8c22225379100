import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem, isoDay } from '@meedoen/units';
import { checkMunicipalities, loadMunicipalities, provinces } from './municipalities.ts';

const folder = join(import.meta.dirname, '../places');
const { list, asOf } = loadMunicipalities(folder);

test('342 municipalities in twelve provinces, and everybody CBS counted on 1 January 2022', () => {
  expect(checkMunicipalities(folder).map(formatProblem)).toEqual([]);
  expect(list).toHaveLength(342);
  expect(new Set(list.map(({ province }) => province)).size).toBe(provinces.length);
  expect(isoDay(asOf)).toBe('2022-01-01');
  expect(list.reduce((sum, { people }) => sum + people, 0)).toBe(17_590_672);
});

test('in the order in which people look them up', () => {
  const names = list.map(({ name }) => name);
  expect(names[0]).toBe('Aa en Hunze');
  // Under the G and the H, and not under the apostrophe.
  expect(names.indexOf("'s-Gravenhage")).toBeGreaterThan(names.indexOf('Gouda'));
  expect(names.indexOf("'s-Hertogenbosch")).toBeLessThan(names.indexOf('Heumen'));
});
