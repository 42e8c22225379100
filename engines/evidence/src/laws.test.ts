// Laws that hold for all data. For each a fault was planted in the code and this file seen to turn red; the fault stands beside it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueOf } from '../test/reference.ts';
import { fitCox } from './cox.ts';
import { cumulativeIncidence } from './cumulative-incidence.ts';
import { readGroups } from './groups.ts';
import { logRank } from './log-rank.ts';
import { restrictedMeans } from './restricted-mean.ts';
import { readSpells, type Spells } from './spells.ts';
import { kaplanMeier } from './survival-curve.ts';

/** A person in a small world: few days, so that ties and empty risk sets are common. */
type Person = { entry: number; stay: number; cause: number; group: number; x: number; copies: number };
const person: fc.Arbitrary<Person> = fc.record({
  entry: fc.integer({ min: 0, max: 4 }),
  stay: fc.integer({ min: 1, max: 6 }),
  cause: fc.constantFrom(0, 1, 1),
  group: fc.integer({ min: 0, max: 2 }),
  x: fc.integer({ min: -2, max: 2 }),
  copies: fc.integer({ min: 1, max: 3 }),
});
const people = fc.array(person, { minLength: 4, maxLength: 25 });

function spellsOf(rows: readonly Person[], weighted = false): Spells {
  const time = rows.map(({ entry, stay }) => entry + stay);
  const late = rows.some(({ entry }) => entry > 0);
  const columns = {
    time,
    cause: rows.map(({ cause }) => cause),
    ...(late && { entry: rows.map(({ entry }) => entry) }),
  };
  return valueOf(readSpells(weighted ? { ...columns, weight: rows.map(({ copies }) => copies) } : columns));
}
const repeated = (rows: readonly Person[]): Person[] =>
  rows.flatMap((row) => Array.from({ length: row.copies }, () => row));
const groupsOf = (rows: readonly Person[]) => valueOf(readGroups(rows.map(({ group }) => group)));

/** Everything we say about these people that must not depend on how the rows are written down; refusals by their code. */
function answers(rows: readonly Person[], weighted: boolean): unknown[] {
  const spells = spellsOf(rows, weighted);
  const curves = kaplanMeier(spells, { groups: groupsOf(rows) }).map(({ table, survival, se, lower }) => [
    ...table.time,
    ...survival,
    ...se,
    ...lower,
  ]);
  const means = restrictedMeans(spells, { horizon: 5, groups: groupsOf(rows) });
  const test = logRank(spells, { groups: groupsOf(rows) });
  const model = fitCox(spells, { covariates: [{ name: 'x', values: rows.map(({ x }) => x) }], robust: true });
  return [
    curves,
    means.ok ? means.value.map(({ estimate, se }) => [estimate, se]) : means.problem.what,
    test.ok ? [test.value.chiSquared, test.value.p] : test.problem.what,
    model.ok ? model.value.terms.map(({ estimate, se, seModel }) => [estimate, se, seModel]) : model.problem.what,
  ];
}

function expectSame(one: unknown, other: unknown): void {
  if (typeof one === 'number' && typeof other === 'number') {
    expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(one)));
  } else if (Array.isArray(one) && Array.isArray(other)) {
    expect(one.length).toBe(other.length);
    one.forEach((value, at) => expectSame(value, other[at]));
  } else expect(one).toEqual(other);
}

test('the order of rows does not matter', () => {
  // Planted: riskTables starts `followed` at the first row's weight.
  fc.assert(
    fc.property(people, fc.infiniteStream(fc.nat()), (rows, keys) => {
      const shuffled = rows.map((row) => ({ row, key: keys.next().value! })).toSorted((a, b) => a.key - b.key);
      expectSame(
        answers(
          shuffled.map(({ row }) => row),
          false,
        ),
        answers(rows, false),
      );
    }),
  );
});

test('a row that counts for three is three rows', () => {
  // Planted: tied events count rows instead of copies.
  fc.assert(fc.property(people, (rows) => expectSame(answers(rows, true), answers(repeated(rows), false))));
});

test('a person censored on the last day changes nothing but the numbers at risk when nobody is left to lose', () => {
  // Planted: an event counts after a censoring on the same day.
  fc.assert(
    fc.property(people, (rows) => {
      const last = Math.max(...rows.map(({ entry, stay }) => entry + stay));
      const before = kaplanMeier(spellsOf(rows))[0]!;
      // Somebody who enters on the last-but-one end and leaves with the last, censored, can only dilute the last day.
      const latest: Person = { entry: last, stay: 1, cause: 0, group: 0, x: 0, copies: 1 };
      const after = kaplanMeier(spellsOf([...rows, latest]))[0]!;
      expect(after.survival.slice(0, -1)).toEqual(before.survival);
      expect(after.survival.at(-1)).toBe(before.survival.at(-1));
    }),
  );
});

test('S starts at most at 1, never rises, and its interval holds it', () => {
  // Planted: the log-log limits are exchanged.
  fc.assert(
    fc.property(people, fc.constantFrom('log-log', 'log', 'plain' as const), (rows, interval) => {
      const { survival, lower, upper } = kaplanMeier(spellsOf(rows), { interval: interval as 'plain' })[0]!;
      survival.forEach((s, j) => {
        expect(s).toBeLessThanOrEqual(j === 0 ? 1 : survival[j - 1]!);
        expect(s).toBeGreaterThanOrEqual(0);
        if (lower[j] !== null) expect(lower[j]!).toBeLessThanOrEqual(s + 1e-12);
        if (upper[j] !== null) expect(upper[j]!).toBeGreaterThanOrEqual(s - 1e-12);
      });
    }),
  );
});

