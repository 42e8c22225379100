import type { DoorGroup } from '@meedoen/experience';
import type pg from 'pg';
import type { Database } from '../database.ts';
import { orNull } from './not-said.ts';
import { pairHistories, type RiskSetStep } from './pair-histories.ts';

/**
 * Each member as two steps of the clock "whole months since arrival": when they come under observation, and when they leave
 * it, because they began to work, left, or were last heard. The first month heard is observed from its beginning, the last one
 * to its end, so nobody leaves before they came. Who worked before we first heard them was never observed without work:
 * they are counted apart. Who came back after leaving did not leave.
 */
const steps = (which: string): string => `
  SELECT town, door, crowded, example, programme,
    CASE WHEN arrived IS NULL THEN 'not-said'
      ELSE extract(year FROM arrived) || CASE WHEN extract(month FROM arrived) <= 6 THEN '-1' ELSE '-2' END END AS cohort,
    step.*
  FROM (
    SELECT *, CASE WHEN left_month > coalesce(here_month, '-infinity') THEN left_month END AS gone_month,
      ${notBeforeArrival('first_month')} AS entry
    FROM member WHERE ${which}
  ) AS m,
  LATERAL (
    SELECT ${notBeforeArrival('first_work_month')} AS work, ${notBeforeArrival('gone_month')} AS gone,
      ${notBeforeArrival('last_month')} AS last
  ) AS at,
  LATERAL (
    SELECT 0 AS month, 0 AS entered, 0 AS worked, 0 AS went_away, 0 AS last_heard, 0 AS worked_before, 1 AS arrival_not_said
      WHERE arrived IS NULL
    UNION ALL SELECT 0, 0, 0, 0, 0, 1, 0 WHERE work < entry
    UNION ALL SELECT entry, 1, 0, 0, 0, 0, 0 WHERE arrived IS NOT NULL AND NOT coalesce(work < entry, false)
    UNION ALL
      SELECT 1 + CASE WHEN work <= coalesce(gone, work) THEN work ELSE coalesce(gone, last) END, 0,
        (work IS NOT NULL AND work <= coalesce(gone, work))::integer,
        (gone IS NOT NULL AND NOT coalesce(work <= gone, false))::integer,
        (work IS NULL AND gone IS NULL)::integer, 0, 0
      WHERE arrived IS NOT NULL AND NOT coalesce(work < entry, false)
  ) AS step`;

/** Whole months since arrival. Who says to have arrived later than they answered is counted from the month they arrived. */
function notBeforeArrival(column: string): string {
  const months = (of: string): string => `extract(year FROM ${of}) * 12 + extract(month FROM ${of})`;
  return `CASE WHEN ${column} IS NOT NULL THEN greatest(0, ${months(column)} - (${months('arrived')}))::integer END`;
}

const key = 'cohort, door, programme, months_since_arrival, crowded, example';
const sums = ['entered', 'worked', 'went_away', 'last_heard', 'worked_before', 'arrival_not_said'];

/** Count first paid work again, of some towns or (null) of all, and of the country. */
export async function countFirstWork(client: pg.ClientBase, towns: readonly string[] | null): Promise<void> {
  const theirs = '($1::text[] IS NULL OR town = ANY ($1))';
  await client.query(
    `DELETE FROM first_work_count WHERE NOT closed AND ($1::text[] IS NULL OR owner_id = ANY ($1) OR owner_id = 'all')`,
    [towns],
  );
  await client.query(
    `INSERT INTO first_work_count (owner_id, closed, ${key}, ${sums.join(', ')})
     SELECT town, false, cohort, door, programme, month, crowded, example, ${sums.map((one) => `sum(${one})`).join(', ')}
     FROM (${steps(theirs)}) AS step GROUP BY town, cohort, door, programme, month, crowded, example`,
    [towns],
  );
  await client.query(
    `INSERT INTO first_work_count (owner_id, closed, ${key}, ${sums.join(', ')})
     SELECT 'all', false, ${key}, ${sums.map((one) => `sum(${one})`).join(', ')}
     FROM first_work_count WHERE NOT closed AND owner_id <> 'all' GROUP BY ${key}`,
  );
}

