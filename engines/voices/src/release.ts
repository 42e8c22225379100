import { type Parsed } from '@meedoen/units';
import { analyse, type Analysis } from './analysis.ts';
import { bridges } from './bridge.ts';
import { compareNames } from './name.ts';
import { refuse } from './refusal.ts';
import { wilsonLower, z90 } from './significance.ts';
import { partitionBy, tally, type Tally } from './tally.ts';
import { gatherVotes, type Vote, type Votes } from './votes.ts';

/** What people of one side answered, as it may be seen. */
export type ReleasedCounts = { readonly agrees: number; readonly disagrees: number; readonly passes: number };

export type ReleasedStatement = {
  readonly statement: string;
  /** By side; null while fewer than the smallest number of that side voted. */
  readonly counts: Readonly<Record<string, ReleasedCounts | null>>;
  /** The bridge over the sides and its weakest side; null while one of them is not known. */
  readonly bridge: { readonly value: number; readonly weakest: string } | null;
};

/** A group that the votes alone show, large enough to be seen. Its direction is told, never its counts: groups change. */
export type ReleasedGroup = {
  readonly group: number;
  readonly x: number;
  readonly y: number;
  readonly agrees: readonly string[];
  readonly disagrees: readonly string[];
};

/** Where people stand together. The axes serve to place one person, and are not for publication. */
export type ReleasedMap = {
  readonly people: number;
  readonly groups: readonly ReleasedGroup[];
  readonly sides: readonly { readonly side: string; readonly x: number; readonly y: number }[];
  readonly axes: readonly {
    readonly statement: string;
    readonly center: number;
    readonly x: number;
    readonly y: number;
  }[];
  /** How much it matters that the next person sees each statement. */
  readonly priorities: Readonly<Record<string, number>>;
};

/** What a conversation shows of itself at one moment (nl: stand van het gesprek). */
export type ConversationRelease = {
  readonly statements: readonly ReleasedStatement[];
  readonly map: ReleasedMap | null;
  /** By what people told about themselves: how many took part; null while they are few. */
  readonly attendance: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
};

export type ToRelease = {
  readonly votes: readonly { readonly person: string; readonly statement: string; readonly vote: Vote }[];
  /** What participants told of themselves, such as `{ side: 'newcomer', language: 'ar' }`; voters or not. */
  readonly people: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** The statements that may be seen. */
  readonly statements: readonly string[];
  /** The sides between which a bridge is looked for; who names no side, or another, is counted apart as `not-said`. */
  readonly sides: readonly string[];
  /** Fewer people than this are never shown, and what is shown moves by so many people at once. */
  readonly fewest: number;
};

/** Who named none of the sides. */
export const withoutSide = 'not-said';

/** Below so many people the votes are too few to find how many groups there are: two are looked for. */
const smallRoom = 60;

/**
 * The next release of a conversation, out of the one before. Everybody sees a release, so nobody may learn a single vote from
 * two of them: a count appears when `fewest` people are behind it, and moves only when at least so many more are; in between
 * it stays as it was. Without anything new the same release comes back. Refused: fewest below 2, sides below 2.
 */
export function releaseConversation(before: ConversationRelease | null, now: ToRelease): Parsed<ConversationRelease> {
  if (!(Number.isInteger(now.fewest) && now.fewest >= 2)) {
    return refuse(
      'fewest-unusable',
      { fewest: String(now.fewest) },
      `${now.fewest} people cannot be the fewest that are shown: give a whole number from 2.`,
    );
  }
  const shown = new Set(now.statements);
  const gathered = gather(now.votes.filter(({ statement }) => shown.has(statement)));
  if (!gathered.ok) return gathered;
  const votes = gathered.value;

  const sideOf = new Map(
    votes.people.map((person) => {
      const side = now.people.get(String(person))?.['side'];
      return [person, side !== undefined && now.sides.includes(side) ? side : withoutSide] as const;
    }),
  );
  const counted = tally(votes, partitionBy(votes, sideOf));
  const known = new Map(before?.statements.map((one) => [one.statement, one.counts]));
  const counts = now.statements.map((statement) =>
    Object.fromEntries(
      [...now.sides, withoutSide].map((side) => [
        side,
        nextCounts(known.get(statement)?.[side] ?? null, countsOf(counted, side, statement), now.fewest),
      ]),
    ),
  );
  const bridged = bridges(asTally(now.statements, now.sides, counts), now.fewest);
  if (!bridged.ok) return bridged;

  const voters = votes.people.length;
  const mapIsDue = voters >= (before?.map?.people ?? 0) + now.fewest;
  let map = before?.map ?? null;
  if (mapIsDue) {
    const analysis = analyse(votes, voters < smallRoom ? { groupCount: 2 } : {});
    if (!analysis.ok) return analysis;
    map = mapOf(analysis.value, sideOf, now.fewest);
  }
  return {
    ok: true,
    value: {
      statements: now.statements.map((statement, at) => {
        const bridge = bridged.value[at]!;
        return {
          statement,
          counts: counts[at]!,
          bridge: bridge.known ? { value: bridge.bridge, weakest: String(bridge.weakest.side) } : null,
        };
      }),
      map,
      attendance: attendanceOf(before, now),
    },
  };
}

/**
 * A count that everybody may see: nothing below `fewest` people, and after that only steps of at least so many. What stands
 * stays when votes are taken back or changed, until a step is made.
 */
function nextCounts(before: ReleasedCounts | null, now: ReleasedCounts, fewest: number): ReleasedCounts | null {
  return sumOf(now) >= (before === null ? 0 : sumOf(before)) + fewest ? now : before;
}

function sumOf({ agrees, disagrees, passes }: ReleasedCounts): number {
  return agrees + disagrees + passes;
}

