import { makesSenseToAsk, type FactRow, type FactTable, type FactValue, type Situation } from '@meedoen/rights';

/** How to answer what is not a choice: a date, a yes or no, a number. `undefined` = not known. */
export type Answers = (row: FactRow) => FactValue | undefined;

/**
 * Every situation that the questions can tell apart: all combinations of the choices (and of the yes-or-no questions in
 * `also`), asking only what makes sense; everything else is answered by `answers`.
 */
export function everySituation(table: FactTable, also: readonly string[], answers: Answers): Situation[] {
  let found: Record<string, FactValue>[] = [{}];
  for (const row of table.facts) {
    found = found.flatMap((facts) => {
      if (!makesSenseToAsk(row, { facts })) return [facts];
      return valuesOf(row, also, answers).map((value) => (value === undefined ? facts : { ...facts, [row.id]: value }));
    });
  }
  return found.map((facts) => ({ facts }));
}

function valuesOf(row: FactRow, also: readonly string[], answers: Answers): readonly (FactValue | undefined)[] {
  if (row.type === 'choice') {
    const chosen = answers(row);
    return chosen === undefined ? row.choices : [chosen];
  }
  return also.includes(row.id) ? [true, false] : [answers(row)];
}
