// Numbers computed by R, read at test time from beside the repository; they are not ours to copy in.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import type { Parsed } from '@meedoen/units';

const folder = process.env['MEEDOEN_EVIDENCE_DATA'] ?? join(import.meta.dirname, '../../../../shared/data/evidence');
const present = existsSync(folder);

/** A group of tests against R that is skipped, and says so, where the numbers are not there. */
export function describeAgainstR(title: string, tests: () => void): void {
  const where = present ? title : `${title} (skipped: no ../shared/data/evidence; set MEEDOEN_EVIDENCE_DATA)`;
  describe.skipIf(!present)(where, () => {
    afterAll(printWorst);
    tests();
  });
}

// The files hold what R wrote, in as many shapes as there are methods; each test knows the shape it reads.
export type Json = any; // oxlint-disable-line typescript/no-explicit-any

export function readJson(name: string): Json {
  return present ? JSON.parse(readFileSync(join(folder, name), 'utf8')) : {};
}

/** Columns of text by name; an empty cell is ''. The reference files quote nothing. */
export function readColumns(name: string): Record<string, string[]> {
  if (!present) return {};
  const [head = '', ...lines] = readFileSync(join(folder, name), 'utf8').trim().split('\n');
  return Object.fromEntries(
    head.split(',').map((column, at) => [column, lines.map((line) => line.split(',')[at] ?? '')]),
  );
}

/** The rows in which none of the named columns is empty, as R drops them. */
export function complete(columns: Record<string, string[]>, names: readonly string[]): Record<string, string[]> {
  const keep = columns[names[0]!]!.map((_, row) => names.every((name) => columns[name]![row] !== ''));
  return Object.fromEntries(
    Object.entries(columns).map(([name, cells]) => [name, cells.filter((_, row) => keep[row])]),
  );
}

export function numbers(cells: readonly string[]): number[] {
  return cells.map(Number);
}

/** The value, or the refusal as an error with its message. */
export function valueOf<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}

/** The largest relative difference seen, per name: printed on demand, so that a README can quote it. */
const worst = new Map<string, number>();

/**
 * Every number within a relative tolerance of R's, and null exactly where R has none.
 * Numbers below `floor` are compared absolutely: R prints 15 digits, and rounding noise around 0 has none.
 */
export function expectClose(actual: unknown, expected: unknown, tolerance: number, name: string, floor = 1e-10): void {
  if (expected === null || expected === undefined || expected === 'Inf') {
    expect(actual === null || actual === Infinity, `${name}: R has no number, we have ${String(actual)}`).toBe(true);
  } else if (typeof expected === 'number') {
    expect(actual, `${name}: R has ${expected}`).toBeTypeOf('number');
    const apart = Math.abs((actual as number) - expected) / Math.max(Math.abs(expected), floor);
    worst.set(name, Math.max(worst.get(name) ?? 0, apart));
    expect(apart, `${name}: ${String(actual)} is not ${expected}`).toBeLessThanOrEqual(tolerance);
  } else {
    const them = expected as ArrayLike<unknown>;
    const us = actual as ArrayLike<unknown>;
    expect(us.length, `${name}: how many`).toBe(them.length);
    for (let i = 0; i < them.length; i++) expectClose(us[i], them[i], tolerance, name, floor);
  }
}

function printWorst(): void {
  if (process.env['MEEDOEN_SHOW_DEVIATIONS']) {
    for (const [name, apart] of worst) console.log(`${name.padEnd(48)} ${apart.toExponential(1)}`);
  }
}