function countsOf(counted: Tally, side: string, statement: string): ReleasedCounts {
  const group = counted.groups.indexOf(side);
  const at = counted.statements.indexOf(statement);
  if (group < 0 || at < 0) return { agrees: 0, disagrees: 0, passes: 0 };
  const i = group * counted.statements.length + at;
  const agrees = counted.agrees[i]!;
  const disagrees = counted.disagrees[i]!;
  return { agrees, disagrees, passes: counted.seen[i]! - agrees - disagrees };
}

/** Released counts as a tally, so that a bridge is made of what everybody can see and of nothing else. */
function asTally(
  statements: readonly string[],
  sides: readonly string[],
  counts: readonly Readonly<Record<string, ReleasedCounts | null>>[],
): Tally {
  const of = (pick: (counts: ReleasedCounts) => number): Uint32Array =>
    Uint32Array.from(sides.flatMap((side) => counts.map((bySide) => (bySide[side] ? pick(bySide[side]) : 0))));
  return {
    groups: sides,
    statements,
    agrees: of(({ agrees }) => agrees),
    disagrees: of(({ disagrees }) => disagrees),
    seen: of(sumOf),
  };
}

function gather(given: ToRelease['votes']): Parsed<Votes> {
  const people = numbered(given.map(({ person }) => person));
  const statements = numbered(given.map(({ statement }) => statement));
  return gatherVotes({
    people: [...people.keys()],
    statements: [...statements.keys()],
    person: given.map(({ person }) => people.get(person)!),
    statement: given.map(({ statement }) => statements.get(statement)!),
    vote: given.map(({ vote }) => vote),
  });
}

function numbered(names: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const name of names) if (!numbers.has(name)) numbers.set(name, numbers.size);
  return numbers;
}

function mapOf(analysis: Analysis, sideOf: ReadonlyMap<unknown, string>, fewest: number): ReleasedMap {
  const { votes, map, groups, byGroup } = analysis;
  const columns = votes.statements.length;
  const middle = (rows: readonly number[]): { x: number; y: number } => ({
    x: rows.reduce((sum, row) => sum + map.x[row]!, 0) / rows.length,
    y: rows.reduce((sum, row) => sum + map.y[row]!, 0) / rows.length,
  });
  const rowsWhere = (belongs: (row: number) => boolean): number[] => [...votes.people.keys()].filter(belongs);
  const leaning = (group: number, of: Uint32Array): string[] =>
    votes.statements
      .filter((_, at) => {
        const seen = byGroup.seen[group * columns + at]!;
        return seen >= fewest && wilsonLower(of[group * columns + at]!, seen, z90) > 0.5;
      })
      .map(String);
  const sides = [...new Set(sideOf.values())].sort(compareNames);
  return {
    people: votes.people.length,
    groups: groups.groups.flatMap((_, group) => {
      const rows = rowsWhere((row) => groups.of[row] === group);
      if (rows.length < fewest) return [];
      return [
        {
          group,
          ...middle(rows),
          agrees: leaning(group, byGroup.agrees),
          disagrees: leaning(group, byGroup.disagrees),
        },
      ];
    }),
    sides: sides.flatMap((side) => {
      const rows = rowsWhere((row) => sideOf.get(votes.people[row]!) === side);
      return side === withoutSide || rows.length < fewest ? [] : [{ side, ...middle(rows) }];
    }),
    axes: votes.statements.map((statement, at) => ({
      statement: String(statement),
      center: map.center[at]!,
      x: map.components[0][at]!,
      y: map.components[1][at]!,
    })),
    priorities: Object.fromEntries(
      votes.statements.map((statement, at) => [String(statement), analysis.priorities[at]!]),
    ),
  };
}

function attendanceOf(before: ConversationRelease | null, now: ToRelease): ConversationRelease['attendance'] {
  const counts: Record<string, Record<string, number>> = {};
  for (const told of now.people.values()) {
    for (const [about, category] of Object.entries(told)) {
      const categories = (counts[about] ??= {});
      categories[category] = (categories[category] ?? 0) + 1;
    }
  }
  return Object.fromEntries(
    Object.entries(counts).map(([about, categories]) => [
      about,
      Object.fromEntries(
        Object.entries(categories).map(([category, count]) => {
          const known = before?.attendance[about]?.[category] ?? null;
          return [category, count >= (known ?? 0) + now.fewest ? count : known];
        }),
      ),
    ]),
  );
}

/** Where one person stands in a released map, by their own votes, and with which group they agree most. */
export type OwnPlace = {
  readonly x: number;
  readonly y: number;
  readonly alike: readonly { readonly group: number; readonly same: number; readonly compared: number }[];
};

/** Null for who gave no vote on a statement of the map. */
export function placeOf(map: ReleasedMap, own: ReadonlyMap<string, Vote>): OwnPlace | null {
  let x = 0;
  let y = 0;
  let given = 0;
  for (const axis of map.axes) {
    const vote = own.get(axis.statement);
    if (vote === undefined) continue;
    given++;
    x += (vote - axis.center) * axis.x;
    y += (vote - axis.center) * axis.y;
  }
  if (given === 0) return null;
  // The same stretch as in `project`, for who voted on few of the statements.
  const stretch = Math.sqrt(map.axes.length / given);
  const alike = map.groups.map(({ group, agrees, disagrees }) => {
    let same = 0;
    let compared = 0;
    for (const [statement, vote] of own) {
      const leans = agrees.includes(statement) ? 1 : disagrees.includes(statement) ? -1 : 0;
      if (vote === 0 || leans === 0) continue;
      compared++;
      if (vote === leans) same++;
    }
    return { group, same, compared };
  });
  return { x: x * stretch, y: y * stretch, alike };
}
