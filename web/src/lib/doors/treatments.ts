import type { DoorCell, DoorRow } from '@meedoen/rights';
import { stateOf } from '#lib/answers/timeline.ts';

/** Doors that meet the same, told once. */
export type Treatment = { doors: readonly string[]; cell: DoorCell };

const order = ['yes', 'from', 'first', 'unknown', 'no'] as const;

/** The treatments of a right, from open to shut, then by days. */
export function treatmentsOf({ cells }: DoorRow): readonly Treatment[] {
  return [...Map.groupBy(cells, ({ treatment }) => treatment).values()]
    .flatMap((same) => (same[0] ? [{ doors: same.map(({ door }) => door), cell: same[0] }] : []))
    .sort(
      (a, b) =>
        order.indexOf(stateOf(a.cell.answer)) - order.indexOf(stateOf(b.cell.answer)) ||
        (daysOf(a.cell) ?? 0) - (daysOf(b.cell) ?? 0),
    );
}

/** From today until it is open in fact, as expected; null where it never is or we do not know. */
export function daysOf({ answer, opens, waitInDays }: DoorCell): number | null {
  if (opens) return opens.expected.day - answer.on;
  return waitInDays;
}
