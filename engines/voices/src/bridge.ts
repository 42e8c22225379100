import { type Parsed } from '@meedoen/units';
import { type Name } from './name.ts';
import { refuse } from './refusal.ts';
import { smoothed, wilsonLower, z90 } from './significance.ts';
import { type Tally } from './tally.ts';

/** What one side thinks of a statement. */
export type SideView = {
  readonly side: Name;
  readonly agrees: number;
  readonly disagrees: number;
  readonly seen: number;
  /** Lower end of the Wilson 80 % interval of the agree share: few votes never look like much support. */
  readonly atLeast: number;
  /** `atLeast × (1 − smoothed disagree share)`. */
  readonly support: number;
};

/** How well a statement connects the sides (nl: brug), or who has voted too little to say. */
export type Bridge =
  | {
      readonly statement: Name;
      readonly known: true;
      /** Geometric mean of the sides' support, 0 to 1; comparable between numbers of sides. */
      readonly bridge: number;
      /** The side with the least support, never hidden behind the mean. */
      readonly weakest: SideView;
      readonly sides: readonly SideView[];
    }
  | { readonly statement: Name; readonly known: false; readonly tooFew: readonly Name[] };

/** A side is shown when at least so many of its people voted on the statement. */
export const fewestVoters = 10;

/**
 * The bridge of every statement between the groups of one partition: declared sides, groups that were found, or both crossed.
 *
 * @param counted votes per side
 * @param fewest votes of each side below which nothing is said
 */
export function bridges(counted: Tally, fewest: number = fewestVoters): Parsed<readonly Bridge[]> {
  const sides = counted.groups.length;
  if (sides < 2) {
    return refuse(
      'one-side',
      { sides },
      `There ${sides === 1 ? 'is 1 side' : 'are no sides'}, and a bridge needs two: give people of at least two sides.`,
    );
  }
  const columns = counted.statements.length;
  const value = counted.statements.map((statement, at): Bridge => {
    const views = counted.groups.map((side, group) => {
      const i = group * columns + at;
      return viewOf(side, counted.agrees[i]!, counted.disagrees[i]!, counted.seen[i]!);
    });
    // A side without votes is unknown whatever the minimum: it has no view of which the bridge could be made.
    const tooFew = views.filter(({ seen }) => seen < Math.max(1, fewest)).map(({ side }) => side);
    if (tooFew.length > 0) return { statement, known: false, tooFew };
    return { statement, known: true, bridge: bridgeOf(views), weakest: weakestOf(views), sides: views };
  });
  return { ok: true, value };
}

function viewOf(side: Name, agrees: number, disagrees: number, seen: number): SideView {
  const atLeast = wilsonLower(agrees, seen, z90);
  return { side, agrees, disagrees, seen, atLeast, support: atLeast * (1 - smoothed(disagrees, seen)) };
}

function bridgeOf(views: readonly SideView[]): number {
  // In the order of size, so that the order of sides cannot change the last digit.
  const supports = views.map(({ support }) => support).sort((one, other) => one - other);
  return supports.reduce((product, support) => product * support ** (1 / supports.length), 1);
}

function weakestOf(views: readonly SideView[]): SideView {
  return views.reduce((weakest, view) => (view.support < weakest.support ? view : weakest));
}

/** A statement with its bridge in every partition; `lowest` decides its rank and is null when one is unknown. */
export type CommonGround = {
  readonly statement: Name;
  readonly lowest: number | null;
  readonly between: readonly Bridge[];
};

/**
 * What connects people by every way of dividing them: ranked by the lowest bridge over the partitions, the unknown last.
 *
 * @param between the bridges of each partition, over the same statements
 * @param out 1 for statements that may not be shown
 */
export function commonGround(between: readonly (readonly Bridge[])[], out: Uint8Array): readonly CommonGround[] {
  const ground = (between[0] ?? []).map(({ statement }, at): CommonGround => {
    const all = between.map((partition) => partition[at]!);
    if (all.some((bridge) => bridge.statement !== statement)) {
      throw new RangeError('commonGround: the partitions are not over the same statements.');
    }
    const scores = all.map((bridge) => (bridge.known ? bridge.bridge : null));
    const lowest = scores.includes(null) ? null : Math.min(...scores.map((score) => score!));
    return { statement, lowest, between: all };
  });
  return ground.filter((_, at) => !out[at]).sort((one, other) => (other.lowest ?? -1) - (one.lowest ?? -1));
}
