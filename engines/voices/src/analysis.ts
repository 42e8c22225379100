import { type Parsed } from '@meedoen/units';
import { groupAwareConsensus, majorities, type Majority } from './consensus.ts';
import { findGroups, type Grouping } from './groups.ts';
import { type Name } from './name.ts';
import { leftOut, opinionMap, type EarlierMap, type OpinionMap } from './opinion-map.ts';
import { priorities } from './priority.ts';
import { refuse } from './refusal.ts';
import { selectRepresentative, type Direction, type Representative } from './representativeness.ts';
import { everybody, tally, type Partition, type Tally } from './tally.ts';
import { takingPart } from './taking-part.ts';
import { type Votes } from './votes.ts';

export type AnalysisOptions = {
  /** Statements that moderators refused: they count as if everybody had passed. */
  readonly rejected?: Iterable<Name>;
  /** Statements about the conversation itself: treated alike, but always worth showing. */
  readonly meta?: Iterable<Name>;
  /** Groups made elsewhere, to be used instead of our own. */
  readonly groups?: Partition;
  /** How many groups to find, instead of the most convincing number. */
  readonly groupCount?: number;
  /** The map of an earlier state: the search for the axes starts there and ends within 1e-10 of the same map. */
  readonly earlier?: EarlierMap;
};

/** Everything the votes say by themselves (nl: uitkomst van het gesprek). */
export type Analysis = {
  readonly votes: Votes;
  /** 1 for each statement that counts as if everybody had passed. */
  readonly out: Uint8Array;
  readonly map: OpinionMap;
  /** The groups, found or given. */
  readonly groups: Partition;
  /** How the groups were found; null when they were given. */
  readonly grouping: Grouping | null;
  readonly byGroup: Tally;
  readonly byEverybody: Tally;
  readonly consensus: Float64Array;
  readonly representative: readonly (readonly Representative[])[];
  readonly majorities: Readonly<Record<Direction, readonly Majority[]>>;
  readonly priorities: Float64Array;
};

/** The whole conversation, from its votes alone. The same votes give the same answer to the bit, in whatever order they came. */
export function analyse(votes: Votes, options: AnalysisOptions = {}): Parsed<Analysis> {
  const { groupCount, groups: given, earlier } = options;
  if (votes.cells.length === 0) {
    return refuse('no-votes', {}, 'There are no votes yet: come back when somebody has voted.');
  }
  if (groupCount !== undefined && !(Number.isInteger(groupCount) && groupCount >= 1 && groupCount <= 20)) {
    return refuse(
      'group-count',
      { count: String(groupCount), most: 20 },
      `${groupCount} groups cannot be made: ask for a whole number from 1 to 20.`,
    );
  }
  if (given && given.of.length !== votes.people.length) {
    throw new RangeError(`analyse: ${given.of.length} people have a group, but ${votes.people.length} have votes.`);
  }
  const metaNames = [...(options.meta ?? [])];
  const meta = leftOut(votes, metaNames);
  const out = leftOut(votes, [...(options.rejected ?? []), ...metaNames]);
  const map = opinionMap(votes, out, earlier);
  const grouping = given ? null : findGroups(map.x, map.y, takingPart(votes), groupCount);
  const groups = given ?? grouping!;

  const byGroup = tally(votes, groups);
  const byEverybody = tally(votes, everybody(votes));
  return {
    ok: true,
    value: {
      votes,
      out,
      map,
      groups,
      grouping,
      byGroup,
      byEverybody,
      consensus: groupAwareConsensus(byGroup),
      representative: selectRepresentative(byGroup, out),
      majorities: majorities(byEverybody, out),
      priorities: priorities(byGroup, map.extremity, meta),
    },
  };
}
