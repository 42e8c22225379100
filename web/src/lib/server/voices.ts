import { randomBytes } from 'node:crypto';
import { error, type RequestEvent } from '@sveltejs/kit';
import type { Conversation, Statement } from '@meedoen/store';
import { chance } from '@meedoen/numbers';
import { parseDay, type Day } from '@meedoen/units';
import {
  equalVoice,
  nextStatement,
  priorityOfNew,
  type ConversationRelease,
  type ReleasedCounts,
  type Vote,
} from '@meedoen/voices';
import type { Language } from '#lib/language/languages.ts';
import { fromDatabase } from './database.ts';
import { placeName } from './decisions.ts';
import { readKey } from './keys/key-cookie.ts';
import { contributorHere } from './keys/purpose-secret.ts';
import type { PurposeKey } from './keys/purpose-key.ts';
import { secret } from './secret.ts';
import { today } from './settings.ts';
import { readSigned, sign } from './signed.ts';

/** A conversation with what people can vote on and what it shows; read at most once in so many milliseconds. */
export type Talk = {
  conversation: Conversation;
  statements: readonly Statement[];
  release: ConversationRelease | null;
};
const freshFor = 1500;
const read = new Map<string, { at: number; talk: Promise<Talk | null | 'absent'> }>();

async function readTalk(id: string): Promise<Talk | null | 'absent'> {
  const found = await fromDatabase(async (store, database) => {
    const conversation = await store.conversation(database, id);
    if (conversation === null) return 'absent' as const;
    const [statements, release] = await Promise.all([
      store.acceptedStatements(database, id),
      store.releaseOf(database, id),
    ]);
    return { conversation, statements, release };
  });
  return found;
}

/** The conversation of the address; 404 when there is none, 503 when the database does not answer. */
export async function talkOf(id: string): Promise<Talk> {
  const now = Date.now();
  const known = read.get(id);
  const talk = known !== undefined && now - known.at < freshFor ? known.talk : readTalk(id);
  if (talk !== known?.talk) {
    if (read.size > 200) read.clear();
    read.set(id, { at: now, talk });
  }
  const found = await talk;
  if (found === null) {
    read.delete(id);
    error(503);
  }
  if (found === 'absent') error(404);
  return found;
}

export type TalkLine = {
  id: string;
  title: string;
  question: string;
  /** The language title and question stand in: that of the reader, or of who asked. */
  language: string;
  place: string;
  opensOn: Day;
  closesOn: Day;
  open: boolean;
  /** Is it still to begin? */
  begins: boolean;
  example: boolean;
};

/** A conversation as lists and headings show it. */
export async function lineOf(conversation: Conversation, language: Language): Promise<TalkLine> {
  const { id, where, opensOn, closesOn, example, translations } = conversation;
  const own = conversation.language === language ? undefined : translations[language];
  return {
    id,
    title: own?.title ?? conversation.title,
    question: own?.question ?? conversation.question,
    language: own ? language : conversation.language,
    place: await placeName(where.kind === 'platform' ? 'platform' : `${where.kind}:${where.id}`),
    opensOn: dayOf(opensOn),
    closesOn: dayOf(closesOn),
    open: dayOf(opensOn) <= today() && today() <= dayOf(closesOn),
    begins: today() < dayOf(opensOn),
    example,
  };
}

/** Somebody's id in a conversation, made of their key for this purpose; null without a key. */
export function contributorOf(event: Pick<RequestEvent, 'cookies'>, conversation: string): string | null {
  const kept = readKey(event, 'voices');
  return kept === null || kept === 'forged' ? null : contributorIn(conversation, kept.key);
}

export function contributorIn(conversation: string, key: PurposeKey<'voices'>): string {
  return contributorHere('voices', key, `conversation:${conversation}`);
}

/** What a card was shown with; it comes back with the vote, so nobody chooses their own chance. */
type ShownCard = { who: string; statement: string; chance: number };

/** The next statement for somebody, by equal voice; null when they voted on all. `card` goes into the form. */
export function nextCard(
  { statements, release }: Talk,
  who: { contributor: string; side: string | null; votedOn: readonly string[] },
): { statement: Statement; card: string } | null {
  const done = new Set(who.votedOn);
  const open = statements.filter(({ id }) => !done.has(id));
  const shown = nextStatement(
    open.map(({ id, side }) => {
      const counts = release?.statements.find(({ statement }) => statement === id)?.counts ?? {};
      return {
        statement: id,
        priority: release?.map?.priorities[id] ?? priorityOfNew,
        from: side,
        votesOfOwnSide: seenIn(who.side === null ? null : (counts[who.side] ?? null)),
      };
    }),
    equalVoice,
    chance(randomBytes(8).readBigUInt64LE()),
  );
  if (shown === null) return null;
  const statement = open.find(({ id }) => id === shown.statement)!;
  const card: ShownCard = { who: who.contributor, statement: statement.id, chance: shown.chance };
  return { statement, card: sign('shown', card, secret) };
}

/** The chance with which this person was shown this statement; null when they went to it themselves. */
export function chanceOf(card: string, who: string, statement: string): number | null {
  const signed = card.length <= 500 ? readSigned('shown', card, secret) : null;
  const shown = signed?.value as ShownCard | undefined;
  return shown?.who === who && shown.statement === statement ? shown.chance : null;
}

function seenIn(counts: ReleasedCounts | null): number {
  return counts === null ? 0 : counts.agrees + counts.disagrees + counts.passes;
}

/** Is this an id at all? What is none never reaches the database. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

export function voteFrom(text: string): Vote | null {
  return text === 'agree' ? 1 : text === 'pass' ? 0 : text === 'disagree' ? -1 : null;
}

export function dayOf(iso: string): Day {
  const parsed = parseDay(iso);
  if (!parsed.ok) throw new RangeError(`The database holds a day that is none: ${iso}`);
  return parsed.value;
}
