import type { Board } from '@meedoen/board';
import { parseMonth, type Month } from '@meedoen/units';
import type { BarrierNamed } from './barrier-named.ts';

/** A published number of a month; null was too small to publish. */
type MonthNumber = { month: Month; people: number | null };

/**
 * What a town's board had published of a barrier when a decision was made from it (nl: bevroren cijfers): nothing in it was
 * not public before, and nothing in it changes after.
 */
export type FrozenBarrier = BarrierNamed & {
  example: boolean;
  /** Of the board, as 2026-11-25. */
  releasedOn: string;
  rules: { fewest: number; roundTo: number };
  /** Who named it when asked what stood in their way, and how many were asked and answered. */
  named: readonly (MonthNumber & { answered: number | null })[];
  /** Who reported it of their own accord. */
  reported: readonly MonthNumber[];
};

/** So many months back. */
const monthsFrozen = 12;

/** All that a board says of what stood in the way, most named of late first. `themes` are those a person could choose. */
export function barriersOn(board: Board, themes: readonly string[]): readonly FrozenBarrier[] {
  const asked = board.answers.find(({ question }) => question === 'stood-in-way')?.months ?? [];
  // A board that was released before barriers were part of it has none.
  const reports = (board as Partial<Board>).barriers ?? [];
  const subjects = new Set([
    ...asked.flatMap(({ counts }) => counts.map(({ value }) => `theme:${value}`)),
    ...reports.flatMap(({ counts }) => counts.map(({ value }) => value)),
  ]);
  const barriers = [...subjects].flatMap((value): FrozenBarrier[] => {
    const [about = '', subject = ''] = value.split(':');
    if (about === 'theme' && !themes.includes(subject)) return [];
    const numberOf = (counts: (typeof reports)[number]['counts'], of: string): number | null | undefined =>
      counts.find((one) => one.value === of)?.people;
    return [
      {
        town: board.town,
        about: about === 'right' ? 'right' : 'theme',
        subject,
        example: board.example,
        releasedOn: board.releasedOn,
        rules: { fewest: board.rules.fewest, roundTo: board.rules.roundTo },
        named: asked
          .slice(-monthsFrozen)
          .map(({ month, answered, counts }) => ({ month, people: numberOf(counts, subject), answered }))
          .flatMap(({ people, ...of }) => (about === 'theme' && people !== undefined ? [{ ...of, people }] : [])),
        reported: reports
          .slice(-monthsFrozen)
          .map(({ month, counts }) => ({ month, people: numberOf(counts, value) }))
          .flatMap(({ people, month }) => (people === undefined ? [] : [{ month, people }])),
      },
    ];
  });
  return barriers.sort((a, b) => heavy(b) - heavy(a) || (a.subject < b.subject ? -1 : 1));
}

/** Published numbers of the last three months in which there are any, to put the most named first. */
function heavy({ named, reported }: FrozenBarrier): number {
  const last = (numbers: readonly MonthNumber[]): number =>
    numbers.slice(-3).reduce((sum, { people }) => sum + (people ?? 0), 0);
  return last(named) + last(reported);
}

/** As text that is kept with a decision and of which everybody can make the hash again. */
export function frozenText(barrier: FrozenBarrier): string {
  return JSON.stringify(barrier, null, 1);
}

/** What stands in a decision; null when it is not numbers of a barrier as we write them. */
export function readFrozenBarrier(text: string): FrozenBarrier | null {
  try {
    const found = JSON.parse(text) as Partial<FrozenBarrier>;
    const months = [...(found.named ?? []), ...(found.reported ?? [])];
    const fits =
      typeof found.subject === 'string' &&
      Array.isArray(found.named) &&
      Array.isArray(found.reported) &&
      typeof found.rules?.fewest === 'number' &&
      months.every(({ month, people }) => parseMonth(month).ok && (people === null || typeof people === 'number'));
    return fits ? (found as FrozenBarrier) : null;
  } catch {
    return null;
  }
}
