import { day, type Day } from '@meedoen/units';
import type { Vote } from '@meedoen/voices';
import type { Database } from '../database.ts';
import type { Doing } from '../staff/doing.ts';
import { openConversation, type Conversation } from './conversations.ts';
import { judge } from './moderate.ts';
import { join } from './participants.ts';
import { say } from './statements.ts';
import { castVote } from './vote.ts';

export const talk = '0198a1b2-0000-7000-8000-00000000000a';
export const today: Day = day('2026-11-23');
/** Two moderators. */
export const [anna, bilal, chloe, david] = [1, 2, 3, 4].map((n) => `0198a1b2-0000-7000-8000-00000000010${n}`) as [
  string,
  string,
  string,
  string,
];

let made = 0;
export function doing(): Doing {
  return {
    now: new Date('2026-11-23T10:00:00Z'),
    newId: () => `0198a1b2-0001-7000-8000-${String(++made).padStart(12, '0')}`,
  };
}

/** Somebody's id in a conversation, as the web makes it of their key. */
export const somebody = (n: number): string => `aaaaaaaa-0000-8000-8000-${String(n).padStart(12, '0')}`;
export const statementId = (n: number): string => `0198a1b2-0002-7000-8000-${String(n).padStart(12, '0')}`;

export const conversationForTests: Conversation = {
  id: talk,
  where: { kind: 'municipality', id: 'GM0344' },
  language: 'nl',
  title: 'De keuken',
  question: 'Hoe koken we samen?',
  translations: { ar: { title: 'المطبخ', question: 'كيف نطبخ معًا؟' } },
  sides: ['newcomer', 'neighbour'],
  fewest: 8,
  bridgeFrom: 0.5,
  form: 'advise',
  mandate: 'Het team legt elk advies voor aan het college.',
  answerInWeeks: 6,
  population: [],
  opensOn: '2026-11-01',
  closesOn: '2026-12-01',
  example: false,
};

export async function openForTests(database: Database, changed: Partial<Conversation> = {}): Promise<void> {
  await openConversation(database, { ...conversationForTests, ...changed }, anna, doing());
}

export async function joinForTests(database: Database, n: number, side: string | null = null): Promise<void> {
  await join(database, {
    conversation: talk,
    contributor: somebody(n),
    side,
    language: 'nl',
    crowded: false,
    on: today,
  });
}

/** A statement of somebody who takes part, which two moderators accept. */
export async function acceptedForTests(database: Database, n: number, author: number, words: string): Promise<void> {
  await say(database, {
    conversation: talk,
    contributor: somebody(author),
    id: statementId(n),
    language: 'nl',
    words,
    on: today,
  });
  for (const moderator of [anna, bilal]) {
    const judgement = { conversation: talk, statement: statementId(n), verdict: 'accept', reason: null } as const;
    await judge(database, { ...judgement, words: '', language: 'nl' }, moderator, doing());
  }
}

export function voteForTests(database: Database, n: number, statement: number, vote: Vote, on = today) {
  return castVote(database, {
    conversation: talk,
    contributor: somebody(n),
    statement: statementId(statement),
    vote,
    shownChance: 0.25,
    on,
  });
}
