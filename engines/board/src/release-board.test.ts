import { chance } from '@meedoen/numbers';
import { checkLedger, strictest } from '@meedoen/publication';
import { day, month } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import type { GroupedHistory } from './histories.ts';
import { releaseBoard, type Board, type BoardCounts } from './release-board.ts';
import { derivable } from './testing.ts';

const hash = (text: string): string => {
  let sum = 7;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) % 2147483647;
  return String(sum);
};

const nothing: BoardCounts = {
  town: 'example-town',
  example: true,
  firstWork: { everyone: [], cohort: [], door: [], programme: [] },
  workedBefore: 0,
  arrivalNotSaid: 0,
  answers: [],
  barriers: [],
  heard: [],
};
const first = { releasedOn: day('2026-07-10'), previous: null, hash };

/** A hundred people from their first month: 20 find work in month 6, 10 leave in month 12, 70 are followed for two years. */
const hundred: readonly GroupedHistory[] = [
  { group: 'all', entry: 0, exit: 6, cause: 'work', people: 20 },
  { group: 'all', entry: 0, exit: 12, cause: 'left', people: 10 },
  { group: 'all', entry: 0, exit: 24, cause: 'none', people: 70 },
];

test('a board by hand: 20 of 100 found work in a year, 10 left, and the mean wait is 6 + 6 · 0.8 months', () => {
  const { board } = releaseBoard({ ...nothing, firstWork: { ...nothing.firstWork, everyone: hundred } }, first);
  const slice = board.firstWork!.slices.everyone!;
  expect(slice.bands.work).toEqual([12]);
  const [curve] = slice.curves;
  expect(curve).toMatchObject({ group: 'all', people: 100 });
  expect(curve!.points).toEqual([
    {
      months: 12,
      // The error of 0.2 in 100 is 0.04: 0.2^exp(±1.96 · 0.2/ln 0.2) is 0.128 and 0.283, rounded outwards; of 0.1 it is 0.03.
      work: { share: 0.2, lower: 0.12, upper: 0.29 },
      left: { share: 0.1, lower: 0.05, upper: 0.17 },
      followed: 70,
    },
  ]);
  expect(curve!.waits).toEqual([{ horizon: 12, months: 10.8, lower: 10.3, upper: 11.3 }]);
});

test('late entry: who joins at month 6 says nothing about the months before', () => {
  // 40 from the start, of whom 10 work in month 3; 60 join at 6; in month 12 each second of the 90 works: 1/4 + 3/4 · 1/2.
  const everyone: GroupedHistory[] = [
    { group: 'all', entry: 0, exit: 3, cause: 'work', people: 10 },
    { group: 'all', entry: 0, exit: 12, cause: 'work', people: 15 },
    { group: 'all', entry: 6, exit: 12, cause: 'work', people: 30 },
    { group: 'all', entry: 0, exit: 18, cause: 'none', people: 15 },
    { group: 'all', entry: 6, exit: 18, cause: 'none', people: 20 },
    { group: 'all', entry: 6, exit: 12, cause: 'left', people: 10 },
  ];
  const { board } = releaseBoard({ ...nothing, firstWork: { ...nothing.firstWork, everyone } }, first);
  const [point] = board.firstWork!.slices.everyone!.curves[0]!.points;
  expect(point!.work.share).toBe(0.63); // 0.25 + 0.75 · 45/90 = 0.625
  expect(point!.left!.share).toBe(0.08); // 0.75 · 10/90 = 0.083
});

test('an empty town has an honest board: nothing is shown, and nothing is made up', () => {
  const { board, withheld, reports } = releaseBoard(nothing, first);
  expect(board).toMatchObject({ firstWork: null, heard: [], workedBefore: null });
  expect(board.answers.every(({ months }) => months.length === 0)).toBe(true);
  expect([withheld, reports]).toEqual([[], []]);
});

