import { type Name } from './name.ts';
import { aboveHalf, aboveOther, smoothed, z90 } from './significance.ts';
import { together, type Tally } from './tally.ts';

export type Direction = 'agree' | 'disagree';

/** How strongly a statement speaks for one group, in one direction (nl: kenmerkend voor een groep). */
export type Representative = {
  readonly statement: Name;
  readonly direction: Direction;
  /** Votes of the group in this direction, and its votes of all kinds. */
  readonly votes: number;
  readonly seen: number;
  /** Smoothed share of the group in this direction, and how far above one half it lies. */
  readonly share: number;
  readonly shareTest: number;
  /** That share over the same share of all other groups together, and how sure the difference is. */
  readonly ratio: number;
  readonly ratioTest: number;
};

/** Both directions of every statement, one list a group. Statistics of Polis, see the README. */
export function representativeness(counted: Tally): readonly (readonly Record<Direction, Representative>[])[] {
  const columns = counted.statements.length;
  const all = together(counted);
  return counted.groups.map((_, group) =>
    counted.statements.map((statement, at) => {
      const i = group * columns + at;
      const seen = counted.seen[i]!;
      const otherSeen = all.seen[at]! - seen;
      const towards = (direction: Direction): Representative => {
        const count = direction === 'agree' ? 'agrees' : 'disagrees';
        const votes = counted[count][i]!;
        const otherVotes = all[count][at]! - votes;
        const share = smoothed(votes, seen);
        return {
          statement,
          direction,
          votes,
          seen,
          share,
          shareTest: aboveHalf(votes, seen),
          ratio: share / smoothed(otherVotes, otherSeen),
          ratioTest: aboveOther(votes, seen, otherVotes, otherSeen),
        };
      };
      return { agree: towards('agree'), disagree: towards('disagree') };
    }),
  );
}

/** At most so many statements stand for a group. */
const mostShown = 5;

/**
 * The few statements that show best what sets each group apart, as Polis selects them: its best agreement, then
 * what is sure enough by strength; agreements before disagreements.
 *
 * @param out 1 for the statements that may not be chosen
 */
export function selectRepresentative(counted: Tally, out: Uint8Array): readonly (readonly Representative[])[] {
  return representativeness(counted).map((rows) => selectOf(rows.filter((_, at) => !out[at])));
}

function selectOf(rows: readonly Record<Direction, Representative>[]): Representative[] {
  const sure: Representative[] = [];
  let bestAgree: Record<Direction, Representative> | undefined;
  let strongest: Record<Direction, Representative> | undefined;
  for (const row of rows) {
    if (isSure(row.agree) || isSure(row.disagree)) sure.push(leading(row));
    if (row.agree.votes + row.disagree.votes > 0 && beatsAgree(row.agree, bestAgree?.agree)) bestAgree = row;
    if (strongest === undefined || reach(row) > reach(strongest)) strongest = row;
  }
  // Like every other row it is shown in its leading direction, be that to disagree.
  const best = bestAgree && leading(bestAgree);
  if (sure.length === 0) return best ? [best] : strongest ? [leading(strongest)] : [];

  const others = sure
    .filter((row) => row.statement !== best?.statement)
    .sort((one, other) => strength(other) - strength(one));
  const shown = (best ? [best, ...others] : others).slice(0, mostShown);
  return [...shown.filter((row) => row.direction === 'agree'), ...shown.filter((row) => row.direction === 'disagree')];
}

/** The direction in which the group differs more surely from the others. */
function leading(row: Record<Direction, Representative>): Representative {
  return row.agree.ratioTest > row.disagree.ratioTest ? row.agree : row.disagree;
}

function isSure(row: Representative): boolean {
  return row.ratioTest > z90 && row.shareTest > z90;
}

function strength(row: Representative): number {
  return row.ratio * row.ratioTest * row.share * row.shareTest;
}

function reach(row: Record<Direction, Representative>): number {
  return Math.max(row.agree.ratioTest, row.disagree.ratioTest);
}

function beatsAgree(row: Representative, best: Representative | undefined): boolean {
  if (!best) return row.shareTest > z90 || (row.ratio > 1 && row.share > 0.5);
  return best.ratio > 1 ? strength(row) > strength(best) : row.share * row.shareTest > best.share * best.shareTest;
}
