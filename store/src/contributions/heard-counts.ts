import type { AgeBand, DoorGroup, Gender } from '@meedoen/experience';
import type pg from 'pg';
import type { Database } from '../database.ts';
import { orNull } from './not-said.ts';

const dimensions = 'door, language, age_band, gender, crowded, example';

/** Count who was heard in a year again, of some towns or (null) of all, and of the country. */
export async function countHeard(
  client: pg.ClientBase,
  year: number,
  towns: readonly string[] | null,
  closed: boolean,
): Promise<void> {
  await client.query(
    `DELETE FROM heard_count WHERE year = $1::integer AND ($2::text[] IS NULL OR owner_id = ANY ($2) OR owner_id = 'all')
       AND (example OR NOT $3::boolean)`,
    [year, towns, closed],
  );
  await client.query(
    `INSERT INTO heard_count (owner_id, year, ${dimensions}, contributors, contributions)
     SELECT town, $1::integer, ${dimensions}, count(*), sum(contributions)
     FROM (
       SELECT owner_id, town, ${dimensions}, count(*) AS contributions FROM contribution
       WHERE month >= make_date($1::integer, 1, 1) AND month <= make_date($1::integer, 12, 1) AND ($2::text[] IS NULL OR town = ANY ($2))
         AND (example OR NOT $3::boolean)
       GROUP BY owner_id, town, ${dimensions}
     ) AS contributor
     GROUP BY town, ${dimensions}`,
    [year, towns, closed],
  );
  await client.query(
    `INSERT INTO heard_count (owner_id, year, ${dimensions}, contributors, contributions)
     SELECT 'all', $1::integer, ${dimensions}, sum(contributors), sum(contributions) FROM heard_count
     WHERE year = $1::integer AND owner_id <> 'all' AND (example OR NOT $2::boolean) GROUP BY ${dimensions}`,
    [year, closed],
  );
}

/** Who was heard; null is not said. */
export type HeardCount = {
  language: string;
  door: DoorGroup | null;
  ageBand: AgeBand | null;
  gender: Gender | null;
  /** People, at most: who is not followed over time counts once for each month, and who changed a group once in each. */
  contributors: number;
  /** Check-ins. */
  contributions: number;
  /** Contributors from addresses that sent many; not among `contributors`. */
  crowded: number;
};

/**
 * Who was heard in a calendar year, of a town or of 'all'. Unrounded counts; what is published of them goes through the engine
 * `publication` first.
 */
export async function heard(
  database: Database,
  { town, example, year }: { town: string; example: boolean; year: number },
): Promise<readonly HeardCount[]> {
  const rows = await database.read((kysely) =>
    kysely
      .selectFrom('heard_count')
      .select(['language', 'door', 'age_band', 'gender', 'crowded', 'contributors', 'contributions'])
      .where('owner_id', '=', town)
      .where('example', '=', example)
      .where('year', '=', year)
      .orderBy('language')
      .orderBy('door')
      .orderBy('age_band')
      .orderBy('gender')
      .execute(),
  );
  const found = new Map<string, HeardCount>();
  for (const { language, door, age_band, gender, crowded, contributors, contributions } of rows) {
    const key = `${language} ${door} ${age_band} ${gender}`;
    const one = found.get(key) ?? {
      language,
      door: orNull<DoorGroup>(door),
      ageBand: orNull<AgeBand>(age_band),
      gender: orNull<Gender>(gender),
      contributors: 0,
      contributions: 0,
      crowded: 0,
    };
    if (crowded) one.crowded += contributors;
    else {
      one.contributors += contributors;
      one.contributions += contributions;
    }
    found.set(key, one);
  }
  return [...found.values()];
}
