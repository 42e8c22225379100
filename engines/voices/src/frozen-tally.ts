import { type Name } from './name.ts';
import { smallestShown } from './who-is-missing.ts';
import { type Tally } from './tally.ts';

/** The votes on some statements as they stood, for a decision to cite (nl: bevroren telling). */
export type FrozenTally = {
  readonly statements: readonly FrozenStatement[];
  /** Sides or groups with fewer voters on a statement than this are hidden in it. */
  readonly smallest: number;
};

export type FrozenStatement = {
  readonly statement: Name;
  readonly agrees: number;
  readonly disagrees: number;
  readonly passes: number;
  /** Null where too few of a side voted, and then for every side: two sides give the third away. */
  readonly sides: readonly { side: Name; agrees: number; disagrees: number; passes: number }[] | null;
};

/**
 * Freeze the votes on the statements that are cited. `everybody` and `bySide` are tallies of the same votes.
 * Unknown statements are a RangeError.
 */
export function freezeTally(
  cited: Iterable<Name>,
  everybody: Tally,
  bySide: Tally | null,
  smallest: number = smallestShown,
): FrozenTally {
  const statements = [...new Set(cited)].map((statement): FrozenStatement => {
    const at = everybody.statements.indexOf(statement);
    if (at < 0) throw new RangeError(`freezeTally: nobody voted on ${statement}.`);
    const columns = everybody.statements.length;
    const sides = bySide?.groups.map((side, group) => ({ side, ...countsAt(bySide, group * columns + at) })) ?? null;
    const hidden = sides?.some(({ agrees, disagrees, passes }) => agrees + disagrees + passes < smallest) ?? true;
    return { statement, ...countsAt(everybody, at), sides: hidden ? null : sides };
  });
  return { statements, smallest };
}

/**
 * The frozen votes as the one text of which the hash is taken: JSON without spaces, names in the order below, statements
 * and sides in the order of their names. The same votes give the same bytes in whatever order they were cited.
 */
export function frozenText({ statements, smallest }: FrozenTally): string {
  const ordered = statements
    .toSorted((a, b) => inOrder(a.statement, b.statement))
    .map(({ statement, agrees, disagrees, passes, sides }) => ({
      statement,
      agrees,
      disagrees,
      passes,
      sides: sides?.toSorted((a, b) => inOrder(a.side, b.side)) ?? null,
    }));
  return JSON.stringify({ smallest, statements: ordered });
}

function countsAt(
  { agrees, disagrees, seen }: Tally,
  i: number,
): { agrees: number; disagrees: number; passes: number } {
  return { agrees: agrees[i]!, disagrees: disagrees[i]!, passes: seen[i]! - agrees[i]! - disagrees[i]! };
}

function inOrder(one: Name, other: Name): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
