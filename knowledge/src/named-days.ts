import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, addMonths, addWeeks, addYears, parseDay, type Day } from '@meedoen/units';
import type { FactTable, Situation } from '@meedoen/rights';
import { yamlFiles } from './law-files.ts';

type Period = { readonly count: number; readonly unit: 'days' | 'weeks' | 'months' | 'years' };
const steps = { days: addDays, weeks: addWeeks, months: addMonths, years: addYears } as const;

/**
 * The days on which an answer may change, read off the text of the files and not by the engine: every date that a law or
 * a replacement writes, and every date of the person, alone or moved by a period that a law writes; each with the day
 * after it, because a last day is written too.
 */
export class NamedDays {
  readonly #written: ReadonlySet<Day>;
  readonly #periods: readonly Period[];

  constructor(folder: string) {
    const text = [...yamlFiles(folder, 'laws'), ...yamlFiles(folder, 'replacements')]
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    this.#written = new Set([...text.matchAll(/'(\d{4}-\d\d-\d\d)'/g)].flatMap(([, iso]) => withDayAfter(iso ?? '')));
    const found = [
      ...text.matchAll(/value: (?<count>\d+), type: number, type_spec: \{ unit: (?<unit>days|weeks|months|years) \}/g),
      ...text.matchAll(/(?<unit>days|weeks|months|years): (?<count>-?\d+)/g),
    ];
    const periods = new Map(
      found.map(({ groups }) => {
        const period = { count: Number(groups?.['count']), unit: groups?.['unit'] as Period['unit'] };
        return [`${period.count} ${period.unit}`, period];
      }),
    );
    this.#periods = [...periods.values()];
  }

  /** The named days for one person, in order. */
  of(table: FactTable, { facts }: Situation): readonly Day[] {
    const days = new Set(this.#written);
    for (const { id, type } of table.facts) {
      const value = facts[id];
      if (type !== 'date' || typeof value !== 'string') continue;
      const [on] = withDayAfter(value);
      if (on === undefined) continue;
      for (const moved of [on, ...this.#periods.map(({ count, unit }) => steps[unit](on, count))]) {
        days.add(moved);
        days.add(addDays(moved, 1));
      }
    }
    return [...days].sort((one, other) => one - other);
  }
}

function withDayAfter(iso: string): Day[] {
  const parsed = parseDay(iso);
  return parsed.ok ? [parsed.value, addDays(parsed.value, 1)] : [];
}
