import { parseContribution } from '@meedoen/experience';
import { isoDay } from '@meedoen/units';
import { json } from '@sveltejs/kit';
import { tell } from '#lib/check-in/draft.ts';
import { languages } from '#lib/language/languages.ts';
import { admit } from '#lib/server/admit.ts';
import { keepMonths, readCheckIn } from '#lib/server/check-in-cookies.ts';
import { thisMonth } from '#lib/server/check-in.ts';
import { giveContribution } from '#lib/server/contributions.ts';
import { dropKey, keepKey, readKey } from '#lib/server/keys/key-cookie.ts';
import { purposeKey } from '#lib/server/keys/purpose-key.ts';
import { codeOfSeed, inGroups } from '#lib/server/keys/recovery-code.ts';
import { monthly } from '#lib/server/questionnaire.ts';
import { today } from '#lib/server/settings.ts';
import { towns } from '#lib/server/towns.ts';
import { workInBits } from '#lib/server/waiting-ticket.ts';
import type { RequestHandler } from './$types';

/** Far above what a month takes; own words are at most a few thousand letters. */
const largestInBytes = 32 * 1024;

/**
 * A month that waited on a device for internet (static/outbox.js). The id and the seed of the key were made there with it, so
 * that however often it is sent, before or after an answer got lost, it is one contribution.
 *   200 state: kept, already or withdrawn; code: the recovery code when it is new
 *   400 refused: what is wrong, for who writes a client · 429 wait: the ticket to come again with · 503 later
 */
export const POST: RequestHandler = async (event) => {
  const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
    json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
  // Another website cannot send this type without asking first, and a browser says where it comes from.
  const origin = event.request.headers.get('origin');
  if (origin !== null && origin !== event.url.origin) return answer(403, { refused: 'Send this from our own pages.' });

  const sent = await bodyOf(event.request);
  if (sent === null) return answer(400, { refused: 'Send a JSON object with "contribution" and "seed".' });
  const towned = new Set((await towns()).map(({ id }) => id));
  const parsed = parseContribution(sent['contribution'], {
    questionnaires: [await monthly()],
    languages,
    isTown: (code) => towned.has(code),
    today: thisMonth(),
  });
  if (!parsed.ok) return answer(400, { refused: parsed.problem.message });
  const contribution = parsed.value;

  const kept = readKey(event, 'evidence');
  if (kept === 'forged') {
    dropKey(event, 'evidence');
    return answer(409, { refused: 'The key on this device is not one of ours. It was removed; send again.' });
  }
  const code = kept === null ? codeOfSeed(sent['seed']) : null;
  if (kept === null && code === null) return answer(400, { refused: 'Give a seed of 35 digits.' });
  const key = kept?.key ?? purposeKey(code!, 'evidence');

  const text = (name: string) => (typeof sent[name] === 'string' ? sent[name] : '');
  const admitted = admit(event, {
    id: contribution.id,
    ticket: text('ticket'),
    work: text('work'),
    key: kept,
    today: isoDay(today()),
  });
  if (!admitted.now) {
    const { ticket, waitInSeconds } = admitted;
    return answer(429, { ticket, waitInSeconds, bits: workInBits }, { 'retry-after': String(waitInSeconds) });
  }
  const state = await giveContribution(key, contribution, admitted.crowded);
  if (state === null) return answer(503, { later: true }, { 'retry-after': '60' });

  const { me, months } = readCheckIn(event);
  const holder = me?.holder ?? 'mine';
  if (holder === 'mine') {
    keepKey(event, 'evidence', { key, since: kept?.since ?? today(), shared: false });
    if (state !== 'withdrawn') {
      const { id, month, answers, words, followed } = contribution;
      keepMonths(event, tell(months, { id, month, kept: followed ? 'study' : 'month', answers, words }), holder);
    }
  }
  return answer(200, { state, code: code === null ? null : inGroups(code) });
};

async function bodyOf(request: Request): Promise<Record<string, unknown> | null> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) return null;
  try {
    const text = await request.text();
    const read: unknown = text.length > largestInBytes ? null : JSON.parse(text);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
