import { chance, type Chance } from '@meedoen/numbers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conversationNames,
  fixtureNames,
  haveShared,
  readConversation,
  readFixture,
  sharedAbsent,
  shuffled,
  votesFrom,
  type VoteEvent,
} from '../test/shared.ts';
import { analyse, type Analysis } from './analysis.ts';
import { findGroups } from './groups.ts';
import { bestClusterings, settle } from './k-means.ts';
import { leftOut, opinionMap } from './opinion-map.ts';
import { neighbourhoods, type Places } from './neighbourhoods.ts';
import { adjustedRandIndex } from './rand-index.ts';
import { distances, silhouette } from './silhouette.ts';
import { stabilities } from './stability.ts';
import { takingPart } from './taking-part.ts';
import { type Name } from './name.ts';

if (!haveShared) console.warn(sharedAbsent);

test('six people around two squares: two groups of three, the larger error nowhere', () => {
  const { groups, of, sizes, squaredError, considered } = findGroups(
    Float64Array.of(0, 0, 1, 9, 9, 10),
    Float64Array.of(0, 1, 0, 0, 1, 0),
    Uint32Array.of(0, 1, 2, 3, 4, 5),
  );
  expect(groups).toEqual([0, 1]);
  // Equal in size, so the one further right is group 0.
  expect([...of]).toEqual([1, 1, 1, 0, 0, 0]);
  expect([...sizes]).toEqual([3, 3]);
  // Around (1/3, 1/3): 2/9 + 5/9 + 5/9 for each.
  expect(squaredError).toBeCloseTo(8 / 3, 12);
  expect(considered[0]!.stability).toBe(1);
});

test('group 0 is the largest, wherever it lies; of equals the one further right', () => {
  const numbers = (x: number[]): number[] => [
    ...findGroups(Float64Array.from(x), new Float64Array(x.length), Uint32Array.from(x.keys())).of,
  ];
  expect(numbers([0, 0.1, 0.2, 9, 9.1])).toEqual([0, 0, 0, 1, 1]);
  expect(numbers([0, 0.1, 9, 9.1, 9.2])).toEqual([1, 1, 0, 0, 0]);
  expect(numbers([0, 0.1, 9, 9.1])).toEqual([1, 1, 0, 0]);
});

test('people who do not take part have no group; everybody in one place is one group', () => {
  const { groups, of, considered } = findGroups(
    Float64Array.of(1, 1, 5),
    Float64Array.of(2, 2, 5),
    Uint32Array.of(0, 1),
  );
  expect(groups).toEqual([0]);
  expect([...of]).toEqual([0, 0, -1]);
  expect(considered).toEqual([]);
});

test('the number of groups that a person asks for is the number they get', () => {
  const random = chance(3);
  const x = Float64Array.from({ length: 60 }, random.normal);
  const y = Float64Array.from({ length: 60 }, random.normal);
  const rows = Uint32Array.from(x.keys());
  for (const count of [1, 2, 3, 4, 5, 6]) expect(findGroups(x, y, rows, count).groups.length).toBe(count);
});

test('silhouette by hand: 0 and 1 against 10: nearest neighbours at 1, the others at 9.5 on average', () => {
  const places: Places = { x: Float64Array.of(0, 1, 10), y: new Float64Array(3), weight: Float64Array.of(1, 1, 1) };
  const divided = settle(places, { centerX: Float64Array.of(0, 10), centerY: new Float64Array(2) });
  // (1 − 1/10 + 1 − 1/9 + 0 for the one who is alone) / 3
  expect(silhouette(places, distances(places), divided)).toBeCloseTo((0.9 + 8 / 9) / 3, 12);
});

test('ten people in one place weigh as ten', () => {
  const one: Places = { x: Float64Array.of(0, 3, 4), y: new Float64Array(3), weight: Float64Array.of(10, 1, 1) };
  const ten: Places = {
    x: Float64Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4]),
    y: new Float64Array(12),
    weight: new Float64Array(12).fill(1),
  };
  const [heavy, spread] = [bestClusterings(one, 2)[1]![0]!, bestClusterings(ten, 2)[1]![0]!];
  expect(heavy.squaredError).toBeCloseTo(spread.squaredError, 12);
  expect(silhouette(one, distances(one), heavy)).toBeCloseTo(silhouette(ten, distances(ten), spread), 12);
});

