import type { ExampleConversation } from '@meedoen/knowledge';
import { isoDay, type Day } from '@meedoen/units';
import type { Transaction } from 'kysely';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { uuidOf } from '../uuid-of.ts';
import { rowOf } from './conversations.ts';
import { releaseConversation } from './release-conversation.ts';

/**
 * Keep the example conversation, every row marked, in place of an earlier one with another id. May be repeated: what is there
 * stays, with the votes that visitors gave in it. False when it was there.
 */
export async function loadExampleConversation(
  database: Database,
  example: ExampleConversation,
  on: Day,
): Promise<boolean> {
  const { id } = example;
  const loaded = await database.write(async (transaction) => {
    await transaction.selectFrom('schema_lock').select('id').where('id', '=', 1).forUpdate().execute();
    const there = await transaction.selectFrom('conversation').select('id').where('id', '=', id).executeTakeFirst();
    if (there !== undefined) return false;
    await removeAll(transaction);
    await insert(transaction, example);
    return true;
  });
  if (loaded) await releaseConversation(database, id, on);
  return loaded;
}

/** Take every conversation marked as example out of the database, also what visitors said in it. */
export async function removeExampleConversation(database: Database): Promise<void> {
  await database.write(removeAll);
}

async function removeAll(transaction: Transaction<Tables>): Promise<void> {
  await transaction
    .deleteFrom('appeal')
    .where('owner_id', 'in', (eb) => eb.selectFrom('conversation').select('id').where('example', '=', true))
    .execute();
  for (const table of exampleTables) await transaction.deleteFrom(table).where('example', '=', true).execute();
}

/** Those that refer before those they refer to. */
const exampleTables = [
  'answer_owed',
  'conversation_release',
  'moderation',
  'vote',
  'statement_translation',
  'statement',
  'participant',
  'conversation',
] as const;

async function insert(transaction: Transaction<Tables>, given: ExampleConversation): Promise<void> {
  const owner_id = given.id;
  const example = true;
  const on = isoDay(given.opensOn);
  const who = (person: number): string => uuidOf(`example participant ${owner_id} ${person}`);
  await transaction
    .insertInto('conversation')
    .values(
      rowOf({
        id: owner_id,
        where: { kind: 'municipality', id: given.town },
        language: given.language,
        title: given.title,
        question: given.question,
        translations: given.translations,
        sides: ['newcomer', 'neighbour'],
        fewest: 10,
        bridgeFrom: 0.5,
        form: 'advise',
        mandate: given.mandate,
        answerInWeeks: given.answerInWeeks,
        population: [{ about: 'side', source: 'example, made up', counts: given.population }],
        opensOn: on,
        closesOn: isoDay(given.closesOn),
        example,
      }),
    )
    .execute();
  await transaction
    .insertInto('participant')
    .values(
      given.people.map(({ side, language }, person) => ({
        owner_id,
        contributor: who(person),
        side,
        language,
        crowded: false,
        joined_on: on,
        example,
      })),
    )
    .execute();
  await transaction
    .insertInto('statement')
    .values(
      given.statements.map(({ id, side, language, words }) => ({
        owner_id,
        id,
        author: null,
        side,
        language,
        words,
        state: 'accepted' as const,
        said_on: on,
        example,
      })),
    )
    .execute();
  await transaction
    .insertInto('statement_translation')
    .values(
      given.statements.flatMap(({ id, translations }) =>
        Object.entries(translations).map(([language, words]) => ({
          owner_id,
          statement_id: id,
          language,
          words,
          made_by: 'machine' as const,
          reviewed_by: null,
          example,
        })),
      ),
    )
    .execute();
  await transaction
    .insertInto('vote')
    .values(
      given.votes.map(({ person, statement, vote }) => ({
        owner_id,
        contributor: who(person),
        statement_id: given.statements[statement]!.id,
        value: vote,
        shown_by: 'chosen' as const,
        shown_chance: null,
        voted_on: on,
        example,
      })),
    )
    .execute();
}
