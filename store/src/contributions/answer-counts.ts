import type { DoorGroup } from '@meedoen/experience';
import type { Month } from '@meedoen/units';
import type pg from 'pg';
import type { Database } from '../database.ts';
import { keptMonth, monthKept } from './kept-month.ts';
import { orNull } from './not-said.ts';

/**
 * Count the answers of a month again, of some towns or (null) of all, and of the country. Where somebody sent several
 * contributions for a month, all are kept and the last one counts; in two towns they count in each. Of a closed month only
 * the synthetic people are counted, who are never let go.
 */
export async function countAnswers(
  client: pg.ClientBase,
  month: string,
  towns: readonly string[] | null,
  closed: boolean,
): Promise<void> {
  await client.query(
    `DELETE FROM answer_count WHERE month = $1 AND ($2::text[] IS NULL OR owner_id = ANY ($2) OR owner_id = 'all')
       AND (example OR NOT $3::boolean)`,
    [month, towns, closed],
  );
  await client.query(
    // A place is a row to be; place and code together are one number, because grouping by numbers costs half of grouping by words.
    `WITH last AS MATERIALIZED (
       SELECT *, dense_rank() OVER (ORDER BY town, door, crowded, example) AS place
       FROM (
         SELECT DISTINCT ON (owner_id, town, instrument) town, door, crowded, example, answers
         FROM contribution
         WHERE month = $1 AND ($2::text[] IS NULL OR town = ANY ($2)) AND (example OR NOT $3::boolean)
         ORDER BY owner_id, town, instrument, turn DESC, id
       ) AS one
     ), cell AS (
       SELECT cell, count(*)::integer AS people
       FROM (SELECT (place << 32) | unnest(answers) AS cell FROM last) AS given GROUP BY cell
     ), packed AS (
       SELECT cell >> 32 AS place, array_agg((cell & 2147483647)::integer ORDER BY cell) AS codes, array_agg(people ORDER BY cell) AS counts
       FROM cell GROUP BY 1
     )
     INSERT INTO answer_count (owner_id, month, door, crowded, example, codes, counts)
     SELECT town, $1::date, door, crowded, example, codes, counts
     FROM packed JOIN (SELECT DISTINCT place, town, door, crowded, example FROM last) AS named USING (place)`,
    [month, towns, closed],
  );
  await client.query(
    `INSERT INTO answer_count (owner_id, month, door, crowded, example, codes, counts)
     SELECT 'all', $1::date, door, crowded, example, array_agg(code ORDER BY code), array_agg(people ORDER BY code)
     FROM (
       SELECT door, crowded, example, code, sum(count)::integer AS people
       FROM (
         SELECT door, crowded, example, unnest(codes) AS code, unnest(counts) AS count FROM answer_count
         WHERE month = $1 AND owner_id <> 'all' AND (example OR NOT $2::boolean)
       ) AS one
       GROUP BY door, crowded, example, code
     ) AS cell
     GROUP BY door, crowded, example`,
    [month, closed],
  );
}

export type AnswersQuestion = {
  /** A town as contributions name it, or 'all': the whole country. */
  town: string;
  /** The synthetic people of the example, or the real ones; never both. */
  example: boolean;
  /** First and last month; everything when left out. */
  from?: Month;
  to?: Month;
  /** Only these questions; all when left out. */
  questions?: readonly string[];
  /** What the counts are split by; summed over what is not named. */
  by: readonly ('door' | 'month')[];
};

/** People who gave this value. `crowded`: how many more came from addresses that sent many; whether they are people, nobody knows. */
export type AnswerCount = Split & { question: string; value: string; people: number; crowded: number };

/** People who answered the question at all: the base of a share, also where several values could be chosen. */
export type AnsweredCount = Split & { question: string; people: number; crowded: number };

/** Only what was asked for in `by`; a door of null is not said. */
type Split = { door?: DoorGroup | null; month?: Month };

/**
 * How many people gave which answer. Over several months a person counts once for each month. Unrounded counts, from one on:
 * what is published of them goes through the engine `publication` first.
 */
export async function answers(
  database: Database,
  { town, example, from, to, questions, by }: AnswersQuestion,
): Promise<{ values: readonly AnswerCount[]; answered: readonly AnsweredCount[] }> {
  const split = (['door', 'month'] as const).filter((one) => by.includes(one));
  const columns = split.map((one) => `${one}, `).join('');
  const { rows } = await database.read(() =>
    database.pool.query<{
      door?: string;
      month?: string;
      question: string;
      value: string;
      people: number;
      crowded: number;
    }>(
      `SELECT ${columns}c.question, c.value, people, crowded
       FROM (
         SELECT ${columns}code, coalesce(sum(count) FILTER (WHERE NOT crowded), 0)::integer AS people,
           coalesce(sum(count) FILTER (WHERE crowded), 0)::integer AS crowded
         FROM (
           SELECT ${columns}crowded, unnest(codes) AS code, unnest(counts) AS count FROM answer_count
           WHERE owner_id = $1 AND example = $2 AND month >= $3::date AND month <= $4::date
         ) AS one
         WHERE $5::text[] IS NULL OR code = ANY (ARRAY(SELECT id FROM answer_code WHERE question = ANY ($5)))
         GROUP BY ${columns}code
       ) AS cell JOIN answer_code c ON c.id = code
       ORDER BY c.question, ${columns}c.value`,
      [town, example, from ? keptMonth(from) : '-infinity', to ? keptMonth(to) : 'infinity', questions ?? null],
    ),
  );

  const values: AnswerCount[] = [];
  const answered = new Map<string, AnsweredCount>();
  for (const { door, month, question, value, people, crowded } of rows) {
    const place: Split = {
      ...(door === undefined ? {} : { door: orNull<DoorGroup>(door) }),
      ...(month === undefined ? {} : { month: monthKept(month) }),
    };
    const key = `${question} ${door} ${month}`;
    let base = answered.get(key);
    if (base === undefined) answered.set(key, (base = { ...place, question, people: 0, crowded: 0 }));
    // "+2": so many people named two values besides their first.
    const further = value.startsWith('+') ? -Number(value.slice(1)) : null;
    base.people += people * (further ?? 1);
    base.crowded += crowded * (further ?? 1);
    if (further === null) values.push({ ...place, question, value, people, crowded });
  }
  return { values, answered: [...answered.values()] };
}
