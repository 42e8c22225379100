import { expect } from 'vitest';
import type { ParsedFile } from '../src/parsed-file.ts';

/** What a reader says of a good file with a fault planted in it. Each problem must name its line. */
export function problemsWhen(
  good: string,
  from: string,
  to: string,
  parse: (text: string) => ParsedFile<unknown>,
): readonly string[] {
  expect(good).toContain(from);
  const parsed = parse(good.replace(from, to));
  const problems = parsed.ok ? [] : parsed.problems;
  expect(problems.every(({ at }) => (at?.line ?? 0) > 0)).toBe(true);
  return problems.map(({ message }) => message);
}
