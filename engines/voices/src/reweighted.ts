import { type Parsed } from '@meedoen/units';
import { type Name } from './name.ts';
import { refuse } from './refusal.ts';
import { type Vote } from './votes.ts';

/** One showing from the log, in the order in which they were shown to each person. */
export type Showing = {
  readonly person: Name;
  readonly statement: Name;
  /** The chance it had when it was drawn. */
  readonly chance: number;
  /** Null when the person went on without an answer. */
  readonly vote: Vote | null;
};

/** What everybody would have answered, had everybody seen the statement (nl: herwogen uitslag). */
export type Reweighted = {
  readonly statement: Name;
  readonly agree: number;
  readonly disagree: number;
  readonly pass: number;
  /** Standard error of each of the three. */
  readonly agreeError: number;
  readonly disagreeError: number;
  readonly passError: number;
  /** People whose answer was used, and how many equally weighted answers they are worth. */
  readonly answers: number;
  readonly worth: number;
};

/**
 * Answers reweighted by the chance with which each statement was shown, so that what routing shows to some more than to
 * others does not colour the result.
 *
 * A person who was shown T statements, this one as the t-th with chance π, counts (1/π + T − t) / T: for each of
 * the first t draws the weight that makes it stand for the answers not heard, and after it the answer itself, which
 * is then known. Before normalising that is unbiased for every person, however the chances came about, as long
 * as the number of statements somebody looks at does not depend on which they are.
 * D. G. Horvitz & D. J. Thompson (1952), JASA 47:663; J. Hájek (1971) for the ratio and its error.
 */
export function reweighted(log: readonly Showing[]): Parsed<readonly Reweighted[]> {
  const shownTo = new Map<Name, Set<Name>>();
  const at: number[] = [];
  for (const [i, { person, statement, chance }] of log.entries()) {
    if (!(chance > 0 && chance <= 1)) {
      return refuse(
        'chance-unusable',
        { row: i + 1, chance: String(chance) },
        `Showing ${i + 1} had chance ${chance}: a logged chance lies above 0 and at most at 1.`,
      );
    }
    const seen = shownTo.get(person) ?? new Set();
    shownTo.set(person, seen.add(statement));
    at.push(seen.size);
  }
  const shown = new Map<Name, Set<Name>>();
  const byStatement = new Map<Name, { weight: number; vote: Vote }[]>();
  for (const [i, { person, statement, chance, vote }] of log.entries()) {
    const earlier = shown.get(person) ?? new Set();
    if (earlier.has(statement)) {
      return refuse(
        'shown-twice',
        { row: i + 1, person, statement },
        `Showing ${i + 1}: statement ${statement} was shown to ${person} before. Log each statement once per person.`,
      );
    }
    shown.set(person, earlier.add(statement));
    if (vote === null) continue;
    const draws = shownTo.get(person)!.size;
    const answers = byStatement.get(statement) ?? [];
    answers.push({ weight: (1 / chance + draws - at[i]!) / draws, vote });
    byStatement.set(statement, answers);
  }
  const value = [...byStatement].map(([statement, answers]) => estimate(statement, answers));
  return { ok: true, value: value.sort((one, other) => (one.statement < other.statement ? -1 : 1)) };
}

function estimate(statement: Name, answers: readonly { weight: number; vote: Vote }[]): Reweighted {
  let all = 0;
  let squares = 0;
  for (const { weight } of answers) {
    all += weight;
    squares += weight * weight;
  }
  const share = (kind: Vote): number =>
    answers.reduce((sum, { weight, vote }) => sum + (vote === kind ? weight : 0), 0) / all;
  const error = (kind: Vote, mean: number): number =>
    Math.sqrt(answers.reduce((sum, { weight, vote }) => sum + (weight * ((vote === kind ? 1 : 0) - mean)) ** 2, 0)) /
    all;
  const [agree, disagree, pass] = [share(1), share(-1), share(0)];
  return {
    statement,
    agree,
    disagree,
    pass,
    agreeError: error(1, agree),
    disagreeError: error(-1, disagree),
    passError: error(0, pass),
    answers: answers.length,
    worth: (all * all) / squares,
  };
}
