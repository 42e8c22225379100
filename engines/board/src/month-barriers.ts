import { readCrossTable, type CrossTable } from '@meedoen/publication';
import type { Month, Parsed } from '@meedoen/units';

/** What stood in people's way in one month, as they reported it: how many named each right or theme. */
export type MonthOfBarriers = {
  readonly month: Month;
  /** `value` is `right:ID` or `theme:ID`; each person counts once for each. */
  readonly values: readonly { readonly value: string; readonly people: number }[];
};

/** The reports of a month as a table; a person may stand in more than one of its cells. */
export function barrierTable({ values }: MonthOfBarriers): Parsed<CrossTable> {
  return readCrossTable({
    by: [{ name: 'barrier', levels: [values.map(({ value }) => value)] }],
    counts: values.map(({ people }) => people),
  });
}