test('barriers of a month that is over: what fewer than ten named is not shown, nor can it be worked out', () => {
  const values = [
    { value: 'right:paid-work', people: 34 },
    { value: 'theme:waiting', people: 27 },
    { value: 'right:bank-account', people: 4 },
  ];
  const october = { month: month('2026-10'), values };
  const release = releaseBoard({ ...nothing, barriers: [october] }, { ...first, releasedOn: day('2026-11-10') });
  const [told] = release.board.barriers;
  const of = (value: string) => told!.counts.find((one) => one.value === value)?.people;
  expect(of('right:bank-account')).toBeNull();
  // Beside one hidden cell another is hidden, else the sum would tell it; the largest is the one that is left.
  expect(of('right:paid-work')).toBe(35);
  expect(release.reports[0]!.audit.narrowest).toBeGreaterThanOrEqual(strictest.width);

  // What was told of a month stays as it was, also when a report of it comes later; a new month is added.
  const later = { month: month('2026-10'), values: values.map((one) => ({ ...one, people: one.people + 1 })) };
  const november = { month: month('2026-11'), values: [{ value: 'theme:waiting', people: 41 }] };
  const next = releaseBoard(
    { ...nothing, barriers: [later, november] },
    { ...first, releasedOn: day('2026-12-10'), previous: release.board, ledger: release.ledger },
  );
  expect(next.board.barriers[0]).toEqual(told);
  expect(next.board.barriers[1]).toEqual({
    month: '2026-11',
    counts: [{ value: 'theme:waiting', people: 40 }],
  });
});

describe('months of answers', () => {
  const life = (at: string, marks: Readonly<Record<string, number>>): BoardCounts['answers'][number] => ({
    question: 'life',
    month: month(at),
    values: Object.entries(marks).map(([value, people]) => ({ value, people })),
    answered: Object.values(marks).reduce((a, b) => a + b, 0),
  });

  test('marks are told in three bands, rounded to five', () => {
    const counts = { ...nothing, answers: [life('2026-05', { 3: 12, 5: 19, 6: 40, 7: 31, 8: 22, 10: 11 })] };
    const { board } = releaseBoard(counts, first);
    expect(board.answers.find(({ question }) => question === 'life')!.months).toEqual([
      {
        month: '2026-05',
        answered: 135,
        counts: [
          { value: '0-5', people: 30 },
          { value: '6-7', people: 70 },
          { value: '8-10', people: 35 },
        ],
      },
    ]);
  });

  test('a band with four people is hidden, and another with it, because the total is shown', () => {
    const { board } = releaseBoard({ ...nothing, answers: [life('2026-05', { 2: 4, 6: 61, 9: 52 })] }, first);
    const { counts } = board.answers.find(({ question }) => question === 'life')!.months[0]!;
    expect(counts[0]).toEqual({ value: '0-5', people: null });
    expect(counts.filter(({ people }) => people === null)).toHaveLength(2);
  });

  test('what was published stays as it was: a month that changed since is not told twice', () => {
    const before = releaseBoard({ ...nothing, answers: [life('2026-05', { 4: 40, 6: 61, 9: 52 })] }, first);
    const after = releaseBoard(
      { ...nothing, answers: [life('2026-05', { 4: 41, 6: 61, 9: 52 }), life('2026-06', { 4: 44, 6: 60, 9: 55 })] },
      { ...first, releasedOn: day('2026-08-10'), previous: before.board, ledger: before.ledger },
    );
    const series = (board: Board): unknown[] => [...board.answers.find(({ question }) => question === 'life')!.months];
    expect(series(after.board)).toHaveLength(2);
    expect(series(after.board)[0]).toEqual(series(before.board)[0]);
    expect(checkLedger(after.ledger, hash).ok).toBe(true);
    expect(after.ledger.releases).toHaveLength(2);
  });
});

