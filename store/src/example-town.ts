import { createHash } from 'node:crypto';
import type { ExampleTown } from '@meedoen/knowledge';
import { isoDay } from '@meedoen/units';
import type { Insertable, Transaction } from 'kysely';
import type { Database } from './database.ts';
import { StoreRefusal } from './refusal.ts';
import { storableText } from './storable-text.ts';
import type { Tables } from './tables.ts';
import { timeOfUuidV7, uuidV7 } from './uuid-v7.ts';

/** How many of each there are afterwards (loading) or were taken out (removing). */
export type LoadReport = { organizations: number; services: number; locations: number };

/** Put the example town into the database, in place of any example that is there. May be repeated. */
export async function loadExampleTown(database: Database, town: ExampleTown): Promise<LoadReport> {
  const rows = rowsOf(town);
  for (const [table, some] of Object.entries(rows)) {
    for (const row of some) {
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'string') storableText(value, `${table}.${column}`);
    }
  }
  await database.write(async (transaction) => {
    await oneAtATime(transaction);
    await removeExamples(transaction);
    for (const table of parentsFirst) {
      const some = rows[table];
      if (some.length === 0) continue;
      // The types of table and rows go together, row by row of `rowsOf`; TypeScript cannot follow the loop.
      const insert = transaction.insertInto(table).values(some as never);
      await (table === 'topic' ? insert.onConflict((conflict) => conflict.doNothing()) : insert).execute();
    }
  });
  return { organizations: town.organizations.length, services: town.services.length, locations: town.locations.length };
}

/** Take every record marked as example out of the database. */
export async function removeExampleTown(database: Database): Promise<LoadReport> {
  try {
    return await database.write(async (transaction) => {
      await oneAtATime(transaction);
      return removeExamples(transaction);
    });
  } catch (problem) {
    if ((problem as { code?: string }).code !== '23503') throw problem;
    const { table } = problem as { table?: string };
    throw new StoreRefusal(
      'setting_refused',
      `A real record${table === undefined ? '' : ` in ${table}`} refers to the example town. Let it refer to a real one first.`,
      { cause: problem },
    );
  }
}

const parentsFirst = [
  'topic',
  'organization',
  'location',
  'address',
  'phone',
  'service',
  'service_topic',
  'language',
  'cost_option',
  'service_at_location',
  'schedule',
] as const satisfies readonly (keyof Tables)[];

type Rows = { [Table in (typeof parentsFirst)[number]]: Insertable<Tables[Table]>[] };

/** Several processes may load at their start: the second waits for the first. */
async function oneAtATime(transaction: Transaction<Tables>): Promise<void> {
  await transaction.selectFrom('schema_lock').select('id').where('id', '=', 1).forUpdate().execute();
}

async function removeExamples(transaction: Transaction<Tables>): Promise<LoadReport> {
  const removed: Record<string, number> = {};
  for (const table of [...parentsFirst].reverse()) {
    if (table === 'topic') continue;
    const done = await transaction.deleteFrom(table).where('example', '=', true).executeTakeFirst();
    removed[table] = Number(done.numDeletedRows);
  }
  return { organizations: removed['organization']!, services: removed['service']!, locations: removed['location']! };
}

function rowsOf(town: ExampleTown): Rows {
  const checked_on = isoDay(town.checkedOn);
  const example = true;
  const topics = new Set(town.services.flatMap((service) => service.topics));
  return {
    topic: [...topics].map((id) => ({ id })),
    organization: town.organizations.map((one) => ({
      id: one.id,
      name: one.name,
      description: one.description,
      email: one.email,
      website: one.website,
      translations: JSON.stringify(one.translations),
      checked_on,
      example,
    })),
    location: town.locations.map((one) => ({
      id: one.id,
      organization_id: one.organization_id,
      location_type: one.location_type,
      name: one.name,
      description: one.description,
      translations: JSON.stringify(one.translations),
      checked_on,
      example,
    })),
    address: town.addresses.map((one) => ({ ...one, example })),
    phone: town.phones.map((one) => ({ ...one, example })),
    service: town.services.map((one) => ({
      id: one.id,
      organization_id: one.organization_id,
      name: one.name,
      description: one.description,
      status: one.status,
      eligibility_description: one.eligibility_description,
      application_process: one.application_process,
      translations: JSON.stringify(one.translations),
      checked_on,
      example,
    })),
    service_topic: town.services.flatMap((service) =>
      service.topics.map((topic_id) => ({
        id: idOfPair(service.id, topic_id),
        service_id: service.id,
        topic_id,
        example,
      })),
    ),
    language: town.languages.map((one) => ({ ...one, example })),
    cost_option: town.costOptions.map((one) => ({
      ...one,
      amount: one.amount === null ? null : String(one.amount),
      example,
    })),
    service_at_location: town.serviceAtLocations.map((one) => ({ ...one, example })),
    schedule: town.schedules.map((one) => ({ ...one, example })),
  };
}

/** The same pair has the same id each time it is loaded. */
function idOfPair(service: string, topic: string): string {
  return uuidV7(timeOfUuidV7(service), createHash('sha256').update(`${service} ${topic}`).digest().subarray(0, 10));
}
