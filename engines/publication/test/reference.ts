// Published numbers, read at test time from beside the repository; they are not ours to copy in.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import type { Parsed } from '@meedoen/units';

const folder = process.env['MEEDOEN_EVIDENCE_DATA'] ?? join(import.meta.dirname, '../../../../shared/data/evidence');
const present = existsSync(folder);

/** A group of tests against published numbers that is skipped, and says so, where they are not there. */
export function describeWithReference(title: string, tests: () => void): void {
  const where = present ? title : `${title} (skipped: no ../shared/data/evidence; set MEEDOEN_EVIDENCE_DATA)`;
  describe.skipIf(!present)(where, tests);
}

/** A file of the reference; each test knows the shape it reads. */
export function readJson(name: string): unknown {
  return present ? JSON.parse(readFileSync(join(folder, name), 'utf8')) : {};
}

/** The value, or the refusal as an error with its message. */
export function valueOf<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}
