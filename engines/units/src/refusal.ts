import type { Parsed, Problem } from './problem.ts';

/** An answer we do not give, with the reason and what would change it. */
export type Refusal = Extract<Parsed<never>, { ok: false }>;

export function refuse(what: string, message: string, words: Problem['words'] = {}): Refusal {
  return { ok: false, problem: { what, words, message } };
}

/**
 * Refuse because of one cell. `words.row` counts data rows from 1; a shell that read a file turns it into a line.
 * The pointer names the same cell in the columns as they were passed.
 */
export function refuseCell(
  what: string,
  column: string,
  index: number,
  message: string,
  words: Problem['words'] = {},
): Refusal {
  const row = index + 1;
  return {
    ok: false,
    problem: {
      at: { pointer: `/${column}/${index}` },
      what,
      words: { column, row, ...words },
      message: `Row ${row}, column ${column}: ${message}`,
    },
  };
}