/** Before members go, what they count for is added to the counts that stay. */
export async function closeFirstWork(client: pg.ClientBase, lastHeardBefore: string): Promise<void> {
  await client.query(
    `INSERT INTO first_work_count AS counted (owner_id, closed, ${key}, ${sums.join(', ')})
     SELECT owner_id, true, cohort, door, programme, month, crowded, example, ${sums.map((one) => `sum(${one})`).join(', ')}
     FROM (${steps('last_month < $1::date AND NOT example')}) AS step, LATERAL (VALUES (town), ('all')) AS whose (owner_id)
     GROUP BY owner_id, cohort, door, programme, month, crowded, example
     ON CONFLICT (owner_id, closed, ${key}) DO UPDATE SET ${sums.map((one) => `${one} = counted.${one} + excluded.${one}`).join(', ')}`,
    [lastHeardBefore],
  );
}

export type FirstWorkQuestion = {
  /** A town as contributions name it, or 'all': the whole country. */
  town: string;
  /** The synthetic people of the example, or the real ones; never both. */
  example: boolean;
  /** What the counts are split by; summed over what is not named. */
  by: readonly ('door' | 'cohort' | 'programme')[];
};

/**
 * So many people were observed from the beginning of month `entry` after their arrival to `exit`, and then began paid work,
 * left the town or the country, or were not heard of again. Only what was asked for in `by`; null is not said.
 */
export type FirstWorkHistory = {
  door?: DoorGroup | null;
  /** Half-year of arrival: '2026-1' is January to June. */
  cohort?: string;
  programme?: string | null;
  entry: number;
  exit: number;
  cause: 'work' | 'left' | 'none';
  people: number;
};

export type FirstWork = {
  histories: readonly FirstWorkHistory[];
  /** Worked already when first heard: nobody saw them without work, so they are in no history. */
  workedBefore: number;
  /** Did not say when they arrived, so they have no clock. */
  arrivalNotSaid: number;
  /** Followed people from addresses that sent many; in no other figure here. */
  crowded: number;
};

/**
 * Histories to first paid work, counted; ready for curves with late entry and a competing cause. The pairs of entry and exit are
 * no persons: the first who came is paired with the first who left, which changes no number at risk and so no curve
 * (`pair-histories.ts`). Unrounded counts; what is published of them goes through `publication` first.
 */
export async function firstWork(database: Database, { town, example, by }: FirstWorkQuestion): Promise<FirstWork> {
  const split = (['door', 'cohort', 'programme'] as const).filter((one) => by.includes(one));
  const columns = split.map((one) => `${one}, `).join('');
  const { rows } = await database.read(() =>
    database.pool.query<
      RiskSetStep &
        Record<'worked_before' | 'arrival_not_said' | 'crowded', number> &
        Record<(typeof split)[number], string>
    >(
      `SELECT ${columns}months_since_arrival AS month, ${sums.map((one) => `${sumOf(one, 'NOT crowded')} AS ${one}`).join(', ')},
         ${sumOf('entered + worked_before + arrival_not_said', 'crowded')} AS crowded
       FROM first_work_count WHERE owner_id = $1 AND example = $2
       GROUP BY ${columns}months_since_arrival ORDER BY ${columns}months_since_arrival`,
      [town, example],
    ),
  );

  const histories: FirstWorkHistory[] = [];
  const total = { workedBefore: 0, arrivalNotSaid: 0, crowded: 0 };
  let group: typeof rows = [];
  const finish = (): void => {
    const [first] = group;
    if (first === undefined) return;
    const place = {
      ...(split.includes('door') ? { door: orNull<DoorGroup>(first.door) } : {}),
      ...(split.includes('cohort') ? { cohort: first.cohort } : {}),
      ...(split.includes('programme') ? { programme: first.programme === 'none' ? null : first.programme } : {}),
    };
    for (const pair of pairHistories(group)) histories.push({ ...place, ...pair });
    group = [];
  };
  for (const row of rows) {
    total.workedBefore += row.worked_before;
    total.arrivalNotSaid += row.arrival_not_said;
    total.crowded += row.crowded;
    if (group.length > 0 && split.some((one) => group[0]![one] !== row[one])) finish();
    group.push(row);
  }
  finish();
  return { histories, ...total };
}

function sumOf(what: string, where: string): string {
  return `coalesce(sum(${what}) FILTER (WHERE ${where}), 0)::integer`;
}
