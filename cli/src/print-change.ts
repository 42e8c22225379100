import type { SmallestChange } from '@meedoen/rights';
import { isoDay } from '@meedoen/units';

/** The smallest changes of one answer as others read them; the person they would make is left to the reader. */
export function changeAsJson(change: SmallestChange): unknown {
  return {
    ...change,
    on: isoDay(change.on),
    changes: change.changes.map(({ facts, verdict, from }) => ({
      facts,
      verdict,
      from: from === null ? null : isoDay(from),
    })),
  };
}
