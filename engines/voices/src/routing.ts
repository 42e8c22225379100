import { type Chance } from '@meedoen/numbers';
import { type Name } from './name.ts';

/** A statement that this person has not voted on. */
export type Candidate = {
  readonly statement: Name;
  /** From `priorities`; `priorityOfNew` for a statement without votes. */
  readonly priority: number;
  /** The declared side of its author, or null. */
  readonly from: Name | null;
  /** Votes that people of this person's own side have given on it. */
  readonly votesOfOwnSide: number;
};

export type Routing = {
  /**
   * 'priority': the weights of Polis and nothing else.
   * 'equal voice': each side's statements together get an equal chance; within a side, statements on which this
   * person's own side has voted little come first.
   */
  readonly by: 'priority' | 'equal voice';
  /** Part of the chance that is shared equally by all statements, so that none starves and every vote can be reweighted. */
  readonly evenly: number;
};

export const equalVoice: Routing = { by: 'equal voice', evenly: 0.2 };
export const byPriority: Routing = { by: 'priority', evenly: 0 };

/** What Polis lets a statement weigh that it knows nothing of. */
export const priorityOfNew = 1;

/** What was shown to whom, with the chance it had: the record that makes honest estimates possible. */
export type Shown = { readonly statement: Name; readonly chance: number };

/** For each candidate the chance to be shown next; together 1 (nl: kans om getoond te worden). */
export function showingChances(candidates: readonly Candidate[], routing: Routing): Float64Array {
  if (!(routing.evenly >= 0 && routing.evenly <= 1)) {
    throw new RangeError(`showingChances: ${routing.evenly} of the chance cannot be shared evenly; give 0 to 1.`);
  }
  const weights = Float64Array.from(candidates, ({ priority, votesOfOwnSide }) => {
    if (!(priority >= 0 && priority < Infinity)) throw new RangeError(`showingChances: a priority of ${priority}.`);
    // The newness of Polis, counted on the side that is to see it instead of on everybody.
    return routing.by === 'priority' ? priority : priority * (1 + 8 * 2 ** (-votesOfOwnSide / 5)) ** 2;
  });
  const sideOf = (at: number): Name | null => (routing.by === 'priority' ? null : candidates[at]!.from);
  const sides = new Map<Name | null, { weight: number; count: number }>();
  weights.forEach((weight, at) => {
    const side = sides.get(sideOf(at)) ?? { weight: 0, count: 0 };
    sides.set(sideOf(at), { weight: side.weight + weight, count: side.count + 1 });
  });
  return weights.map((weight, at) => {
    const side = sides.get(sideOf(at))!;
    const within = side.weight > 0 ? weight / side.weight : 1 / side.count;
    return (1 - routing.evenly) * (within / sides.size) + routing.evenly / candidates.length;
  });
}

/** The next statement for this person and the chance it had; null when everything has been voted on. */
export function nextStatement(candidates: readonly Candidate[], routing: Routing, random: Chance): Shown | null {
  const chances = showingChances(candidates, routing);
  let left = random.share();
  let chosen = -1;
  for (let at = 0; at < chances.length; at++) {
    if (chances[at]! === 0) continue;
    chosen = at;
    left -= chances[at]!;
    if (left < 0) break;
  }
  return chosen < 0 ? null : { statement: candidates[chosen]!.statement, chance: chances[chosen]! };
}
