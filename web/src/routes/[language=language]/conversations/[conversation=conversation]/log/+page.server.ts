import { error } from '@sveltejs/kit';
import { fromDatabase } from '#lib/server/database.ts';
import { dayIn } from '#lib/server/settings.ts';
import { lineOf, talkOf } from '#lib/server/voices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const { conversation } = await talkOf(params.conversation);
  const found = await fromDatabase(async (store, database) => ({
    reasons: store.refusalReasons,
    entries: await store.moderationLog(database, params.conversation),
  }));
  if (found === null) error(503);
  return {
    talk: await lineOf(conversation, locals.language),
    reasons: found.reasons,
    entries: found.entries.map(({ judgedAt, round, verdict, reason, words, language }) => ({
      day: dayIn(judgedAt),
      again: round === 2,
      verdict,
      reason,
      words,
      language,
    })),
  };
};
