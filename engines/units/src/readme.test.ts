// The example in the README, run; the lines between the marks are the ones that stand there.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addMonths, day, formatProblem, isoDay, parseDay, wholeYearsBetween } from './index.ts';

test('the example of the README', () => {
  // example
  const asked = day('2026-01-31');
  isoDay(addMonths(asked, 6)); // '2026-07-31'
  isoDay(addMonths(asked, 1)); // '2026-02-28': the end of a short month
  wholeYearsBetween(day('2008-02-29'), day('2026-02-28')); // 18: a leap day counts on 28 February

  const written = parseDay('2026-02-30');
  const said = written.ok ? '' : formatProblem(written.problem);
  // said: '2026-02-30 does not exist: February 2026 has 28 days.'
  // end

  expect(isoDay(addMonths(asked, 6))).toBe('2026-07-31');
  expect(isoDay(addMonths(asked, 1))).toBe('2026-02-28');
  expect(wholeYearsBetween(day('2008-02-29'), day('2026-02-28'))).toBe(18);
  expect(said).toBe('2026-02-30 does not exist: February 2026 has 28 days.');
  expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(exampleIn(import.meta.filename));
});

function exampleIn(file: string): string {
  const source = readFileSync(file, 'utf8');
  const lines = source.slice(source.indexOf('// example\n') + 11, source.indexOf('  // end\n'));
  return lines.replaceAll(/^ {2}/gm, '');
}
