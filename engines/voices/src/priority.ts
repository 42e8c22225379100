import { smoothed } from './significance.ts';
import { together, type Tally } from './tally.ts';

/** What a statement about the conversation itself weighs. */
const metaPriority = 49;

/**
 * How much it matters that the next person sees each statement, as Polis weighs it (nl: voorrang): more for
 * agreement, few passes and an extreme place on the map; up to 81 times more while it has few votes.
 *
 * @param counted the people in groups
 * @param extremity of each statement on the opinion map
 * @param meta 1 for statements about the conversation itself
 */
export function priorities(counted: Tally, extremity: Float64Array, meta: Uint8Array): Float64Array {
  const { agrees, disagrees, seen } = together(counted);
  return extremity.map((far, at) => {
    if (meta[at]) return metaPriority;
    const votes = seen[at]!;
    const passes = votes - agrees[at]! - disagrees[at]!;
    const importance = (1 - smoothed(passes, votes)) * (1 + far) * smoothed(agrees[at]!, votes);
    return (importance * (1 + 8 * 2 ** (-votes / 5))) ** 2;
  });
}
