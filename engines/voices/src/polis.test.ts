import { describe, expect, test } from 'vitest';
import { fixtureNames, haveShared, readFixture, sharedAbsent, type Fixture, type PolisOutput } from '../test/shared.ts';
import { groupAwareConsensus, majorities } from './consensus.ts';
import { leftOut, opinionMap, project } from './opinion-map.ts';
import { priorities } from './priority.ts';
import { selectRepresentative } from './representativeness.ts';
import { everybody, partitionBy, tally, type Partition } from './tally.ts';
import { type Name } from './name.ts';
import { type Votes } from './votes.ts';

if (!haveShared) console.warn(sharedAbsent);

/**
 * Five small conversations with everything Polis published about them. Its groups are put in, and every number
 * must come out. Polis writes agree as −1, so its places change sign; its axes may each be turned around.
 */
describe.skipIf(!haveShared).each(fixtureNames)('Polis published about %s', (name) => {
  const { votes, polis } = haveShared ? readFixture(name) : ({} as Fixture);
  const out = leftOut(votes ?? { statements: [] }, polis?.['mod-out'] ?? []);
  // Of this conversation one person's votes are missing from the export, so what rests on all people cannot match.
  const complete = name !== '50ptpt-3gp-strict-no-meta';

  test.runIf(complete)('center and axes', () => {
    const map = opinionMap(votes, out);
    near(
      map.center,
      polis.pca.center.map((value) => -value),
      1e-12,
    );
    for (const k of [0, 1] as const) near(alignTo(polis.pca.comps[k], map.components[k]), polis.pca.comps[k], 1e-9);
  });

  test('places of people, from the center and axes of Polis', () => {
    const [x, y] = placesByPolis(votes, polis, out);
    const base = polis['base-clusters'];
    const row = new Map(votes.people.map((person, at) => [person, at]));
    base.members.forEach((members, at) => {
      // In one fixture a person in a base cluster has no votes in the export.
      if (!members.every((person) => row.has(person))) return;
      const mean = (places: Float64Array): number =>
        members.reduce((total, person) => total + places[row.get(person)!]!, 0) / members.length;
      expect(mean(x)).toBeCloseTo(-base.x[at]!, 9);
      expect(mean(y)).toBeCloseTo(-base.y[at]!, 9);
    });
  });

  test.runIf(complete)('places and extremity of statements', () => {
    const map = opinionMap(votes, out);
    const [px, py] = polis.pca['comment-projection'];
    near(
      alignTo(
        px.map((value) => -value),
        map.statementX,
      ),
      px.map((value) => -value),
      1e-9,
    );
    near(
      alignTo(
        py.map((value) => -value),
        map.statementY,
      ),
      py.map((value) => -value),
      1e-9,
    );
    near(map.extremity, polis.pca['comment-extremity'], 1e-9);
  });

  test('votes per group', () => {
    const counted = tally(votes, polisGroups(votes, polis));
    const columns = votes.statements.length;
    counted.groups.forEach((group, g) => {
      for (const [tid, { A, D, S }] of Object.entries(polis['group-votes'][String(group)]!.votes)) {
        const at = votes.statements.indexOf(Number(tid));
        const count = (counts: Uint32Array): number => (at < 0 ? 0 : counts[g * columns + at]!);
        expect([count(counted.agrees), count(counted.disagrees), count(counted.seen)]).toEqual([A, D, S]);
      }
    });
  });

  test('group-aware consensus', () => {
    const consensus = groupAwareConsensus(tally(votes, polisGroups(votes, polis)));
    votes.statements.forEach((statement, at) => {
      expect(consensus[at]).toBeCloseTo(polis['group-aware-consensus'][String(statement)]!, 12);
    });
  });

  test('representative statements, their order, direction and numbers', () => {
    const selected = selectRepresentative(tally(votes, polisGroups(votes, polis)), out);
    selected.forEach((rows, group) => {
      const theirs = polis.repness[String(group)]!;
      expect(rows.map(({ statement, direction }) => [statement, direction])).toEqual(
        theirs.map((row) => [row.tid, row['repful-for']]),
      );
      rows.forEach((row, at) => {
        expect(row.votes).toBe(theirs[at]!['n-success']);
        expect(row.seen).toBe(theirs[at]!['n-trials']);
        expect(row.share).toBeCloseTo(theirs[at]!['p-success'], 12);
        expect(row.shareTest).toBeCloseTo(theirs[at]!['p-test'], 12);
        expect(row.ratio).toBeCloseTo(theirs[at]!.repness, 12);
        // Stored by Polis with 24 bits.
        expect(row.ratioTest).toBeCloseTo(theirs[at]!['repness-test'], 6);
      });
    });
  });

  test('majorities', () => {
    const found = majorities(tally(votes, everybody(votes)), out);
    for (const direction of ['agree', 'disagree'] as const) {
      expect(found[direction].map(({ statement }) => statement)).toEqual(
        polis.consensus[direction].map(({ tid }) => tid),
      );
      found[direction].forEach((row, at) => {
        expect(row.share).toBeCloseTo(polis.consensus[direction][at]!['p-success'], 12);
        expect(row.shareTest).toBeCloseTo(polis.consensus[direction][at]!['p-test'], 12);
      });
    }
  });

  test.runIf(complete)('priorities', () => {
    const meta = leftOut(votes, polis['meta-tids']);
    const weights = priorities(tally(votes, polisGroups(votes, polis)), opinionMap(votes, out).extremity, meta);
    votes.statements.forEach((statement, at) => {
      const theirs = polis['comment-priorities'][String(statement)]!;
      expect(Math.abs(weights[at]! / theirs - 1)).toBeLessThan(1e-9);
    });
  });
});

/** Group → base clusters → people. */
function polisGroups(votes: Votes, polis: PolisOutput): Partition {
  const base = polis['base-clusters'];
  const groupOf = new Map<Name, Name>();
  for (const group of polis['group-clusters']) {
    for (const id of group.members)
      for (const person of base.members[base.id.indexOf(id)]!) groupOf.set(person, group.id);
  }
  return partitionBy(votes, groupOf);
}

function placesByPolis(votes: Votes, polis: PolisOutput, out: Uint8Array): [Float64Array, Float64Array] {
  const center = Float64Array.from(polis.pca.center, (value) => -value);
  const [one, other] = polis.pca.comps;
  return project(votes, center, [Float64Array.from(one), Float64Array.from(other)], out);
}

/** An axis may be turned around. */
function alignTo(theirs: readonly number[], ours: Float64Array): Float64Array {
  const along = ours.reduce((total, value, at) => total + value * theirs[at]!, 0);
  return along < 0 ? ours.map((value) => -value) : ours;
}

function near(ours: Float64Array, theirs: readonly number[], within: number): void {
  expect(ours.length).toBe(theirs.length);
  let worst = 0;
  ours.forEach((value, at) => (worst = Math.max(worst, Math.abs(value - theirs[at]!))));
  expect(worst).toBeLessThan(within);
}
