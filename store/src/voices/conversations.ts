import { isoDay, type Day } from '@meedoen/units';
import type { Selectable } from 'kysely';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import type { DecisionForm } from '../decisions/decide.ts';
import type { Doing } from '../staff/doing.ts';
import { scopeColumns, scopeOf, streamOf, type Scope } from '../staff/roles.ts';
import { storableText } from '../storable-text.ts';
import type { Tables } from '../tables.ts';

/** How many people live in each category, to see who is missing; with where the figures come from. */
export type KnownPopulation = {
  about: 'side' | 'language';
  source: string;
  counts: Readonly<Record<string, number>>;
};

/** A conversation in which people vote on each other's statements (nl: gesprek). */
export type Conversation = {
  id: string;
  /** Whose conversation it is, and who owes the answers. */
  where: Scope;
  /** The language in which title and question were written; `translations` has them in others. */
  language: string;
  title: string;
  question: string;
  translations: Readonly<Record<string, { title: string; question: string }>>;
  /** The sides people can name, between which bridges are looked for. */
  sides: readonly string[];
  /** Fewer people than this are never shown. */
  fewest: number;
  /** From this bridge on (0 to 1) the owner owes an answer. */
  bridgeFrom: number;
  /** How far the word of the participants goes, and in words. */
  form: DecisionForm;
  mandate: string;
  answerInWeeks: number;
  population: readonly KnownPopulation[];
  opensOn: string;
  closesOn: string;
  example: boolean;
};

/** Begin a conversation. The same id is kept once. `by` is null for who runs the server, who loads the example. */
export async function openConversation(
  database: Database,
  conversation: Conversation,
  by: string | null,
  doing: Doing,
): Promise<void> {
  const { id, where } = conversation;
  const auditId = doing.newId();
  await database.write(async (transaction) => {
    await transaction
      .insertInto('conversation')
      .values(rowOf(conversation))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await audit(transaction, {
      id: auditId,
      stream: streamOf(where),
      at: doing.now,
      staffId: by,
      act: 'conversation.open',
      subject: id,
      reason: conversation.mandate,
      result: 'done',
      details: { opens: conversation.opensOn, closes: conversation.closesOn },
    });
  });
}

/** One conversation; null when there is none. */
export async function conversation(database: Database, id: string): Promise<Conversation | null> {
  const row = await database.read((kysely) =>
    kysely.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  return row ? conversationOf(row) : null;
}

/** All conversations, those that close last first. */
export async function conversations(database: Database): Promise<readonly Conversation[]> {
  const rows = await database.read((kysely) =>
    kysely.selectFrom('conversation').selectAll().orderBy('closes_on', 'desc').orderBy('id').execute(),
  );
  return rows.map(conversationOf);
}

/** Can people join, speak and vote on this day? */
export function isOpen({ opensOn, closesOn }: Pick<Conversation, 'opensOn' | 'closesOn'>, on: Day): boolean {
  return opensOn <= isoDay(on) && isoDay(on) <= closesOn;
}

export function rowOf(one: Conversation) {
  const { id, where, language, sides, fewest, form, example } = one;
  return {
    id,
    ...scopeColumns(where),
    language,
    title: storableText(one.title, 'title'),
    question: storableText(one.question, 'question'),
    translations: JSON.stringify(one.translations),
    sides: [...sides],
    fewest,
    bridge_from: one.bridgeFrom,
    form,
    mandate: storableText(one.mandate, 'mandate'),
    answer_in_weeks: one.answerInWeeks,
    population: JSON.stringify(one.population),
    opens_on: one.opensOn,
    closes_on: one.closesOn,
    example,
  };
}

function conversationOf(row: Selectable<Tables['conversation']>): Conversation {
  return {
    id: row.id,
    where: scopeOf(row),
    language: row.language,
    title: row.title,
    question: row.question,
    translations: row.translations as Conversation['translations'],
    sides: row.sides,
    fewest: row.fewest,
    bridgeFrom: row.bridge_from,
    form: row.form,
    mandate: row.mandate,
    answerInWeeks: row.answer_in_weeks,
    population: row.population,
    opensOn: row.opens_on,
    closesOn: row.closes_on,
    example: row.example,
  };
}