test('the adjusted Rand index of Hubert and Arabie: same 1, renamed 1, by hand −0.5', () => {
  expect(adjustedRandIndex([0, 0, 1, 1], [1, 1, 0, 0])).toBe(1);
  // No pair stays together; 2 of 6 pairs in each: expected 2·2/6, so (0 − 2/3) / (2 − 2/3).
  expect(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 12);
  expect(adjustedRandIndex([0, 1], [0, 1], [3, 2])).toBe(1);
});

test('two far clouds come back in every half; one round cloud does not', () => {
  const random = chance(5);
  const cloud = (at: number): Places => ({
    x: Float64Array.from({ length: 300 }, (_, i) => random.normal() + (i % 2) * at),
    y: Float64Array.from({ length: 300 }, random.normal),
    weight: new Float64Array(300).fill(1),
  });
  const far = cloud(20);
  const round = cloud(0);
  expect(stabilities(far, 2)).toEqual([1]);
  expect(stabilities(round, 2)[0]).toBeLessThan(0.75);
});

test('planted clouds: their number is found', () => {
  for (const planted of [2, 3, 4, 5]) {
    const random = chance(planted);
    const turn = (i: number): number => (2 * Math.PI * (i % planted)) / planted;
    const x = Float64Array.from({ length: 400 }, (_, i) => 6 * Math.cos(turn(i)) + random.normal());
    const y = Float64Array.from({ length: 400 }, (_, i) => 6 * Math.sin(turn(i)) + random.normal());
    expect(findGroups(x, y, Uint32Array.from(x.keys())).groups.length).toBe(planted);
  }
});

const cloud = fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
  minLength: 6,
  maxLength: 40,
});

test('never above the best of 50 seeded k-means++ runs by more than 1 in 1,000', () => {
  fc.assert(
    fc.property(cloud, fc.integer({ min: 2, max: 5 }), fc.integer(), (points, k, seed) => {
      const places = placesOf(points);
      const found = bestClusterings(places, k)[k - 1]?.[0];
      const rival = bestOfFifty(places, k, chance(seed));
      expect(found ? found.squaredError : 0).toBeLessThanOrEqual(rival * 1.001 + 1e-9);
    }),
    { numRuns: 200 },
  );
});

test('what has settled is settled: every place at its nearest center, every center in the middle, error as counted', () => {
  fc.assert(
    fc.property(cloud, fc.integer({ min: 2, max: 5 }), fc.integer(), (points, k, seed) => {
      const places = placesOf(points);
      const random = chance(seed);
      const start = Array.from({ length: k }, () => random.whole(points.length));
      const settled = settle(places, {
        centerX: Float64Array.from(start, (at) => places.x[at]! + random.share()),
        centerY: Float64Array.from(start, (at) => places.y[at]! + random.share()),
      });
      let error = 0;
      const sum = new Float64Array(2 * k);
      const people = new Float64Array(k);
      places.x.forEach((x, i) => {
        const away = (c: number): number => (x - settled.centerX[c]!) ** 2 + (places.y[i]! - settled.centerY[c]!) ** 2;
        const own = settled.of[i]!;
        for (let c = 0; c < k; c++) expect(away(own)).toBeLessThanOrEqual(away(c) + 1e-9);
        error += away(own);
        people[own]!++;
        sum[2 * own]! += x;
        sum[2 * own + 1]! += places.y[i]!;
      });
      expect(settled.squaredError).toBeCloseTo(error, 9);
      people.forEach((count, c) => {
        if (count === 0) return;
        expect(settled.centerX[c]).toBeCloseTo(sum[2 * c]! / count, 9);
        expect(settled.centerY[c]).toBeCloseTo(sum[2 * c + 1]! / count, 9);
      });
    }),
  );
});

