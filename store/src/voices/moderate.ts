import { isoDay, type Day } from '@meedoen/units';
import type { Transaction } from 'kysely';
import { audit } from '../audit/audit.ts';
import type { Database } from '../database.ts';
import type { Doing } from '../staff/doing.ts';
import { scopeOf, streamOf } from '../staff/roles.ts';
import { storableText } from '../storable-text.ts';
import type { Tables } from '../tables.ts';
import type { Participant } from './participants.ts';
import { statementsWhere, type Statement, type StatementState, type Translation } from './statements.ts';

export type ModerationVerdict = 'accept' | 'refuse';

/** Why a statement may be refused; the published policy has a sentence for each. Disagreeing with it is none of them. */
export const refusalReasons = [
  'names-somebody',
  'hurts',
  'not-one-thought',
  'said-already',
  'off-topic',
  'not-true-about-somebody',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export type Judgement = {
  conversation: string;
  statement: string;
  verdict: ModerationVerdict;
  /** With `refuse` only. */
  reason: RefusalReason | null;
  /** What the moderator adds, for the author to read; must be there with a refusal. */
  words: string;
  /** The language of these words. */
  language: string;
  /** Translations that the moderator made or checked along with it. */
  translations?: Readonly<Record<string, { words: string; madeBy: 'person' | 'machine' }>>;
};

/**
 * What came of a judgement. `first`: another moderator looks too. `decided`: two agree. `split`: they do not, a third decides.
 * `already`: this moderator judged it in this round, or in the first one when there was an appeal. `not-waiting`: nothing to judge.
 */
export type Judged = 'first' | 'decided' | 'split' | 'already' | 'not-waiting';

/** Judge a statement. Two pairs of eyes: it changes only when two moderators say the same, after an appeal two others. */
export async function judge(database: Database, judgement: Judgement, by: string, doing: Doing): Promise<Judged> {
  const { conversation, statement, verdict, language } = judgement;
  const words = storableText(judgement.words, 'words');
  if ((verdict === 'refuse') !== (judgement.reason !== null) || (verdict === 'refuse' && words.trim() === ''))
    throw new RangeError('judge: a refusal has a reason and words, an acceptance no reason.');
  const auditId = doing.newId();
  return database.write(async (transaction) => {
    // The row of the statement is the lock: two moderators at the same moment come one after the other.
    const found = await transaction
      .selectFrom('statement')
      .innerJoin('conversation', 'conversation.id', 'statement.owner_id')
      .select(['statement.state', 'statement.example', 'conversation.scope_kind', 'conversation.scope_id'])
      .where('statement.owner_id', '=', conversation)
      .where('statement.id', '=', statement)
      .forUpdate('statement')
      .executeTakeFirst();
    if (found?.state !== 'waiting') return 'not-waiting';
    const { before, round } = await judgedBefore(transaction, conversation, statement);
    if (before.some(({ moderator }) => moderator === by)) return 'already';
    const { example } = found;
    await transaction
      .insertInto('moderation')
      .values({
        owner_id: conversation,
        statement_id: statement,
        round,
        moderator: by,
        verdict,
        reason: judgement.reason,
        words,
        language,
        judged_at: doing.now,
        example,
      })
      .execute();
    const translations = Object.entries(judgement.translations ?? {});
    if (translations.length > 0) {
      await transaction
        .insertInto('statement_translation')
        .values(
          translations.map(([to, translation]) => ({
            owner_id: conversation,
            statement_id: statement,
            language: to,
            words: storableText(translation.words, 'translation'),
            made_by: translation.madeBy,
            reviewed_by: by,
            example,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['owner_id', 'statement_id', 'language']).doUpdateSet(({ ref }) => ({
            words: ref('excluded.words'),
            made_by: ref('excluded.made_by'),
            reviewed_by: by,
          })),
        )
        .execute();
    }
    const now = before.filter((one) => one.round === round);
    const agreed = now.some((one) => one.verdict === verdict);
    if (agreed) {
      await transaction
        .updateTable('statement')
        .set({ state: verdict === 'accept' ? 'accepted' : 'refused' })
        .where('owner_id', '=', conversation)
        .where('id', '=', statement)
        .execute();
    }
    await audit(transaction, {
      id: auditId,
      stream: streamOf(scopeOf(found)),
      at: doing.now,
      staffId: by,
      act: `statement.${verdict}`,
      subject: statement,
      reason: judgement.reason ?? '',
      result: 'done',
      details: { conversation, round },
    });
    return agreed ? 'decided' : now.length > 0 ? 'split' : 'first';
  });
}

async function judgedBefore(transaction: Transaction<Tables>, conversation: string, statement: string) {
  const before = await transaction
    .selectFrom('moderation')
    .select(['moderator', 'round', 'verdict'])
    .where('owner_id', '=', conversation)
    .where('statement_id', '=', statement)
    .execute();
  const asked = await transaction
    .selectFrom('appeal')
    .select('statement_id')
    .where('owner_id', '=', conversation)
    .where('statement_id', '=', statement)
    .executeTakeFirst();
  return { before, round: asked === undefined ? 1 : 2 };
}

/** The author asks two others to look again; once. */
export async function askAgain(
  database: Database,
  asked: Participant & { statement: string; words: string; on: Day },
): Promise<'asked' | 'already' | 'not-refused'> {
  const { conversation, contributor, statement } = asked;
  const words = storableText(asked.words, 'words');
  return database.write(async (transaction) => {
    const found = await transaction
      .selectFrom('statement')
      .select('state')
      .where('owner_id', '=', conversation)
      .where('id', '=', statement)
      .where('author', '=', contributor)
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined) return 'not-refused';
    const kept = await transaction
      .selectFrom('appeal')
      .select('statement_id')
      .where('owner_id', '=', conversation)
      .where('statement_id', '=', statement)
      .executeTakeFirst();
    if (kept !== undefined) return 'already';
    if (found.state !== 'refused') return 'not-refused';
    await transaction
      .insertInto('appeal')
      .values({ owner_id: conversation, statement_id: statement, words, asked_on: isoDay(asked.on) })
      .execute();
    await transaction
      .updateTable('statement')
      .set({ state: 'waiting' })
      .where('owner_id', '=', conversation)
      .where('id', '=', statement)
      .execute();
    return 'asked';
  });
}

/** A judgement as everybody may read it: without the moderator. */
export type ModerationEntry = {
  statement: string;
  round: number;
  verdict: ModerationVerdict;
  reason: RefusalReason | null;
  words: string;
  language: string;
  judgedAt: Date;
  /** What the statement is now. */
  state: StatementState;
};

/** Every judgement in a conversation, the newest first. The words of a refused statement are in none of them. */
export async function moderationLog(database: Database, conversation: string): Promise<readonly ModerationEntry[]> {
  const rows = await database.read((kysely) =>
    kysely
      .selectFrom('moderation')
      .innerJoin('statement', (join) =>
        join
          .onRef('statement.owner_id', '=', 'moderation.owner_id')
          .onRef('statement.id', '=', 'moderation.statement_id'),
      )
      .select([
        'moderation.statement_id',
        'moderation.round',
        'moderation.verdict',
        'moderation.reason',
        'moderation.words',
        'moderation.language',
        'moderation.judged_at',
        'statement.state',
      ])
      .where('moderation.owner_id', '=', conversation)
      .orderBy('moderation.judged_at', 'desc')
      .execute(),
  );
  return rows.map(({ statement_id, judged_at, reason, ...row }) => ({
    ...row,
    statement: statement_id,
    reason: reason as RefusalReason | null,
    judgedAt: judged_at,
  }));
}

/** A statement that waits, for one moderator: who wrote it is not told, what an earlier moderator thought neither. */
export type ToJudge = {
  statement: Statement;
  translations: Readonly<Record<string, Translation>>;
  /** What the author said when they asked again; null in the first round. */
  appeal: string | null;
  /** Did others look already, and is it this moderator's turn? */
  judgements: number;
  mine: boolean;
};

/** What waits in a conversation, the oldest first. */
export async function toJudge(database: Database, conversation: string, by: string): Promise<readonly ToJudge[]> {
  const waiting = await statementsWhere(database, conversation, { state: 'waiting' });
  return database.read(async (kysely) => {
    const judged = await kysely
      .selectFrom('moderation')
      .select(['statement_id', 'moderator', 'round'])
      .where('owner_id', '=', conversation)
      .execute();
    const appeals = await kysely.selectFrom('appeal').selectAll().where('owner_id', '=', conversation).execute();
    return waiting.map((statement) => {
      const appeal = appeals.find(({ statement_id }) => statement_id === statement.id)?.words ?? null;
      const round = appeal === null ? 1 : 2;
      const of = judged.filter(({ statement_id }) => statement_id === statement.id);
      return {
        statement,
        translations: statement.translations,
        appeal,
        judgements: of.filter((one) => one.round === round).length,
        mine: !of.some(({ moderator }) => moderator === by),
      };
    });
  });
}
