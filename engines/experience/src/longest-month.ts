import { allHold, anyHolds, valuesOf, type Answers } from './answers.ts';
import type { Question, Questionnaire } from './questionnaire.ts';
import { turnsOf } from './rotation.ts';

/** Beyond so many ways to answer we no longer walk them all. */
const mostWays = 100_000;

/**
 * The most questions that anybody can get in one month, in any turn, with every answer and every history, the questions
 * about health switched on; and the turn in which that is. Walks the answers that other questions wait for, one by one.
 * Where there are more than 100,000 ways to answer, all questions of the turn are counted.
 */
export function longestMonth(questionnaire: Questionnaire): { readonly questions: number; readonly turn: number } {
  const named = namedValues(questionnaire);
  let longest = { questions: 0, turn: 0 };
  for (let turn = 0; turn < turnsOf(questionnaire); turn++) {
    const due = questionnaire.questions.filter(({ turns }) => turns === null || turns.includes(turn));
    const ways = due.map((question) => waysToAnswer(question, named.get(question.id)));
    const walkable = ways.reduce((product, { length }) => product * Math.max(1, length), 1) <= mostWays;
    const questions = walkable ? mostFrom(0, {}, due, ways) : due.length;
    if (questions > longest.questions) longest = { questions, turn };
  }
  return longest;
}

function mostFrom(
  at: number,
  answers: Answers,
  due: readonly Question[],
  ways: readonly (readonly (readonly string[])[])[],
): number {
  const question = due[at];
  if (question === undefined) return 0;
  if (!canBeAsked(question, answers)) return mostFrom(at + 1, answers, due, ways);
  const rest = ways[at]!.map((values) =>
    mostFrom(at + 1, values.length > 0 ? { ...answers, [question.id]: { values, words: null } } : answers, due, ways),
  );
  return 1 + Math.max(...rest);
}

/** With the history that asks most: what is new is new, what is over was there. */
function canBeAsked(question: Question, answers: Answers): boolean {
  if (!allHold(question.askWhen, answers) || anyHolds(question.askUnless, answers)) return false;
  if (question.kind !== 'month') return true;
  if (question.begins) return allHold(question.begins, answers);
  if (question.ends) {
    const said = Object.keys(question.ends).every((other) => valuesOf(answers, other).length > 0);
    return said && !allHold(question.ends, answers);
  }
  return true;
}

/** For each question on which others wait: the answers they wait for. */
function namedValues({ questions }: Questionnaire): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>();
  for (const question of questions) {
    const states = question.kind === 'month' ? [question.begins ?? {}, question.ends ?? {}] : [];
    for (const condition of [question.askWhen, question.askUnless, ...states]) {
      for (const [other, values] of Object.entries(condition)) {
        const set = named.get(other) ?? new Set();
        for (const value of values) set.add(value);
        named.set(other, set);
      }
    }
  }
  return named;
}

/** Every answer that makes a difference: skipped, each named value (any number of them for "all that fit"), and another. */
function waysToAnswer(question: Question, named: ReadonlySet<string> = new Set()): (readonly string[])[] {
  if (named.size === 0) return [[]];
  const other = ['\0 any other'];
  if (question.kind !== 'choices') return [[], other, ...[...named].map((value) => [value])];
  let subsets: string[][] = [[]];
  for (const value of named) subsets = [...subsets, ...subsets.map((subset) => [...subset, value])];
  return [...subsets, other];
}
