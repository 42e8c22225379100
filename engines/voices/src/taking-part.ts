import { type Votes } from './votes.ts';

const enoughVotes = 7;
const fewestPeople = 15;

/**
 * Who voted enough to be placed in a group (nl: deelnemers): 7 votes, or all statements when there are fewer. With
 * less than 15 such people the most active others join, together with everybody who voted just as often. Votes on rejected
 * statements count. Rows of the votes, in order.
 */
export function takingPart(votes: Votes): Uint32Array {
  const given = Array.from(votes.people, (_, row) => votes.starts[row + 1]! - votes.starts[row]!);
  const byActivity = given.slice().sort((one, other) => other - one);
  const fifteenth = byActivity[Math.min(fewestPeople, byActivity.length) - 1] ?? 0;
  const enough = Math.min(enoughVotes, votes.statements.length, fifteenth);
  return Uint32Array.from(given.keys()).filter((row) => given[row]! >= enough);
}
