import { describe, expect, test } from 'vitest';
import { describeAgainstR, expectClose, numbers, readColumns, valueOf } from '../test/reference.ts';
import { abc, ten } from '../test/ten-people.ts';
import { readGroups } from './groups.ts';
import { readHistories, type HistoryColumns } from './histories.ts';
import { restrictedMeans } from './restricted-mean.ts';
import { readSpells } from './spells.ts';
import { timeInStates, timeInStatesDifference } from './time-in-states.ts';

const states = { states: ['search', 'work', 'gone'] };
/** Four people search; two find work, one of them loses it on day 3; one goes on day 4. Followed for 6 days. */
const four: HistoryColumns = {
  id: ['ann', 'ann', 'ben', 'ben', 'ben', 'cem', 'dia'],
  start: [0, 2, 0, 1, 3, 0, 0],
  stop: [2, 6, 1, 3, 6, 6, 4],
  to: ['work', '', 'work', 'search', '', '', 'gone'],
};

describe('by hand: everybody is followed, so mean times are plain means of four people', () => {
  const [times] = valueOf(timeInStates(valueOf(readHistories(four, states)), { horizon: 6 }));
  // Days in search, work, gone: ann 2, 4, 0; ben 1 + 3, 2, 0; cem 6, 0, 0; dia 4, 0, 2.
  const days = [
    [2, 4, 6, 4],
    [4, 2, 0, 0],
    [0, 0, 0, 2],
  ];

  test('means, and errors √(Σ(x − x̄)²)/4', () => {
    times!.forEach(({ estimate, se }, k) => {
      const mean = days[k]!.reduce((a, b) => a + b) / 4;
      expect(estimate).toBeCloseTo(mean, 13);
      expect(se).toBeCloseTo(Math.sqrt(days[k]!.reduce((total, x) => total + (x - mean) ** 2, 0)) / 4, 13);
    });
  });

  test('they add to 6 days', () => {
    expect(times!.reduce((total, { estimate }) => total + estimate, 0)).toBeCloseTo(6, 13);
  });
});

describe('with one step it is the restricted mean', () => {
  test('late entry, sampling weights and clusters give the same mean and error', () => {
    const entry = [0, 0, 1, 2, 0, 3, 1, 2, 4, 0];
    const time = [2, 3, 4, 4, 5, 6, 7, 7, 8, 9];
    const cause = [1, 0, 1, 1, 0, 1, 1, 0, 1, 0];
    const weights = { weight: [1, 2, 0.5, 1.5, 1, 3, 0.7, 0.8, 1.2, 2], weightMeaning: 'sampling' as const };
    const clusters = valueOf(readGroups([1, 2, 1, 3, 2, 3, 4, 5, 4, 5]));
    const [mean] = valueOf(
      restrictedMeans(valueOf(readSpells({ time, cause, entry, ...weights })), { horizon: 8, clusters }),
    );
    const columns = {
      id: time.map((_, i) => i),
      start: entry,
      stop: time,
      to: cause.map((c) => (c ? 'work' : '')),
      ...weights,
    };
    const [times] = valueOf(timeInStates(valueOf(readHistories(columns, states)), { horizon: 8, clusters }));
    expect(times![0]!.estimate).toBeCloseTo(mean!.estimate, 12);
    expect(times![0]!.se).toBeCloseTo(mean!.se!, 12);
    expect(times![1]!.estimate).toBeCloseTo(8 - mean!.estimate, 12);
  });
});

