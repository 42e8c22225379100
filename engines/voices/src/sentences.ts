import { type Bridge, type CommonGround } from './bridge.ts';
import { type Majority } from './consensus.ts';
import { type Grouping } from './groups.ts';
import { type Name } from './name.ts';
import { type Representative } from './representativeness.ts';
import { type RobustnessReport } from './robustness.ts';
import { type Routing } from './routing.ts';
import { type Standing } from './standing.ts';
import { type WhoIsMissing } from './who-is-missing.ts';

/**
 * What this room can say, and the words each sentence needs. Shares lie between 0 and 1; the screen writes the
 * percentage, the names and the language.
 */
export type SentenceWords = {
  'bridge.connects': { statement: Name; sides: number; bridge: number };
  'bridge.side': { statement: Name; side: Name; agrees: number; disagrees: number; seen: number; atLeast: number };
  'bridge.weakest': { statement: Name; side: Name; agrees: number; seen: number };
  'bridge.too-few': { statement: Name; side: Name };
  'common-ground.first': { statement: Name; lowest: number; partitions: number };
  'common-ground.unknown': { unknown: number };
  'group.agrees': { group: Name; statement: Name; votes: number; seen: number; ratio: number };
  'group.disagrees': { group: Name; statement: Name; votes: number; seen: number; ratio: number };
  'everybody.agrees': { statement: Name; votes: number; seen: number; share: number };
  'everybody.disagrees': { statement: Name; votes: number; seen: number; share: number };
  'groups.found': { groups: number; people: number; stability: number };
  'groups.unsure': { groups: number; people: number; stability: number };
  'groups.none': { people: number };
  'you.in-group': { group: Name };
  'you.without-group': Record<never, never>;
  'you.like-group': { group: Name; same: number; compared: number };
  'missing.category': {
    about: Name;
    category: Name;
    shareOfPopulation: number;
    shareOfPresent: number;
    present: number;
    short: number;
  };
  'missing.hidden': { about: Name; category: Name; shareOfPopulation: number };
  'missing.nobody': { about: Name; told: number };
  'shown.equal-voice': { chance: number };
  'shown.priority': { chance: number };
  'robust.same': { flagged: number };
  'robust.changes': { flagged: number; comesIn: number; dropsOut: number };
  'robust.nobody': Record<never, never>;
};

export type SentenceKey = keyof SentenceWords;

/** A sentence to be said in any language (nl: uitleg). */
export type Sentence = {
  [Key in SentenceKey]: { readonly key: Key; readonly words: Readonly<SentenceWords[Key]> };
}[SentenceKey];

/** Groups that come back less surely than this are said to be unsure. */
const sureEnough = 0.75;

export function explainBridge(bridge: Bridge): readonly Sentence[] {
  const { statement } = bridge;
  if (!bridge.known) return bridge.tooFew.map((side) => ({ key: 'bridge.too-few', words: { statement, side } }));
  const { weakest, sides } = bridge;
  return [
    { key: 'bridge.connects', words: { statement, sides: sides.length, bridge: bridge.bridge } },
    ...sides.map(({ side, agrees, disagrees, seen, atLeast }): Sentence => ({
      key: 'bridge.side',
      words: { statement, side, agrees, disagrees, seen, atLeast },
    })),
    { key: 'bridge.weakest', words: { statement, side: weakest.side, agrees: weakest.agrees, seen: weakest.seen } },
  ];
}

export function explainCommonGround(ground: readonly CommonGround[]): readonly Sentence[] {
  const first = ground[0];
  const unknown = ground.filter(({ lowest }) => lowest === null).length;
  const sentences: Sentence[] = [];
  if (first && first.lowest !== null) {
    const { statement, lowest, between } = first;
    sentences.push({ key: 'common-ground.first', words: { statement, lowest, partitions: between.length } });
  }
  if (unknown > 0) sentences.push({ key: 'common-ground.unknown', words: { unknown } });
  return sentences;
}

export function explainRepresentative(group: Name, row: Representative): Sentence {
  const { statement, votes, seen, ratio } = row;
  const key = row.direction === 'agree' ? 'group.agrees' : 'group.disagrees';
  return { key, words: { group, statement, votes, seen, ratio } };
}

export function explainMajority({ statement, direction, votes, seen, share }: Majority): Sentence {
  const key = direction === 'agree' ? 'everybody.agrees' : 'everybody.disagrees';
  return { key, words: { statement, votes, seen, share } };
}

export function explainGroups({ groups, sizes, considered }: Grouping): Sentence {
  const people = sizes.reduce((sum, size) => sum + size, 0);
  const chosen = considered.find(({ count }) => count === groups.length);
  if (!chosen) return { key: 'groups.none', words: { people } };
  const key = chosen.stability >= sureEnough ? 'groups.found' : 'groups.unsure';
  return { key, words: { groups: groups.length, people, stability: chosen.stability } };
}

export function explainStanding({ group, alike }: Standing): readonly Sentence[] {
  return [
    group === null ? { key: 'you.without-group', words: {} } : { key: 'you.in-group', words: { group } },
    ...alike.filter(({ compared }) => compared > 0).map((words): Sentence => ({ key: 'you.like-group', words })),
  ];
}

export function explainMissing({ about, told, categories }: WhoIsMissing): readonly Sentence[] {
  const missing = categories.filter(({ verdict }) => verdict === 'missing');
  if (missing.length === 0) return told === null ? [] : [{ key: 'missing.nobody', words: { about, told } }];
  return missing.map(({ category, shareOfPopulation, shareOfPresent, present, short }): Sentence =>
    present === null || shareOfPresent === null || short === null
      ? { key: 'missing.hidden', words: { about, category, shareOfPopulation } }
      : { key: 'missing.category', words: { about, category, shareOfPopulation, shareOfPresent, present, short } },
  );
}

/** Why somebody sees this statement now. */
export function explainShown({ by }: Routing, chance: number): Sentence {
  return { key: by === 'equal voice' ? 'shown.equal-voice' : 'shown.priority', words: { chance } };
}

export function explainRobustness({ flagged, sameGroups, comesIn, dropsOut }: RobustnessReport): Sentence {
  if (flagged === 0) return { key: 'robust.nobody', words: {} };
  return comesIn.length === 0 && dropsOut.length === 0 && sameGroups === 1
    ? { key: 'robust.same', words: { flagged } }
    : { key: 'robust.changes', words: { flagged, comesIn: comesIn.length, dropsOut: dropsOut.length } };
}
