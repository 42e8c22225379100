import type { Board } from '@meedoen/board';
import type { DisclosureReport, ReleaseLedger } from '@meedoen/publication';
import { isoDay, type Day } from '@meedoen/units';
import type { Database } from '../database.ts';

export type WhoseBoard = { town: string; example: boolean };

/** The board of a town as it was released last; `null` when none ever was. One row, however many people there are. */
export async function boardOf(database: Database, { town, example }: WhoseBoard): Promise<Board | null> {
  const row = await database.read((kysely) =>
    kysely
      .selectFrom('board_release')
      .select('board')
      .where('owner_id', '=', town)
      .where('example', '=', example)
      .orderBy('released_on', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
  return row?.board ?? null;
}

/** A board as it was released on a day; `null` when there was no release then. */
export async function boardAt(
  database: Database,
  { town, example }: WhoseBoard,
  releasedOn: Day,
): Promise<{ board: Board; reports: readonly DisclosureReport[]; withheld: readonly { table: string }[] } | null> {
  const row = await database.read((kysely) =>
    kysely
      .selectFrom('board_release')
      .select(['board', 'reports', 'withheld'])
      .where('owner_id', '=', town)
      .where('example', '=', example)
      .where('released_on', '=', isoDay(releasedOn))
      .executeTakeFirst(),
  );
  return row ?? null;
}

/** Which towns have a board, and when it was released last. */
export async function boardTowns(database: Database): Promise<readonly (WhoseBoard & { releasedOn: string })[]> {
  return database.read((kysely) =>
    kysely
      .selectFrom('board_release')
      .select(({ fn }) => ['owner_id as town', 'example', fn.max('released_on').as('releasedOn')])
      .groupBy(['owner_id', 'example'])
      .orderBy('owner_id')
      .orderBy('example')
      .execute(),
  );
}

/** What was decided about each table that was ever published of a town, release by release. */
export async function boardReports(
  database: Database,
  { town, example }: WhoseBoard,
): Promise<
  readonly { releasedOn: string; reports: readonly DisclosureReport[]; withheld: readonly { table: string }[] }[]
> {
  return database.read((kysely) =>
    kysely
      .selectFrom('board_release')
      .select(['released_on as releasedOn', 'reports', 'withheld'])
      .where('owner_id', '=', town)
      .where('example', '=', example)
      .orderBy('released_on')
      .execute(),
  );
}

/** Every table that was ever published of a town, sealed; whoever reads it learns nothing new. */
export async function ledgerOf(database: Database, { town, example }: WhoseBoard): Promise<ReleaseLedger> {
  const rows = await database.read((kysely) =>
    kysely
      .selectFrom('published_table')
      .select('entry')
      .where('owner_id', '=', town)
      .where('example', '=', example)
      .orderBy('position')
      .execute(),
  );
  return { version: 1, releases: rows.map(({ entry }) => entry) };
}