test('a place in the middle of people is a mean of its people, and nobody is lost', () => {
  fc.assert(
    fc.property(cloud, fc.integer({ min: 2, max: 12 }), (points, most) => {
      const { x, y, weight } = placesOf(points);
      const gathered = neighbourhoods({ x, y, weight }, most);
      const total = (values: Float64Array, weight?: Float64Array): number =>
        values.reduce((sum, value, i) => sum + value * (weight ? weight[i]! : 1), 0);
      expect(gathered.x.length).toBeLessThanOrEqual(Math.max(most, points.length <= most ? points.length : 0));
      expect(total(gathered.weight)).toBe(points.length);
      expect(total(gathered.x, gathered.weight)).toBeCloseTo(total(x), 9);
      expect(total(gathered.y, gathered.weight)).toBeCloseTo(total(y), 9);
    }),
  );
});

test('who takes part: 7 votes, or the 15 most active with everybody as active as the last of them', () => {
  const give = (votesOfEach: number[]): Name[] => {
    const votes = votesFrom(
      votesOfEach.flatMap((count, person) =>
        Array.from({ length: count }, (_, statement) => ({ person, statement, vote: 1 })),
      ),
    );
    return [...takingPart(votes)].map((row) => votes.people[row]!);
  };
  expect(give([...Array.from({ length: 15 }, () => 7), 6, 1])).toEqual(Array.from({ length: 15 }, (_, i) => i));
  // 13 with enough; the next two places are for the three people with 5 votes, who stay together.
  expect(give([...Array.from({ length: 13 }, () => 8), 5, 4, 5, 5])).toEqual([
    ...Array.from({ length: 13 }, (_, i) => i),
    13,
    15,
    16,
  ]);
  expect(give([1, 2])).toEqual([0, 1]);
});

describe.skipIf(!haveShared).each(fixtureNames)('%s', (name) => {
  test('from the middles of Polis every base cluster stays where Polis put it; our own error is never larger', () => {
    const { polis } = readFixture(name);
    const base = polis['base-clusters'];
    const places: Places = {
      x: Float64Array.from(base.x),
      y: Float64Array.from(base.y),
      weight: Float64Array.from(base.count),
    };
    const theirs = polis['group-clusters'];
    const centers = {
      centerX: Float64Array.from(theirs, ({ center }) => center[0]),
      centerY: Float64Array.from(theirs, ({ center }) => center[1]),
    };
    const label = base.id.map((id) => theirs.findIndex(({ members }) => members.includes(id)));
    const nearest = base.x.map((x, i) => {
      const away = theirs.map(({ center }) => (x - center[0]) ** 2 + (base.y[i]! - center[1]) ** 2);
      return away.indexOf(Math.min(...away));
    });
    expect(nearest).toEqual(label);
    expect([...settle(places, centers).of]).toEqual(label);

    const k = theirs.length;
    const error = places.x.reduce((sum, x, i) => {
      const c = label[i]!;
      return sum + places.weight[i]! * ((x - centers.centerX[c]!) ** 2 + (places.y[i]! - centers.centerY[c]!) ** 2);
    }, 0);
    const own = bestClusterings(places, k)[k - 1]![0]!.squaredError;
    expect(own).toBeLessThanOrEqual(error);
    expect(own).toBeLessThanOrEqual(1.001 * bestOfFifty(places, k, chance(1)));
  });
});

describe.skipIf(!haveShared)('the three conversations', () => {
  const alike: number[] = [];
  test.each(conversationNames)('%s: error below that of Polis, two groups, nearly the same people', (name) => {
    const { votes, reference, groupOf } = readConversation(name);
    const map = opinionMap(votes, leftOut(votes, reference.moderated_out));
    const rows = Uint32Array.from(votes.people.keys()).filter((row) => groupOf.has(votes.people[row]!));
    const found = findGroups(map.x, map.y, rows);
    expect(found.groups.length).toBe(2);
    expect(found.squaredError).toBeLessThanOrEqual(reference.clustering.polis_sse);
    expect(found.squaredError).toBeLessThanOrEqual(1.001 * reference.clustering.best50_sse['2']!);
    const silhouettes = found.considered.map((one) => one.silhouette);
    expect(silhouettes.indexOf(Math.max(...silhouettes))).toBe(0);
    const theirs = [...rows].map((row) => groupOf.get(votes.people[row]!) as number);
    alike.push(
      adjustedRandIndex(
        [...rows].map((row) => found.of[row]!),
        theirs,
      ),
    );
    expect(alike.at(-1)).toBeGreaterThan(0.8);
    for (const count of [3, 4, 5]) {
      expect(findGroups(map.x, map.y, rows, count).squaredError).toBeLessThanOrEqual(
        1.001 * reference.clustering.best50_sse[String(count)]!,
      );
    }
  });
  test('nine of ten alike on two of the three', () => {
    expect(alike.filter((index) => index >= 0.9).length).toBeGreaterThanOrEqual(2);
  });
});

