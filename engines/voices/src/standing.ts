import { type Analysis } from './analysis.ts';
import { type Name } from './name.ts';
import { column, voteIn } from './votes.ts';

/** Where one person stands among the others (nl: waar sta ik). */
export type Standing = {
  readonly x: number;
  readonly y: number;
  /** The own group, null for whoever voted too little to have one. */
  readonly group: Name | null;
  /** With each group: on how many of one's votes most of that group thinks the same. */
  readonly alike: readonly { readonly group: Name; readonly same: number; readonly compared: number }[];
};

/** Null for somebody without votes. Only agree and disagree are compared, and only where a group leans to one of them. */
export function standing(analysis: Analysis, person: Name): Standing | null {
  const { votes, groups, byGroup, map } = analysis;
  const row = votes.people.indexOf(person);
  if (row < 0) return null;
  const columns = votes.statements.length;
  const alike = groups.groups.map((group, g) => {
    let same = 0;
    let compared = 0;
    for (let i = votes.starts[row]!; i < votes.starts[row + 1]!; i++) {
      const vote = voteIn(votes.cells[i]!);
      const at = g * columns + column(votes.cells[i]!);
      const leaning = Math.sign(byGroup.agrees[at]! - byGroup.disagrees[at]!);
      if (vote === 0 || leaning === 0) continue;
      compared++;
      if (vote === leaning) same++;
    }
    return { group, same, compared };
  });
  return { x: map.x[row]!, y: map.y[row]!, group: groups.groups[groups.of[row]!] ?? null, alike };
}
