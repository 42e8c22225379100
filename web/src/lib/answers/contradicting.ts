import type { FactTable } from '@meedoen/rights';
import type { Problem } from '@meedoen/units';

/** Which two answers do not fit, the one that must come first in front; null when the table no longer knows the rule. */
export function contradicting(table: FactTable, words: Problem['words']): { earlier: string; later: string } | null {
  const rule = table.contradictions.find(({ id }) => id === words['contradiction']);
  if (!rule) return null;
  if (rule.kind === 'order') return { earlier: rule.earlier, later: rule.later };
  const [one, other] = rule.facts;
  return one && other ? { earlier: one.fact, later: other.fact } : null;
}
