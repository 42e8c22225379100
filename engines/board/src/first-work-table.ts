import { readCrossTable, strictest, type CrossTable, type DisclosureRules } from '@meedoen/publication';
import type { Parsed } from '@meedoen/units';
import { bandOf, type Bands } from './bands.ts';
import type { Slice } from './histories.ts';

/**
 * The strictest rules, without the one about groups: who came in 2022 can be the only ones with a fourth year, and most people of
 * a group are still without work for a while. That is how time runs, and tells of nobody more than their arrival does.
 */
export const firstWorkRules: DisclosureRules = {
  ...strictest,
  id: 'meedoen-first-work',
  groupShare: null,
  source: {
    ...strictest.source,
    says: 'As the rules “meedoen”, without the rule about groups: a cohort is the only one to reach its own band by the nature of time.',
    checkedOn: '2026-11-25',
  },
};

/** Leaving is rarer than finding work, so its bands may be wider. */
export type SliceBands = { readonly work: Bands; readonly left: Bands };

/**
 * Everybody followed, by group and by how it ended: found work or left (each in the band of months since arrival in which they did),
 * or neither while we followed them. Each person stands in one cell.
 */
export function firstWorkTable({ by, histories }: Slice, bands: SliceBands): Parsed<CrossTable> {
  const ended = histories.map(({ exit, cause }) => {
    const band = cause === 'none' ? null : bandOf(exit, bands[cause]);
    return band === null ? (['none', 'none'] as const) : ([cause, `${cause} ${band}`] as const);
  });
  return readCrossTable({
    by: [
      ...(by === 'everyone' ? [] : [{ name: by, levels: [histories.map(({ group }) => group)] }]),
      { name: 'ended', levels: [ended.map(([cause]) => cause), ended.map(([, band]) => band)] },
    ],
    counts: histories.map(({ people }) => people),
  });
}
