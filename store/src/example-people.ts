import { createHash } from 'node:crypto';
import type { ExampleContribution } from '@meedoen/knowledge';
import { firstDayOf, lastDayOf } from '@meedoen/units';
import { contribute, contributeMany, type GivenContribution } from './contributions/contribute.ts';
import { keptId } from './contributions/kept-id.ts';
import { refreshAggregates } from './contributions/refresh-aggregates.ts';
import type { Database } from './database.ts';
import { uuidOf } from './uuid-of.ts';
import { uuidV7 } from './uuid-v7.ts';

/**
 * Keep what the synthetic people gave, and count it. May be repeated: what is there stays, and when all of it is there nothing
 * is read. Gives how many contributions came in.
 *
 * @param edition names the parameters they were drawn from; with another edition the people before are taken out first
 */
export async function loadExamplePeople(
  database: Database,
  contributions: Iterable<ExampleContribution>,
  edition: string,
  now: Date,
): Promise<number> {
  const given = givenBy(contributions, edition);
  // The first one is kept last: when it is there, all are.
  const first = given.next();
  if (first.done || (await isThere(database, first.value))) return 0;
  await removeExamplePeople(database);
  let kept = 0;
  let some: GivenContribution[] = [];
  for (const one of given) {
    some.push(one);
    if (some.length < 500) continue;
    kept += await keep(database, some);
    some = [];
  }
  kept += await keep(database, some);
  kept += (await contribute(database, first.value)) === 'kept' ? 1 : 0;
  await refreshAggregates(database, now);
  return kept;
}

/** Take everything the synthetic people gave out of the database, without a trace. */
export async function removeExamplePeople(database: Database): Promise<void> {
  await database.write(async (transaction) => {
    await transaction
      .deleteFrom('contribution_words')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('contribution')
            .select('contribution.id')
            .whereRef('contribution.owner_id', '=', 'contribution_words.owner_id')
            .whereRef('contribution.id', '=', 'contribution_words.contribution_id')
            .where('contribution.example', '=', true),
        ),
      )
      .execute();
    for (const table of exampleTables) await transaction.deleteFrom(table).where('example', '=', true).execute();
  });
}

const exampleTables = [
  'contribution',
  'member',
  'barrier_report',
  'answer_count',
  'first_work_count',
  'heard_count',
  'barrier_count',
  'board_release',
  'published_table',
] as const;

async function keep(database: Database, some: readonly GivenContribution[]): Promise<number> {
  return (await contributeMany(database, some)).filter((result) => result === 'kept').length;
}

async function isThere(database: Database, { contributor, contribution }: GivenContribution): Promise<boolean> {
  const id = keptId(contributor, contribution.id);
  const found = await database.read((kysely) =>
    kysely
      .selectFrom('contribution')
      .select('id')
      .where('owner_id', '=', contributor)
      .where('id', '=', id)
      .executeTakeFirst(),
  );
  return found !== undefined;
}

/** The ids of an edition are the same at each load. Who is not followed is somebody else each month, as with real people. */
function* givenBy(contributions: Iterable<ExampleContribution>, edition: string): Generator<GivenContribution> {
  for (const { person, contribution } of contributions) {
    const { month, followed } = contribution;
    const whose = followed ? `${person}` : `${person} ${month}`;
    const atStart = firstDayOf(month) * 86_400_000;
    yield {
      contributor: uuidOf(`contributor ${edition} ${whose}`),
      contribution: { ...contribution, id: uuidV7(atStart, hashOf(`contribution ${edition} ${person} ${month}`)) },
      crowded: false,
      receivedOn: lastDayOf(month),
      example: true,
    };
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
