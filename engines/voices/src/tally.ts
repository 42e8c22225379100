import { type Name } from './name.ts';
import { type Votes } from './votes.ts';

/** People in groups or on sides, each person in at most one (nl: indeling). */
export type Partition = {
  /** What the groups are called. */
  readonly groups: readonly Name[];
  /** For each row of the votes the number of its group, −1 for none. */
  readonly of: Int32Array;
};

/** Votes counted per group and statement: entry `group × statements + column`. */
export type Tally = {
  readonly groups: readonly Name[];
  readonly statements: readonly Name[];
  readonly agrees: Uint32Array;
  readonly disagrees: Uint32Array;
  /** Votes of all kinds, passes included. */
  readonly seen: Uint32Array;
};

/** Everybody in one group. */
export function everybody(votes: Votes): Partition {
  return { groups: ['everybody'], of: new Int32Array(votes.people.length) };
}

/** Declared sides, or any other partition by name; people who are not in the map are in no group. */
export function partitionBy(votes: Votes, groupOf: ReadonlyMap<Name, Name>): Partition {
  const used = new Set<Name>();
  for (const person of votes.people) {
    const group = groupOf.get(person);
    if (group !== undefined) used.add(group);
  }
  const groups = [...used].sort((one, other) => (one < other ? -1 : 1));
  const number = new Map(groups.map((group, at) => [group, at]));
  return { groups, of: Int32Array.from(votes.people, (person) => number.get(groupOf.get(person)!) ?? -1) };
}

/** Both at once: `newcomer × 0`. People outside one of the two are outside both. */
export function crossed(one: Partition, other: Partition): Partition {
  const groups = one.groups.flatMap((first) => other.groups.map((second) => `${first} × ${second}`));
  const of = one.of.map((first, row) =>
    first < 0 || other.of[row]! < 0 ? -1 : first * other.groups.length + other.of[row]!,
  );
  return { groups, of };
}

/** One pass over the votes. */
export function tally(votes: Votes, partition: Partition): Tally {
  const columns = votes.statements.length;
  const cellCounts = partition.groups.map(() => new Uint32Array(3 * columns));
  for (let row = 0; row < votes.people.length; row++) {
    const counts = cellCounts[partition.of[row]!];
    if (!counts) continue;
    const end = votes.starts[row + 1]!;
    for (let i = votes.starts[row]!; i < end; i++) counts[votes.cells[i]!]!++;
  }
  const size = partition.groups.length * columns;
  const agrees = new Uint32Array(size);
  const disagrees = new Uint32Array(size);
  const seen = new Uint32Array(size);
  cellCounts.forEach((counts, group) => {
    for (let at = 0; at < columns; at++) {
      const out = group * columns + at;
      disagrees[out] = counts[3 * at]!;
      agrees[out] = counts[3 * at + 2]!;
      seen[out] = counts[3 * at]! + counts[3 * at + 1]! + counts[3 * at + 2]!;
    }
  });
  return { groups: partition.groups, statements: votes.statements, agrees, disagrees, seen };
}

/** All groups of a tally taken together. */
export function together(counted: Tally): Tally {
  const columns = counted.statements.length;
  const add = (counts: Uint32Array): Uint32Array => {
    const total = new Uint32Array(columns);
    for (let i = 0; i < counts.length; i++) total[i % columns]! += counts[i]!;
    return total;
  };
  return {
    groups: ['everybody'],
    statements: counted.statements,
    agrees: add(counted.agrees),
    disagrees: add(counted.disagrees),
    seen: add(counted.seen),
  };
}
