import { makesSenseToAsk, parseSituation, type FactTable, type FactValue, type Situation } from '@meedoen/rights';
import type { Day, Problem } from '@meedoen/units';

export type Given = { ok: true; situation: Situation; dropped: readonly string[] } | { ok: false; problem: Problem };

/**
 * The situation with one answer more. The new answer comes last, because the order is how "previous question" goes
 * back. Answers that only made sense with the old one are dropped, and named so that a page can say it.
 */
export function giveAnswer(
  table: FactTable,
  before: Situation,
  fact: string,
  value: FactValue | null,
  today: Day,
): Given {
  const facts: Record<string, FactValue | null> = { ...before.facts };
  const changed = fact in facts;
  if (!changed || facts[fact] !== value) facts[fact] = value;

  const dropped: string[] = [];
  for (const row of table.facts) {
    if (row.id in facts && row.id !== fact && row.askWhen.length > 0 && !makesSenseToAsk(row, { facts })) {
      delete facts[row.id];
      dropped.push(row.id);
    }
  }
  const checked = parseSituation(table, { facts }, today);
  if (checked.ok) return { ok: true, situation: { facts }, dropped };
  const [problem] = checked.problems;
  if (!problem) throw new RangeError('A refused situation names its problem.');
  return { ok: false, problem };
}

/** The question that was answered before this one; null for the first. */
export function previousQuestion(situation: Situation, fact: string): string | null {
  const order = Object.keys(situation.facts);
  const here = order.indexOf(fact);
  return (here === -1 ? order.at(-1) : order[here - 1]) ?? null;
}