describe('recovery, late entry, two states at the start, up to day 7', () => {
  test('R 4.2.2, survival 3.5-3: summary(survfit(…), rmean = 7)', () => {
    const [times] = valueOf(timeInStates(valueOf(readHistories(ten, abc)), { horizon: 7 }));
    expectClose(
      times!.map(({ estimate }) => estimate),
      [3.87698412698413, 2.58174603174603, 0.54126984126984],
      1e-13,
      'time in states',
    );
  });

  test('the influence of a person is what a little more weight does, also through the shares at the origin', () => {
    const meanTimes = (who: number, weightOfThem: number): number[] => {
      const weight = ten.id.map((id) => (id === who ? weightOfThem : 1));
      const histories = valueOf(readHistories({ ...ten, weight, weightMeaning: 'sampling' }, abc));
      return valueOf(timeInStates(histories, { horizon: 7 }))[0]!.map(({ estimate }) => estimate);
    };
    const [times] = valueOf(timeInStates(valueOf(readHistories(ten, abc)), { horizon: 7 }));
    const h = 1e-5;
    for (const who of new Set(ten.id)) {
      const up = meanTimes(who, 1 + h);
      const down = meanTimes(who, 1 - h);
      times!.forEach(({ influence }, k) => {
        const mine = ten.id.reduce((total, id, i) => total + (id === who ? influence[i]! : 0), 0);
        expect((up[k]! - down[k]!) / (2 * h)).toBeCloseTo(mine, 8);
      });
    }
  });
});

describe('two groups', () => {
  const again = <T>(cells: ArrayLike<T>): T[] => [...Array.from(cells), ...Array.from(cells)];
  const twice: HistoryColumns = {
    id: [...(four.id as string[]), ...(four.id as string[]).map((id) => `${id} 2`)],
    start: again(four.start),
    stop: again(four.stop),
    to: again(four.to),
  };
  const groups = valueOf(readGroups(Array.from({ length: 14 }, (_, i) => (i < 7 ? 'one' : 'other'))));

  test('the same people differ by 0, with √2 times the error of one group', () => {
    const histories = valueOf(readHistories(twice, states));
    const differences = valueOf(timeInStatesDifference(histories, { horizon: 6, groups }));
    const [one] = valueOf(timeInStates(histories, { horizon: 6, groups }));
    differences.forEach(({ estimate, se, level, p }, k) => {
      expect(estimate).toBeCloseTo(0, 14);
      expect(se).toBeCloseTo(Math.SQRT2 * one![k]!.se!, 13);
      expect(level).toBe(1);
      expect(p).toBeCloseTo(1, 12);
    });
  });

  test('refused: a horizon beyond follow-up or before the origin, and one group', () => {
    const histories = valueOf(readHistories(twice, states));
    expect(timeInStates(histories, { horizon: 7 })).toMatchObject({ problem: { what: 'horizon-beyond-follow-up' } });
    expect(timeInStates(histories, { horizon: 1, origin: 2 })).toMatchObject({
      problem: { what: 'horizon-not-usable' },
    });
    const alone = valueOf(readGroups(again(Array(7).fill('all'))));
    expect(timeInStatesDifference(histories, { horizon: 6, groups: alone })).toMatchObject({
      problem: { what: 'two-groups-needed' },
    });
  });

  test('beyond follow-up is no question once everybody is gone', () => {
    const histories = valueOf(readHistories({ id: [1, 2], start: [0, 0], stop: [2, 4], to: ['gone', 'gone'] }, states));
    const [times] = valueOf(timeInStates(histories, { horizon: 10 }));
    expectClose(
      times!.map(({ estimate }) => estimate),
      [3, 0, 7],
      1e-14,
      'gone',
    );
  });
});

describeAgainstR('R 4.2.2, survival 3.5-3: mgus2, summary(survfit, rmean = 240), errors from its influence', () => {
  test('months well, with the disease and dead, out of 240', () => {
    const d = readColumns('survival/mgus2_multistate.csv');
    const to = d['to']!.map((state) => (state === 'censor' ? '' : state));
    const histories = valueOf(
      readHistories(
        { id: d['id']!, start: numbers(d['tstart']!), stop: numbers(d['tstop']!), to },
        { states: ['well', 'pcm', 'death'] },
      ),
    );
    const [times] = valueOf(timeInStates(histories, { horizon: 240 }));
    expectClose(
      times!.map(({ estimate }) => estimate),
      [110.58815583297633, 2.94599015742944, 126.46585400959424],
      1e-12,
      'time in states, mgus2',
    );
    expectClose(
      times!.map(({ se }) => se),
      [2.347837793820411, 0.434019240502129, 2.358069590211022],
      1e-9,
      'time in states, mgus2 errors',
    );
  });
});