test('errors from the influence of each person are Greenwood’s', () => {
  // Planted: the event term of the influence is 1/n instead of 1/(n − d).
  fc.assert(
    fc.property(people, (late) => {
      const rows = late.map((row) => ({ ...row, entry: 0 }));
      const spells = spellsOf(rows);
      const own = valueOf(readGroups(rows.map((_, row) => row)));
      const greenwood = kaplanMeier(spells)[0]!.se;
      const influence = kaplanMeier(spells, { clusters: own })[0]!.se;
      influence.forEach((se, j) =>
        se === null ? expect(greenwood[j]).toBeNull() : expect(se).toBeCloseTo(greenwood[j]!, 7),
      );
    }),
  );
});

test('cumulative incidence: the influence of each person gives the closed form, and copies are repeated rows', () => {
  // Planted: who leaves keeps their share of X (the last sum is not taken out).
  fc.assert(
    fc.property(people, (late) => {
      const rows = late.map((row) => ({ ...row, entry: 0, cause: row.cause === 0 ? 0 : 1 + (row.x & 1) }));
      const causes = ['even', 'odd'];
      // Squared: where the error is 0, rounding of 1e-14 in its square would look like an error of 1e-7.
      const variances = (spells: Spells, clusters?: ReturnType<typeof groupsOf>): number[] =>
        valueOf(cumulativeIncidence(spells, { causes, ...(clusters && { clusters }) })).flatMap(({ causes: curves }) =>
          curves.flatMap(({ se }) => Array.from(se, (error) => error ** 2)),
        );
      const expectClose = (one: number[], other: number[]): void => {
        expect(one.length).toBe(other.length);
        one.forEach((variance, at) => expect(variance).toBeCloseTo(other[at]!, 11));
      };
      const own = valueOf(readGroups(rows.map((_, row) => row)));
      expectClose(variances(spellsOf(rows), own), variances(spellsOf(rows)));
      expectClose(variances(spellsOf(late, true)), variances(spellsOf(repeated(late))));
    }),
  );
});

test('hours instead of days: hazard ratios and tests stay, means grow by 24', () => {
  // Planted: restrictedMeans adds the last rectangle twice.
  fc.assert(
    fc.property(people, (rows) => {
      const time = rows.map(({ entry, stay }) => entry + stay);
      const cause = rows.map(({ cause: c }) => c);
      const days = valueOf(readSpells({ time, cause }));
      const hours = valueOf(readSpells({ time: time.map((t) => 24 * t), cause }));
      const inDays = restrictedMeans(days, { horizon: 3 });
      const inHours = restrictedMeans(hours, { horizon: 72 });
      if (inDays.ok && inHours.ok) {
        expect(inHours.value[0]!.estimate).toBeCloseTo(24 * inDays.value[0]!.estimate, 9);
        expect(inHours.value[0]!.se!).toBeCloseTo(24 * inDays.value[0]!.se!, 9);
      } else expect(inDays.ok).toBe(inHours.ok);
      const groups = groupsOf(rows);
      const [one, other] = [logRank(days, { groups }), logRank(hours, { groups })];
      expectSame(
        one.ok ? one.value.chiSquared : one.problem.what,
        other.ok ? other.value.chiSquared : other.problem.what,
      );
    }),
  );
});

test('a covariate in other units: the coefficient shrinks as the unit grows, z and the likelihood stay', () => {
  // Planted: inUnits divides by one spread only.
  fc.assert(
    fc.property(people, fc.double({ min: 1e-4, max: 1e4, noNaN: true }), (rows, unit) => {
      const spells = spellsOf(rows);
      const fit = (factor: number) =>
        fitCox(spells, { covariates: [{ name: 'x', values: rows.map(({ x }) => 5 + factor * x) }], robust: true });
      const [one, other] = [fit(1), fit(unit)];
      expect(one.ok).toBe(other.ok);
      if (!one.ok || !other.ok) return;
      const [a, b] = [one.value.terms[0]!, other.value.terms[0]!];
      expectSame(b.estimate * unit, a.estimate);
      expectSame(b.z, a.z);
      expectSame(other.value.logLikelihood.fitted, one.value.logLikelihood.fitted);
    }),
  );
});

test('a stratum of its own kind of people is the same as two models’ likelihoods added', () => {
  // Planted: first is 0 for every stratum.
  fc.assert(
    fc.property(people, people, (rows, others) => {
      const together = [...rows, ...others];
      const strata = valueOf(readGroups(together.map((_, row) => (row < rows.length ? 'a' : 'b'))));
      const none = (list: readonly Person[], options = {}): number | null => {
        const model = fitCox(spellsOf(list), {
          covariates: [{ name: 'x', values: list.map(({ x }) => x) }],
          ...options,
        });
        return model.ok ? model.value.logLikelihood.none : null;
      };
      const [all, one, other] = [none(together, { strata }), none(rows), none(others)];
      if (all !== null && one !== null && other !== null) expectSame(all, one + other);
    }),
  );
});
