import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chance } from '@meedoen/numbers';
import { gatherVotes, type Name, type VoteLog, type Votes } from '../src/index.ts';

/** The shared conversations live beside the project and are never part of it. MEEDOEN_SHARED says where. */
const folder = join(process.env['MEEDOEN_SHARED'] ?? join(import.meta.dirname, '../../../../shared'), 'data/voices');
export const haveShared: boolean = existsSync(folder);
export const sharedAbsent = `The shared conversations are not at ${folder}: set MEEDOEN_SHARED to test against them.`;

export const fixtureNames = [
  'below-100-ptpts',
  '25ptpt-3gp-no-strict-with-meta',
  '50ptpt-3gp-strict-no-meta',
  '150ptpt-3gp-no-strict-no-meta',
  'above-100-ptpts',
] as const;
export type FixtureName = (typeof fixtureNames)[number];

export const conversationNames = [
  '15-per-hour-seattle',
  'scoop-hivemind.biodiversity',
  'austria-climate.5twd2jsnkf.2022-08-08',
] as const;
export type ConversationName = (typeof conversationNames)[number];

export type VoteEvent = { person: number; statement: number; vote: number; at: number };

/** What Polis published about a fixture; it writes agree as −1. */
export type PolisOutput = {
  tids: number[];
  'in-conv': number[];
  pca: {
    center: number[];
    comps: [number[], number[]];
    'comment-projection': [number[], number[]];
    'comment-extremity': number[];
  };
  'base-clusters': { id: number[]; members: number[][]; x: number[]; y: number[]; count: number[] };
  'group-clusters': { id: number; members: number[]; center: [number, number] }[];
  'group-votes': Record<string, { 'n-members': number; votes: Record<string, { A: number; D: number; S: number }> }>;
  'group-aware-consensus': Record<string, number>;
  repness: Record<string, PolisRow[]>;
  consensus: Record<'agree' | 'disagree', PolisMajority[]>;
  'comment-priorities': Record<string, number>;
  'mod-out': number[];
  'meta-tids': number[];
};
export type PolisRow = {
  tid: number;
  'p-success': number;
  'p-test': number;
  repness: number;
  'repness-test': number;
  'repful-for': 'agree' | 'disagree';
  'n-success': number;
  'n-trials': number;
};
export type PolisMajority = {
  tid: number;
  'p-success': number;
  'p-test': number;
  'n-success': number;
  'n-trials': number;
};

export type Fixture = { name: FixtureName; events: VoteEvent[]; votes: Votes; polis: PolisOutput };

export function readFixture(name: FixtureName): Fixture {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, 'fixtures', name, file), 'utf8'));
  const rows = read('votes.json') as Record<string, number>[];
  const events = rows
    .map((row) => ({
      person: (row['participant_id'] ?? row['pid'])!,
      statement: (row['statement_id'] ?? row['tid'])!,
      vote: row['vote']!,
      at: Number(row['modified']),
    }))
    .sort((one, other) => one.at - other.at);
  return { name, events, votes: votesFrom(events), polis: read('math-pca2.json') as PolisOutput };
}

export type Reference = {
  statements: number[];
  moderated_out: number[];
  in_conv: number;
  polis_groups: Record<string, number>;
  center: number[];
  components: [number[], number[]];
  singular_values3: number[];
  extremity: number[];
  projections_first20: Record<string, [number, number]>;
  group_aware_consensus: number[];
  priorities: number[];
  repness: Record<
    string,
    Record<'na' | 'nd' | 'ns' | 'pa' | 'pd' | 'pat' | 'pdt' | 'ra' | 'rd' | 'rat' | 'rdt', number[]>
  >;
  selected: Record<string, [number, 'agree' | 'disagree'][]>;
  consensus: Record<'agree' | 'disagree', number[]>;
  clustering: { polis_sse: number; best50_sse: Record<string, number> };
};

export type Conversation = {
  name: ConversationName;
  events: VoteEvent[];
  votes: Votes;
  groupOf: Map<Name, Name>;
  reference: Reference;
};

export function readConversation(name: ConversationName): Conversation {
  const read = (file: string): string => readFileSync(join(folder, 'shared', name, file), 'utf8');
  const events = plainRows(read('votes.csv'))
    .map((row) => ({
      person: Number(row['voter-id']),
      statement: Number(row['comment-id']),
      vote: Number(row['vote']),
      at: Number(row['timestamp']),
    }))
    .sort((one, other) => one.at - other.at);
  const groupOf = new Map<Name, Name>();
  for (const row of plainRows(read('participants-votes.csv'))) {
    if (row['group-id']) groupOf.set(Number(row['participant']), Number(row['group-id']));
  }
  return {
    name,
    events,
    votes: votesFrom(events),
    groupOf,
    reference: JSON.parse(read('reference.json')) as Reference,
  };
}

/** These two files hold no quotes; the cells are split at the commas. */
function plainRows(text: string): Record<string, string>[] {
  const [head, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = head!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell])));
}

/** The events of a conversation as the engine takes them. */
export function conversationLog(name: ConversationName): VoteLog {
  return logFrom(readConversation(name).events);
}

/** Votes on whatever people and statements occur. */
export function logFrom(events: readonly { person: Name; statement: Name; vote: number }[]): VoteLog {
  const people = [...new Set(events.map(({ person }) => person))];
  const statements = [...new Set(events.map(({ statement }) => statement))];
  const row = new Map(people.map((name, at) => [name, at]));
  const column = new Map(statements.map((name, at) => [name, at]));
  return {
    people,
    statements,
    person: events.map(({ person }) => row.get(person)!),
    statement: events.map(({ statement }) => column.get(statement)!),
    vote: events.map(({ vote }) => vote),
  };
}

export function votesFrom(events: readonly { person: Name; statement: Name; vote: number }[]): Votes {
  const gathered = gatherVotes(logFrom(events));
  if (!gathered.ok) throw new RangeError(gathered.problem.message);
  return gathered.value;
}

/** The same in another order. */
export function shuffled<T>(given: readonly T[], random: Chance): T[] {
  const list = given.slice();
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.whole(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}

/** How far two lists of numbers are apart at most. */
export function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < one.length; i++) {
    const difference = Math.abs(one[i]! - other[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
