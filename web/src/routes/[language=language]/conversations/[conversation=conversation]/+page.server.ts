import { randomBytes } from 'node:crypto';
import { isoDay } from '@meedoen/units';
import { fail, redirect } from '@sveltejs/kit';
import { textIn } from '#lib/page/form-text.ts';
import { admit } from '#lib/server/admit.ts';
import { fromDatabase } from '#lib/server/database.ts';
import { dropKey, keepKey, readKey } from '#lib/server/keys/key-cookie.ts';
import { purposeKey } from '#lib/server/keys/purpose-key.ts';
import { inGroups, newRecoveryCode } from '#lib/server/keys/recovery-code.ts';
import { today } from '#lib/server/settings.ts';
import {
  chanceOf,
  contributorIn,
  contributorOf,
  isId,
  lineOf,
  nextCard,
  talkOf,
  voteFrom,
} from '#lib/server/voices.ts';
import {
  dropJoining,
  keepJoining,
  keepOwnVotes,
  readJoining,
  readOwnVotes,
  voteOn,
  withVote,
} from '#lib/server/voices-device.ts';
import { workInBits } from '#lib/server/waiting-ticket.ts';
import { statementView } from '#lib/voices/statement-view.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { params, locals, url } = event;
  const talk = await talkOf(params.conversation);
  const contributor = contributorOf(event, params.conversation);
  const me =
    contributor === null
      ? null
      : await fromDatabase(async (store, database) => ({
          found: await store.participant(database, { conversation: params.conversation, contributor }),
        }));
  const taking = me?.found ?? null;
  const line = await lineOf(talk.conversation, locals.language);
  const code = readJoining(event);
  if (taking === null && line.open && code === null && contributor === null)
    keepJoining(event, newRecoveryCode(randomBytes));

  const asked = url.searchParams.get('statement');
  const chosen = asked === null ? undefined : talk.statements.find(({ id }) => id === asked);
  const next =
    taking === null || contributor === null || !line.open ? null : nextCard(talk, { contributor, ...taking });
  const shown = chosen ?? next?.statement ?? null;
  return {
    talk: line,
    mandate: talk.conversation.mandate,
    mandateLanguage: talk.conversation.language,
    sides: talk.conversation.sides,
    taking: taking !== null,
    down: contributor !== null && me === null,
    code: taking !== null && code !== null ? inGroups(code) : null,
    card:
      shown === null || taking === null
        ? null
        : {
            statement: statementView(shown, locals.language),
            card: chosen === undefined ? (next?.card ?? '') : '',
            earlier: voteOn(readOwnVotes(event, params.conversation), shown.id),
          },
    done: talk.statements.filter(({ id }) => taking?.votedOn.includes(id)).length,
    all: talk.statements.length,
    workInBits,
  };
};

export const actions: Actions = {
  join: async (event) => {
    const { params, locals } = event;
    const form = await event.request.formData();
    const side = textIn(form, 'side');
    const holder = textIn(form, 'holder');
    const typed = { side, holder };
    const { conversation } = await talkOf(params.conversation);
    if (!['', ...conversation.sides].includes(side) || !['mine', 'shared'].includes(holder))
      return fail(400, { joining: typed, problem: 'side' as const });

    const kept = readKey(event, 'voices');
    if (kept === 'forged') {
      dropKey(event, 'voices');
      return fail(409, { joining: typed, problem: 'key' as const });
    }
    // The code was made with the form: sent twice, it is one person.
    const code = readJoining(event);
    const key = kept?.key ?? (code === null ? null : purposeKey(code, 'voices'));
    if (key === null) return fail(409, { joining: typed, problem: 'cookies' as const });
    const contributor = contributorIn(params.conversation, key);
    const admitted = admit(event, {
      id: contributor,
      ticket: textIn(form, 'ticket'),
      work: textIn(form, 'work'),
      key: kept,
      today: isoDay(today()),
    });
    if (!admitted.now) {
      event.setHeaders({ 'retry-after': String(admitted.waitInSeconds) });
      return fail(429, {
        joining: typed,
        wait: { id: contributor, ticket: admitted.ticket, seconds: admitted.waitInSeconds },
      });
    }
    const joined = await fromDatabase((store, database) =>
      store.join(database, {
        conversation: params.conversation,
        contributor,
        side: side === '' ? null : side,
        language: locals.language,
        crowded: admitted.crowded,
        on: today(),
      }),
    );
    if (joined === null) return fail(503, { joining: typed, problem: 'database' as const });
    if (joined !== 'joined')
      return fail(409, { joining: typed, problem: joined === 'closed' ? ('closed' as const) : ('side' as const) });
    const shared = holder !== 'mine';
    keepKey(event, 'voices', { key, since: kept?.since ?? today(), shared });
    const { votes } = readOwnVotes(event, params.conversation);
    keepOwnVotes(event, params.conversation, { mine: !shared, votes });
    redirect(303, event.url.pathname);
  },

  /** The code was written down: from now on nobody has it but the person. */
  written: (event) => {
    dropJoining(event);
    redirect(303, event.url.pathname);
  },

  vote: async (event) => {
    const { params } = event;
    const form = await event.request.formData();
    const statement = textIn(form, 'statement');
    const vote = voteFrom(textIn(form, 'vote'));
    if (vote === null) return fail(400, { voting: 'choice' as const });
    const contributor = contributorOf(event, params.conversation);
    if (contributor === null) return fail(409, { voting: 'not-joined' as const });
    if (!isId(statement)) return fail(400, { voting: 'unknown-statement' as const });
    const cast = await fromDatabase((store, database) =>
      store.castVote(database, {
        conversation: params.conversation,
        contributor,
        statement,
        vote,
        shownChance: chanceOf(textIn(form, 'card'), contributor, statement),
        on: today(),
      }),
    );
    if (cast === null) {
      event.setHeaders({ 'retry-after': '60' });
      return fail(503, { voting: 'database' as const });
    }
    if (cast !== 'kept') return fail(409, { voting: cast });
    keepOwnVotes(event, params.conversation, withVote(readOwnVotes(event, params.conversation), statement, vote));
    redirect(303, event.url.pathname);
  },
};
