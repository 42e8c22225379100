import type { Problem } from '@meedoen/units';
import type { Contradiction, FactCondition, FactTable } from '../fact-table.ts';
import { contradicts } from '../parse-situation.ts';
import type { FactValue } from '../situation.ts';
import { columnsOf, unknownCode, valueOf } from './columns.ts';

/**
 * Finds in rows of coded facts what `parseSituation` finds in a situation: facts that cannot be true together. `columns`
 * names the fact behind each place of a row. What is returned gives the first problem of a row, or null.
 */
export function contradictionFinder(
  table: FactTable,
  columns: readonly string[],
): (codes: ArrayLike<number>) => Problem | null {
  const rows = columns.map((id) => table.facts.find((fact) => fact.id === id)!);
  const checks = table.contradictions.flatMap((contradiction) => {
    const check = checkOf(table, columns, contradiction);
    return check ? [{ contradiction, check }] : [];
  });
  return (codes) => {
    const found = checks.find(({ check }) => check(codes));
    if (!found) return null;
    const facts: Record<string, FactValue> = {};
    rows.forEach((row, place) => {
      if (codes[place] !== unknownCode) facts[row.id] = valueOf(row, codes[place]!);
    });
    return contradicts(found.contradiction, facts);
  };
}

type Check = (codes: ArrayLike<number>) => boolean;

/** Null where a fact has no column: what nobody told contradicts nothing. */
function checkOf(table: FactTable, columns: readonly string[], contradiction: Contradiction): Check | null {
  if (contradiction.kind === 'order') {
    const [earlier, later] = [columns.indexOf(contradiction.earlier), columns.indexOf(contradiction.later)];
    if (earlier < 0 || later < 0) return null;
    return (codes) => codes[earlier] !== unknownCode && codes[later] !== unknownCode && codes[later]! < codes[earlier]!;
  }
  const parts = contradiction.facts.map(({ fact, values }) => ({
    place: columns.indexOf(fact),
    codes: codesOf(table, { fact, values }),
  }));
  if (parts.some(({ place }) => place < 0)) return null;
  return (codes) => parts.every((part) => part.codes.includes(codes[part.place]!));
}

function codesOf(table: FactTable, { fact, values }: FactCondition): readonly number[] {
  return Array.from(
    columnsOf(
      table,
      values.map((value) => ({ facts: { [fact]: value } })),
    )[fact]!,
  );
}