describe('made-up people, released twice', () => {
  const doors = { asylum: 0.02, 'temporary-protection': 0.06, family: 0.03, study: 0.05, work: 0.12 } as const;
  const names = Object.keys(doors) as (keyof typeof doors)[];

  /** The same people at an earlier and a later month: what comes after it is not known yet. */
  function followed(until: number): { door: string; cohort: string; history: Omit<GroupedHistory, 'group'> }[] {
    const random = chance(41);
    return Array.from({ length: 1800 }, () => {
      const arrived = Math.floor(random.share() * 66);
      const door = names[[0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4][Math.floor(random.share() * 11)]!]!;
      const entry = Math.floor(random.share() * 4);
      const last = Math.floor(1 + random.share() * 40);
      let at = entry;
      let cause: GroupedHistory['cause'] = 'none';
      while (at < last && cause === 'none') {
        at++;
        const u = random.share();
        cause = u < doors[door] ? 'work' : u < doors[door] + 0.008 ? 'left' : 'none';
      }
      const exit = Math.min(at, until - arrived);
      const half = `${2023 + Math.floor(arrived / 12)}-${arrived % 12 < 6 ? 1 : 2}`;
      return { door, cohort: half, history: { entry, exit, cause: exit < at ? ('none' as const) : cause, people: 1 } };
    }).filter(({ history }) => history.exit > history.entry);
  }
  function countsAt(until: number): BoardCounts {
    const people = followed(until);
    const by = (of: (one: (typeof people)[number]) => string): GroupedHistory[] =>
      people.map((one) => ({ ...one.history, group: of(one) }));
    return {
      ...nothing,
      firstWork: {
        everyone: by(() => 'all'),
        door: by(({ door }) => door),
        cohort: by(({ cohort }) => cohort),
        programme: by(() => 'none'),
      },
    };
  }
  const before = releaseBoard(countsAt(42), first);
  const after = releaseBoard(countsAt(66), {
    ...first,
    releasedOn: day('2028-07-10'),
    previous: before.board,
    ledger: before.ledger,
  });

  test('both say something of doors and cohorts, and points are never of hidden counts', () => {
    for (const { board } of [before, after]) {
      const { slices } = board.firstWork!;
      expect(slices.everyone!.curves[0]!.points.length).toBeGreaterThan(1);
      for (const slice of [slices.door!, slices.cohort!]) {
        expect(slice.curves.some(({ points }) => points.length > 0)).toBe(true);
        for (const { group, points } of slice.curves) {
          for (const { months, left } of points) {
            const shownBy = (cause: string): boolean => {
              const own = slice.cells.filter(
                ({ categories }) => categories[0]!.join() === group && categories[1]![0] === cause,
              );
              const whole = own.find(({ categories }) => categories[1]!.length === 1);
              const upTo = own.filter(
                ({ categories }) => Number(categories[1]![1]?.split('-')[1] ?? Infinity) <= months,
              );
              const last = months === slice.bands.work.at(-1);
              return upTo.every(({ count }) => count !== null) || (last && whole?.count !== null);
            };
            expect(shownBy('work')).toBe(true);
            if (left) expect(shownBy('left')).toBe(true);
          }
        }
      }
    }
  });

  const times = { '2026-2': countsAt(42), '2028-2': countsAt(66) } as const;

  test('nobody can narrow a small number to fewer than ten values, with all tables of one time side by side', () => {
    for (const [period, counts] of Object.entries(times)) {
      const small = [...derivable(after.ledger, period, counts.firstWork, after.board.firstWork!).values()].filter(
        ({ people }) => people > 0 && people < 10,
      );
      expect(small.length).toBeGreaterThan(2);
      for (const { lower, upper } of small) expect(upper - lower).toBeGreaterThanOrEqual(strictest.width);
    }
  });

  test('nor a small change between two times', () => {
    const [then, now] = Object.entries(times).map(([period, counts]) =>
      derivable(after.ledger, period, counts.firstWork, after.board.firstWork!),
    ) as [ReturnType<typeof derivable>, ReturnType<typeof derivable>];
    let small = 0;
    for (const [key, { people, lower, upper }] of now) {
      const earlier = then.get(key);
      if (!earlier || people === earlier.people || Math.abs(people - earlier.people) >= 10) continue;
      small++;
      expect(upper - earlier.lower - (lower - earlier.upper)).toBeGreaterThanOrEqual(strictest.width);
    }
    expect(small).toBeGreaterThan(2);
  });
});
