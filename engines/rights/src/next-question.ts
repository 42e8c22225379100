// The rules choose the next question: first what settles answers, then what only makes a date known.
import type { Day } from '@meedoen/units';
import { answerAll, verdictOf, type Reading } from './answer.ts';
import type { Answer } from './answer-type.ts';
import type { Corpus } from './corpus.ts';
import { makesSenseToAsk, type FactRow, type FactTable } from './fact-table.ts';
import type { FactValue, Situation } from './situation.ts';

export type NextQuestion = {
  readonly fact: string;
  /** `answer`: it can settle a yes or no. `date`: every answer stands, and it can only make a date, a step or a term known. */
  readonly changes: 'answer' | 'date';
  /** Ids of the rights and duties that it can change, as `changes` says. */
  readonly settles: readonly string[];
};

/**
 * The fact to ask now. Of the facts that open answers wait for: the one that settles most of them, on average over what
 * can be said to it; of equals, the one that most wait for; then the first in the table. When no open answer can be
 * settled any more: the fact that most dates, steps or terms wait for. Null when nothing we may still ask can change
 * anything. A fact that was asked already (`null` in the situation) is not asked again.
 */
export function nextQuestion(
  corpus: Corpus,
  situation: Situation,
  on: Day,
  of: Reading & { readonly domain?: string } = {},
): NextQuestion | null {
  const answers = answerAll(corpus, situation, on, of);
  const open = answers.filter(({ verdict }) => verdict === 'unknown');
  const settling = waitedFor(corpus.facts, situation, open, ({ missing }) => missing);
  if (settling.length > 0) {
    const [best] = settling
      .map((question) => ({ ...question, settled: settledOnAverage(corpus, situation, on, of, question) }))
      .sort((a, b) => b.settled - a.settled || b.rights.length - a.rights.length);
    return best ? { fact: best.row.id, changes: 'answer', settles: best.rights } : null;
  }
  const dating = waitedFor(corpus.facts, situation, answers, ({ sharpens }) => sharpens);
  const [most] = dating.sort((a, b) => b.rights.length - a.rights.length);
  return most ? { fact: most.row.id, changes: 'date', settles: most.rights } : null;
}

/** A question that may be asked now, and the rights that wait for it. */
type Candidate = { readonly row: FactRow; readonly rights: readonly string[]; readonly alone: number };

/** In the order of the table: the questions that these answers wait for. */
function waitedFor(
  table: FactTable,
  situation: Situation,
  answers: readonly Answer[],
  factsOf: (answer: Answer) => readonly string[],
): Candidate[] {
  const waiting = new Map<string, Set<string>>();
  const alone = new Map<string, number>();
  for (const answer of answers) {
    const facts = factsOf(answer);
    for (const fact of facts) {
      for (const question of questionsBefore(table, fact, situation)) {
        waiting.set(question, (waiting.get(question) ?? new Set()).add(answer.right));
      }
    }
    const [only, ...more] = facts;
    if (only !== undefined && more.length === 0) alone.set(only, (alone.get(only) ?? 0) + 1);
  }
  return table.facts.flatMap((row) => {
    const rights = waiting.get(row.id);
    if (!rights || situation.facts[row.id] !== undefined || !makesSenseToAsk(row, situation)) return [];
    return [{ row, rights: [...rights], alone: alone.get(row.id) ?? 0 }];
  });
}

/**
 * How many of the answers that wait for it the fact would settle, on average over its choices. A date or number cannot
 * be tried value by value: it counts where it is all that an answer waits for.
 */
function settledOnAverage(
  corpus: Corpus,
  situation: Situation,
  on: Day,
  of: Reading,
  { row, rights, alone }: Candidate,
): number {
  const values: readonly FactValue[] =
    row.type === 'choice' ? row.choices : row.type === 'boolean' ? [true, false] : [];
  if (values.length === 0) return alone;
  const rows = corpus.rights.filter(({ id }) => rights.includes(id));
  let settled = 0;
  for (const value of values) {
    const told = { facts: { ...situation.facts, [row.id]: value } };
    const verdict = verdictOf(corpus, told, on, of);
    for (const right of rows) if (verdict(right) !== 'unknown') settled += 1;
  }
  return settled / values.length;
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
