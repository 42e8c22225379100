import { correctedForMany, normalUpperTail } from '@meedoen/numbers';
import { representativeness, type Representative } from './representativeness.ts';
import { type Tally } from './tally.ts';

/** A statement on which a group differs from the others, with how sure that is among everything that was looked at. */
export type Discovery = Representative & {
  /** Expected share of false discoveries if this one and all surer ones are shown (0–1). */
  readonly falseShare: number;
};

/** Of the statements shown, at most so many are expected to be chance. */
export const mostFalse = 0.1;

/**
 * What sets each group apart when one counts how many tests were made: with hundreds of statements and some groups, a
 * handful look special by chance alone. All groups, statements and directions are one family (Benjamini & Hochberg 1995);
 * the test is the one of `representativeness`, one-sided. Polis shows the five strongest instead, however unsure.
 *
 * The groups were made from the same votes, so the tests flatter them: read this as a filter, not as proof.
 *
 * @param out 1 for the statements that may not be chosen
 * @returns one list a group, the surest first
 */
export function discoveries(
  counted: Tally,
  out: Uint8Array,
  falseShare: number = mostFalse,
): readonly (readonly Discovery[])[] {
  if (!(falseShare > 0 && falseShare < 1)) {
    throw new RangeError(`discoveries: ${falseShare} is no share of false discoveries; give one between 0 and 1.`);
  }
  const byGroup = representativeness(counted).map((rows) =>
    rows.filter((_, at) => !out[at]).flatMap(({ agree, disagree }) => [agree, disagree]),
  );
  const all = byGroup.flat();
  const corrected = correctedForMany(
    all.map(({ ratioTest }) => normalUpperTail(ratioTest)),
    'benjamini-hochberg',
  );
  let at = 0;
  return byGroup.map((rows) =>
    rows
      .map((row): Discovery => ({ ...row, falseShare: corrected[at++]! }))
      .filter((row) => row.falseShare <= falseShare)
      .sort((one, other) => one.falseShare - other.falseShare || other.ratioTest - one.ratioTest),
  );
}
