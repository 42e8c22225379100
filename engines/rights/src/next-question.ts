import type { Day } from '@meedoen/units';
import { answerAll, type Reading } from './answer.ts';
import type { Corpus } from './corpus.ts';
import { makesSenseToAsk, type FactTable } from './fact-table.ts';
import type { Situation } from './situation.ts';

export type NextQuestion = {
  readonly fact: string;
  /** Ids of the rights and duties whose answer this fact can change. */
  readonly settles: readonly string[];
};

/**
 * The fact to ask now: of those that open answers wait for, the one that most of them wait for; of equals, the first
 * in the table. Null when nothing we may still ask can change an answer. A fact that was asked already (`null` in the
 * situation) is not asked again.
 */
export function nextQuestion(
  corpus: Corpus,
  situation: Situation,
  on: Day,
  of: Reading & { readonly domain?: string } = {},
): NextQuestion | null {
  const waiting = new Map<string, Set<string>>();
  for (const { right, verdict, missing } of answerAll(corpus, situation, on, of)) {
    if (verdict !== 'unknown') continue;
    for (const fact of missing) {
      for (const question of questionsBefore(corpus.facts, fact, situation)) {
        waiting.set(question, (waiting.get(question) ?? new Set()).add(right));
      }
    }
  }
  let best: NextQuestion | null = null;
  for (const row of corpus.facts.facts) {
    const rights = waiting.get(row.id);
    if (!rights || situation.facts[row.id] !== undefined || !makesSenseToAsk(row, situation)) continue;
    if (!best || rights.size > best.settles.length) best = { fact: row.id, settles: [...rights] };
  }
  return best;
}

/** The fact itself and the unanswered facts that decide whether its question makes sense. */
function questionsBefore(table: FactTable, fact: string, situation: Situation): ReadonlySet<string> {
  const questions = new Set<string>();
  const add = (id: string): void => {
    if (questions.has(id) || situation.facts[id] !== undefined) return;
    questions.add(id);
    for (const condition of table.facts.find((row) => row.id === id)?.askWhen ?? []) add(condition.fact);
  };
  add(fact);
  return questions;
}