describe.skipIf(!haveShared)('in whatever order people, statements and votes come', () => {
  const sets: { name: string; read: () => { events: VoteEvent[]; rejected: number[] } }[] = [
    ...fixtureNames.map((name) => ({
      name,
      read: () => ({ events: readFixture(name).events, rejected: readFixture(name).polis['mod-out'] }),
    })),
    ...conversationNames.map((name) => ({
      name,
      read: () => ({ events: readConversation(name).events, rejected: readConversation(name).reference.moderated_out }),
    })),
  ];

  test.each(sets)('$name: every number the same to the last bit', ({ read }) => {
    const { events, rejected } = read();
    const last = [...new Map(events.map((event) => [`${event.person} ${event.statement}`, event])).values()];
    const plain = whole(events, rejected);
    const mixed = whole(shuffled(last, chance(7)), shuffled(rejected, chance(8)));
    expect(mixed).toEqual(plain);
  });

  test.each(sets)('$name: the same groups when everybody and every statement has another name', ({ read }) => {
    const { events, rejected } = read();
    const plain = whole(events, rejected);
    const rename = (names: readonly Name[], seed: number): Map<Name, number> => {
      const order = shuffled(names, chance(seed));
      return new Map(order.map((name, at) => [name, at]));
    };
    const person = rename(plain.votes.people, 9);
    const statement = rename(plain.votes.statements, 10);
    const renamed = whole(
      events.map((event) => ({
        ...event,
        person: person.get(event.person)!,
        statement: statement.get(event.statement)!,
      })),
      rejected.flatMap((name) => statement.get(name) ?? []),
    );
    const theirs = plain.votes.people.map((name) => renamed.groups.of[person.get(name)!]!);
    expect(renamed.groups.groups.length).toBe(plain.groups.groups.length);
    expect(adjustedRandIndex([...plain.groups.of], theirs)).toBe(1);
  });
});

function whole(events: readonly { person: Name; statement: Name; vote: number }[], rejected: Iterable<Name>): Analysis {
  const analysed = analyse(votesFrom(events), { rejected });
  if (!analysed.ok) throw new RangeError(analysed.problem.message);
  return analysed.value;
}

function placesOf(points: readonly (readonly [number, number])[]): Places {
  return {
    x: Float64Array.from(points, ([x]) => x),
    y: Float64Array.from(points, ([, y]) => y),
    weight: new Float64Array(points.length).fill(1),
  };
}

/** k-means++ (Arthur & Vassilvitskii 2007), the best of 50 starts. */
function bestOfFifty(places: Places, k: number, random: Chance): number {
  let best = Infinity;
  for (let run = 0; run < 50; run++) {
    const chosen = [random.whole(places.x.length)];
    while (chosen.length < k) {
      const far = places.weight.map(
        (weight, i) =>
          weight *
          Math.min(...chosen.map((at) => (places.x[i]! - places.x[at]!) ** 2 + (places.y[i]! - places.y[at]!) ** 2)),
      );
      let left = random.share() * far.reduce((sum, value) => sum + value, 0);
      chosen.push(
        Math.max(
          0,
          far.findIndex((value) => (left -= value) < 0),
        ),
      );
    }
    const settled = settle(places, {
      centerX: Float64Array.from(chosen, (at) => places.x[at]!),
      centerY: Float64Array.from(chosen, (at) => places.y[at]!),
    });
    best = Math.min(best, settled.squaredError);
  }
  return best;
}
