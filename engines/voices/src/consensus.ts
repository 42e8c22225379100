import { type Name } from './name.ts';
import { aboveHalf, smoothed, z90 } from './significance.ts';
import { type Tally } from './tally.ts';
import { type Direction } from './representativeness.ts';

/** For each statement the product over the groups of the smoothed agree share (nl: eensgezindheid tussen groepen). */
export function groupAwareConsensus(counted: Tally): Float64Array {
  const columns = counted.statements.length;
  const product = new Float64Array(columns).fill(1);
  for (let i = 0; i < counted.seen.length; i++) product[i % columns]! *= smoothed(counted.agrees[i]!, counted.seen[i]!);
  return product;
}

/** A statement that most people agree or disagree with, whatever their group (nl: meerderheid). */
export type Majority = {
  readonly statement: Name;
  readonly direction: Direction;
  readonly votes: number;
  readonly seen: number;
  readonly share: number;
  readonly shareTest: number;
};

const mostShown = 5;

/**
 * The five surest majorities in each direction.
 *
 * @param counted everybody in one group, also people who voted too little to be grouped
 * @param out 1 for the statements that may not be chosen
 */
export function majorities(counted: Tally, out: Uint8Array): Readonly<Record<Direction, readonly Majority[]>> {
  if (counted.groups.length !== 1) throw new RangeError('majorities: count everybody in one group.');
  const towards = (direction: Direction): Majority[] =>
    counted.statements
      .map((statement, at): Majority => {
        const votes = direction === 'agree' ? counted.agrees[at]! : counted.disagrees[at]!;
        const seen = counted.seen[at]!;
        return { statement, direction, votes, seen, share: smoothed(votes, seen), shareTest: aboveHalf(votes, seen) };
      })
      .filter(({ share, shareTest }, at) => !out[at] && share > 0.5 && shareTest > z90)
      .sort((one, other) => other.share * other.shareTest - one.share * one.shareTest)
      .slice(0, mostShown);
  return { agree: towards('agree'), disagree: towards('disagree') };
}
