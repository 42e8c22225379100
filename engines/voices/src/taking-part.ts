import { type Votes } from './votes.ts';

const enoughVotes = 7;
const fewestPeople = 15;

/**
 * Who voted enough to be placed in a group (nl: deelnemers): 7 votes, or all statements when there are fewer. With
 * less than 15 such people the most active others join, together with everybody who voted just as often. Votes on rejected
 * statements count. Rows of the votes, in order.
 */
export function takingPart(votes: Votes): Uint32Array {
  const given = new Uint32Array(votes.people.length);
  for (let row = 0; row < given.length; row++) given[row] = votes.starts[row + 1]! - votes.starts[row]!;
  const byActivity = given.slice().sort();
  const fifteenth = byActivity[Math.max(0, byActivity.length - fewestPeople)] ?? 0;
  const enough = Math.min(enoughVotes, votes.statements.length, fifteenth);
  const rows = new Uint32Array(given.length);
  let end = 0;
  for (let row = 0; row < given.length; row++) if (given[row]! >= enough) rows[end++] = row;
  return rows.slice(0, end);
}
