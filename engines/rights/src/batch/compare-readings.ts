// What two readings of the law, such as two policy variants, permit a population, in days.
import type { Reading } from '../answer.ts';
import type { Corpus } from '../corpus.ts';
import { permittedDays, type Counting } from './answer-batch.ts';
import type { Columns } from './columns.ts';

/** Of one group of people: days permitted under each reading, and what the second gives and takes. */
export type Compared = {
  readonly group: string;
  readonly people: number;
  readonly daysUnderFirst: number;
  readonly daysUnderSecond: number;
  /** The days more, added up over the people who have more of them; and the days fewer over the others. */
  readonly daysGained: number;
  readonly daysLost: number;
  readonly peopleWhoGain: number;
  readonly peopleWhoLose: number;
  /** Days of which at least one reading cannot say whether they are permitted; they count as not permitted. */
  readonly daysUnknown: number;
};

/**
 * Compares person by person, and adds up by group; `groupOf` names the group of a row, `weightOf` says how many people a
 * row stands for. In the order in which groups are met.
 */
export function compareReadings(
  corpus: Corpus,
  columns: Columns,
  rows: number,
  of: Omit<Counting, keyof Reading>,
  readings: readonly [first: Reading, second: Reading],
  groupOf: (row: number) => string,
  weightOf: (row: number) => number = () => 1,
): readonly Compared[] {
  const [first, second] = readings.map((reading) => permittedDays(corpus, columns, rows, { ...of, ...reading }));
  const groups = new Map<string, { -readonly [Key in keyof Compared]: Compared[Key] }>();
  for (let row = 0; row < rows; row += 1) {
    const group = groupOf(row);
    const sum = groups.get(group) ?? { ...nothing, group };
    groups.set(group, sum);
    const [before, after] = [first!.permitted[row]!, second!.permitted[row]!];
    const weight = weightOf(row);
    sum.people += weight;
    sum.daysUnderFirst += weight * before;
    sum.daysUnderSecond += weight * after;
    sum.daysGained += weight * Math.max(0, after - before);
    sum.daysLost += weight * Math.max(0, before - after);
    sum.peopleWhoGain += after > before ? weight : 0;
    sum.peopleWhoLose += after < before ? weight : 0;
    sum.daysUnknown += weight * Math.max(first!.unknown[row]!, second!.unknown[row]!);
  }
  return [...groups.values()];
}

const nothing: Omit<Compared, 'group'> = {
  people: 0,
  daysUnderFirst: 0,
  daysUnderSecond: 0,
  daysGained: 0,
  daysLost: 0,
  peopleWhoGain: 0,
  peopleWhoLose: 0,
  daysUnknown: 0,
};
