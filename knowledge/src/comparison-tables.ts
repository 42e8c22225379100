import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@meedoen/units';
import {
  parseDoors,
  parseTimetable,
  type CorpusParts,
  type DoorTable,
  type ParsedFile,
  type Timetable,
} from '@meedoen/rights';
import { problemAt } from './yaml-file.ts';

/** What answers are compared and dated with: the doors people come through, and how long things take. */
export type ComparisonTables = { readonly doors: DoorTable; readonly timetable: Timetable };

/** Both tables of the folder `situation`, checked against the rights and facts; a table that cannot be read is empty. */
export function readComparisonTables(
  folder: string,
  { facts, rights }: Pick<CorpusParts, 'facts' | 'rights'>,
): ComparisonTables & { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const read = <T>(name: string, parse: (text: string, file: string) => ParsedFile<T>, empty: T): T => {
    if (!existsSync(join(folder, name))) {
      problems.push(problemAt({ file: name }, 'This file is missing. Put it back.'));
      return empty;
    }
    const parsed = parse(readFileSync(join(folder, name), 'utf8'), name);
    if (parsed.ok) return parsed.value;
    problems.push(...parsed.problems);
    return empty;
  };
  const doors = read<DoorTable>('situation/doors.yaml', (text, file) => parseDoors(text, file, facts), {
    doors: [],
    arrival: [],
    fixed: [],
    partOfADoor: [],
  });
  const timetable = read<Timetable>('situation/timetable.yaml', (text, file) => parseTimetable(text, file, facts), {
    links: [],
    chains: [],
  });
  for (const right of doors.partOfADoor) {
    if (rights.some(({ id }) => id === right)) continue;
    problems.push(problemAt({ file: 'situation/doors.yaml' }, `part_of_a_door: there is no right or duty "${right}".`));
  }
  for (const { right, at } of timetable.chains) {
    if (right !== null && !rights.some(({ id }) => id === right)) {
      problems.push(problemAt(at, `There is no right or duty "${right}".`));
    }
  }
  return { doors, timetable, problems };
}
