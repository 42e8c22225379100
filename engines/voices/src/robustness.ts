import { type Parsed } from '@meedoen/units';
import { analyse, type Analysis, type AnalysisOptions } from './analysis.ts';
import { type Name } from './name.ts';
import { adjustedRandIndex } from './rand-index.ts';
import { refuse } from './refusal.ts';
import { voteIn, votesOf, type VoteLog, type Votes } from './votes.ts';

/** A pattern of voting that a steward should look at; never a reason to remove somebody (nl: opvallend stemgedrag). */
export type Flag = { readonly person: Name; readonly why: 'all agree' | 'all disagree' | 'all pass' | 'too fast' };

export type FlagRules = {
  /** Votes below which no pattern means anything. */
  readonly fewestVotes: number;
  /** Half of somebody's votes came faster than this one after the other. */
  readonly tooFastSeconds: number;
};

export const usualRules: FlagRules = { fewestVotes: 10, tooFastSeconds: 1 };

/** Who answered everything alike, or faster than one can read. In the order of people. */
export function flagVoters(
  votes: Votes,
  pace: ReadonlyMap<Name, number> = new Map(),
  rules: FlagRules = usualRules,
): readonly Flag[] {
  const flags: Flag[] = [];
  votes.people.forEach((person, row) => {
    const from = votes.starts[row]!;
    const to = votes.starts[row + 1]!;
    if (to - from < rules.fewestVotes) return;
    const first = voteIn(votes.cells[from]!);
    let alike = true;
    for (let i = from + 1; alike && i < to; i++) alike = voteIn(votes.cells[i]!) === first;
    if (alike) flags.push({ person, why: first === 1 ? 'all agree' : first === -1 ? 'all disagree' : 'all pass' });
    const seconds = pace.get(person);
    if (seconds !== undefined && seconds < rules.tooFastSeconds) flags.push({ person, why: 'too fast' });
  });
  return flags;
}

/**
 * For each person the median number of seconds between one vote and the next; for somebody with one vote nothing.
 *
 * @param seconds when each vote of the log was given, from any moment on
 */
export function medianPace(log: VoteLog, seconds: ArrayLike<number>): Parsed<ReadonlyMap<Name, number>> {
  if (seconds.length !== log.person.length) {
    return refuse(
      'times-uneven',
      { times: seconds.length, votes: log.person.length },
      `There are ${seconds.length} times for ${log.person.length} votes: give one for each.`,
    );
  }
  const times = new Map<number, number[]>();
  for (let i = 0; i < log.person.length; i++) {
    if (!Number.isFinite(seconds[i]!)) {
      return refuse('time-unusable', { row: i + 1 }, `Vote ${i + 1} has no usable time: give seconds as a number.`);
    }
    const own = times.get(log.person[i]!);
    if (own) own.push(seconds[i]!);
    else times.set(log.person[i]!, [seconds[i]!]);
  }
  const pace = new Map<Name, number>();
  for (const [person, own] of times) {
    if (own.length < 2) continue;
    own.sort((one, other) => one - other);
    const gaps = own.slice(1).map((time, i) => time - own[i]!);
    gaps.sort((one, other) => one - other);
    const middle = (gaps.length - 1) / 2;
    pace.set(log.people[person]!, (gaps[Math.floor(middle)]! + gaps[Math.ceil(middle)]!) / 2);
  }
  return { ok: true, value: pace };
}

/** The result with and without the people who were flagged. */
export type RobustnessReport = {
  readonly flags: readonly Flag[];
  /** People flagged for whatever reason, each counted once. */
  readonly flagged: number;
  readonly with: Analysis;
  readonly without: Analysis;
  /** How alike the groups are, among the people grouped in both: 1 the same. Null when nobody is. */
  readonly sameGroups: number | null;
  /** Of the ten statements with most agreement in all groups, those that come in and drop out without them. */
  readonly comesIn: readonly Name[];
  readonly dropsOut: readonly Name[];
  /** The statement whose agree share among everybody changes most, and by how much. */
  readonly largestChange: { readonly statement: Name; readonly agreeShare: number } | null;
};

/** Nobody is deleted: this shows whether it would matter. */
export function robustness(
  votes: Votes,
  flags: readonly Flag[],
  options: Omit<AnalysisOptions, 'groups' | 'earlier'> = {},
): Parsed<RobustnessReport> {
  const flagged = new Set(flags.map(({ person }) => person));
  const others = votesOf(votes, (row) => !flagged.has(votes.people[row]!));
  if (others.cells.length === 0 && votes.cells.length > 0) {
    return refuse(
      'everybody-flagged',
      { people: flagged.size },
      `All ${flagged.size} people were flagged, so nothing is left to compare with: choose milder rules.`,
    );
  }
  const all = analyse(votes, options);
  if (!all.ok) return all;
  const rest = analyse(others, options);
  if (!rest.ok) return rest;
  const topWith = topTen(all.value);
  const topWithout = topTen(rest.value);
  return {
    ok: true,
    value: {
      flags,
      flagged: flagged.size,
      with: all.value,
      without: rest.value,
      sameGroups: sameGroups(all.value, rest.value),
      comesIn: topWithout.filter((statement) => !topWith.includes(statement)),
      dropsOut: topWith.filter((statement) => !topWithout.includes(statement)),
      largestChange: largestChange(all.value, rest.value),
    },
  };
}

function sameGroups(one: Analysis, other: Analysis): number | null {
  const row = new Map(other.votes.people.map((person, at) => [person, at]));
  const mine: number[] = [];
  const theirs: number[] = [];
  one.votes.people.forEach((person, at) => {
    const otherGroup = other.groups.of[row.get(person) ?? -1] ?? -1;
    if (one.groups.of[at]! < 0 || otherGroup < 0) return;
    mine.push(one.groups.of[at]!);
    theirs.push(otherGroup);
  });
  return mine.length === 0 ? null : adjustedRandIndex(mine, theirs);
}

function topTen({ votes, consensus, out }: Analysis): Name[] {
  return Array.from(votes.statements.keys())
    .filter((at) => !out[at])
    .sort((one, other) => consensus[other]! - consensus[one]!)
    .slice(0, 10)
    .map((at) => votes.statements[at]!);
}

function largestChange(one: Analysis, other: Analysis): RobustnessReport['largestChange'] {
  const place = new Map(other.votes.statements.map((statement, at) => [statement, at]));
  let largest: RobustnessReport['largestChange'] = null;
  one.votes.statements.forEach((statement, at) => {
    const there = place.get(statement);
    if (there === undefined) return;
    const share = ({ byEverybody: { agrees, seen } }: Analysis, i: number): number => agrees[i]! / seen[i]!;
    const agreeShare = share(other, there) - share(one, at);
    if (agreeShare !== 0 && (!largest || Math.abs(agreeShare) > Math.abs(largest.agreeShare))) {
      largest = { statement, agreeShare };
    }
  });
  return largest;
}
