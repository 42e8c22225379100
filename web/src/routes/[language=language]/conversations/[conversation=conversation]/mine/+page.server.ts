import { fail, redirect } from '@sveltejs/kit';
import { placeOf } from '#lib/decisions/place-of.ts';
import { textIn } from '#lib/page/form-text.ts';
import { fromDatabase } from '#lib/server/database.ts';
import { dropKey, keepKey } from '#lib/server/keys/key-cookie.ts';
import { purposeKey } from '#lib/server/keys/purpose-key.ts';
import { parseRecoveryCode } from '#lib/server/keys/recovery-code.ts';
import { today } from '#lib/server/settings.ts';
import { contributorOf, isId, lineOf, talkOf } from '#lib/server/voices.ts';
import { dropJoining, dropOwnVotes, keepOwnVotes, readOwnVotes, voteOn } from '#lib/server/voices-device.ts';
import { statementView } from '#lib/voices/statement-view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { params, locals } = event;
  const talk = await talkOf(params.conversation);
  const contributor = contributorOf(event, params.conversation);
  const own = readOwnVotes(event, params.conversation);
  const found =
    contributor === null
      ? null
      : await fromDatabase(async (store, database) => {
          const who = { conversation: params.conversation, contributor };
          const [me, said, log] = await Promise.all([
            store.participant(database, who),
            store.statementsOf(database, who),
            store.moderationLog(database, params.conversation),
          ]);
          const decided = await Promise.all(
            said.map(async ({ id }) => {
              const decision = await store.decisionAbout(database, params.conversation, id);
              return decision && { decision, stage: store.stageOf(decision, today()) };
            }),
          );
          return { me, said, log, decided };
        });
  return {
    talk: await lineOf(talk.conversation, locals.language),
    sides: talk.conversation.sides,
    me: found?.me ?? null,
    said: (found?.said ?? []).map((statement, at) => {
      const decided = found?.decided[at] ?? null;
      const entries = found?.log.filter((one) => one.statement === statement.id) ?? [];
      const counts = Object.values(
        talk.release?.statements.find((one) => one.statement === statement.id)?.counts ?? {},
      ).filter((one) => one !== null);
      return {
        id: statement.id,
        words: statement.words,
        language: statement.language,
        state: statement.state,
        // Why it was refused, in the words of the moderators who refused it last.
        refusals:
          statement.state === 'refused'
            ? entries
                .filter(
                  ({ verdict, round }) => verdict === 'refuse' && round === Math.max(...entries.map((e) => e.round)),
                )
                .map(({ reason, words, language }) => ({ reason: reason!, words, language }))
            : [],
        mayAppeal: statement.state === 'refused' && entries.every(({ round }) => round === 1),
        votes:
          counts.length === 0
            ? null
            : counts.reduce((sum, one) => ({
                agrees: sum.agrees + one.agrees,
                disagrees: sum.disagrees + one.disagrees,
                passes: sum.passes + one.passes,
              })),
        decision: decided && {
          path: `${placeOf(decided.decision.owner)}/${decided.decision.id}`,
          title: decided.decision.title,
          language: decided.decision.language,
          stage: decided.stage,
          results: decided.decision.results.map(({ id, words }) => ({ id, words })),
        },
      };
    }),
    votes: talk.statements.flatMap((statement) => {
      const vote = voteOn(own, statement.id);
      return vote === null ? [] : [{ statement: statementView(statement, locals.language), vote }];
    }),
    elsewhere: (found?.me?.votedOn.length ?? 0) > Object.keys(own.votes).length,
    left: event.url.searchParams.has('left'),
  };
};

export const actions: Actions = {
  side: async (event) => {
    const { params, locals } = event;
    const side = textIn(await event.request.formData(), 'side');
    const contributor = contributorOf(event, params.conversation);
    if (contributor === null) return fail(409, { problem: 'not-joined' as const });
    const joined = await fromDatabase((store, database) =>
      store.join(database, {
        conversation: params.conversation,
        contributor,
        side: side === '' ? null : side,
        language: locals.language,
        crowded: false,
        on: today(),
      }),
    );
    if (joined === null) return fail(503, { problem: 'database' as const });
    return joined === 'joined' ? { saved: true as const } : fail(409, { problem: 'closed' as const });
  },

  appeal: async (event) => {
    const { params } = event;
    const form = await event.request.formData();
    const statement = textIn(form, 'statement');
    const words = textIn(form, 'words', 1000).trim();
    const contributor = contributorOf(event, params.conversation);
    if (contributor === null) return fail(409, { problem: 'not-joined' as const });
    if (words === '' || !isId(statement)) return fail(400, { appeal: statement });
    const asked = await fromDatabase((store, database) =>
      store.askAgain(database, { conversation: params.conversation, contributor, statement, words, on: today() }),
    );
    return asked === null ? fail(503, { problem: 'database' as const }) : { asked: true as const };
  },

  leave: async (event) => {
    const { params } = event;
    const contributor = contributorOf(event, params.conversation);
    if (contributor === null) return fail(409, { problem: 'not-joined' as const });
    const left = await fromDatabase((store, database) =>
      store.leave(database, { conversation: params.conversation, contributor }),
    );
    if (left === null) return fail(503, { problem: 'database' as const });
    dropOwnVotes(event, params.conversation);
    dropJoining(event);
    redirect(303, `${event.url.pathname}?left`);
  },

  /** The code makes the key again; what was voted elsewhere counts and is not told. */
  restore: async (event) => {
    const { params } = event;
    const typed = textIn(await event.request.formData(), 'code');
    const parsed = parseRecoveryCode(typed);
    if (!parsed.ok) return fail(400, { code: typed });
    const { mine, votes } = readOwnVotes(event, params.conversation);
    dropKey(event, 'voices');
    keepKey(event, 'voices', { key: purposeKey(parsed.code, 'voices'), since: today(), shared: !mine });
    keepOwnVotes(event, params.conversation, { mine, votes });
    redirect(303, event.url.pathname);
  },
};
