import { describe, expect, test } from 'vitest';
import { describeAgainstR, expectClose, numbers, readColumns, valueOf } from '../test/reference.ts';
import { readGroups } from './groups.ts';
import { readHistories } from './histories.ts';
import { restrictedMeans } from './restricted-mean.ts';
import { readSpells } from './spells.ts';
import { timeInStates } from './time-in-states.ts';
import { timesLost } from './time-lost.ts';

const causes = ['work', 'left'];

describe('by hand: four people, work on days 2 and 5, left on day 3, one still searching on day 6', () => {
  const spells = valueOf(readSpells({ time: [2, 5, 3, 6], cause: [1, 1, 2, 0] }));
  const [times] = valueOf(timesLost(spells, { horizon: 6, causes }));

  test('days in work 4, 1, 0, 0; gone 0, 0, 3, 0; searching 2, 5, 3, 6: plain means and their errors', () => {
    const days = { waiting: [2, 5, 3, 6], work: [4, 1, 0, 0], left: [0, 0, 3, 0] };
    for (const { cause, estimate, se } of times!) {
      const own = days[cause as keyof typeof days];
      const mean = own.reduce((a, b) => a + b) / 4;
      expect(estimate).toBeCloseTo(mean, 13);
      expect(se).toBeCloseTo(Math.sqrt(own.reduce((total, x) => total + (x - mean) ** 2, 0)) / 4, 13);
    }
  });

  test('refused: beyond follow-up, before the start, a cause without a name, an empty group', () => {
    const what = (answer: { ok: boolean; problem?: { what: string } }): string | undefined => answer.problem?.what;
    expect(what(timesLost(spells, { horizon: 7, causes }))).toBe('horizon-beyond-follow-up');
    expect(what(timesLost(spells, { horizon: 0, causes }))).toBe('horizon-not-usable');
    expect(what(timesLost(spells, { horizon: 6, causes: ['work'] }))).toBe('cause-without-a-name');
    const groups = valueOf(readGroups(['a', 'a', 'a', 'a'], { order: ['a', 'b'] }));
    expect(what(timesLost(spells, { horizon: 6, causes, groups }))).toBe('group-empty');
  });
});

describe('late entry, sampling weights, clusters', () => {
  const entry = [0, 0, 1, 2, 0, 3, 1, 2, 4, 0];
  const time = [2, 3, 4, 4, 5, 6, 7, 7, 8, 9];
  const cause = [1, 0, 1, 2, 0, 1, 2, 0, 1, 0];
  const weights = { weight: [1, 2, 0.5, 1.5, 1, 3, 0.7, 0.8, 1.2, 2], weightMeaning: 'sampling' as const };
  const clusters = valueOf(readGroups([1, 2, 1, 3, 2, 3, 4, 5, 4, 5]));
  const spells = valueOf(readSpells({ time, cause, entry, ...weights }));
  const times = valueOf(timesLost(spells, { horizon: 7.5, causes, clusters }))[0]!;

  test('as mean times in states', () => {
    const histories = valueOf(
      readHistories(
        { id: time.map((_, i) => i), start: entry, stop: time, to: cause.map((c) => ['', ...causes][c]!), ...weights },
        { states: ['waiting', ...causes] },
      ),
    );
    const states = valueOf(timeInStates(histories, { horizon: 7.5, clusters }))[0]!;
    expectClose(
      times.map(({ estimate }) => estimate),
      states.map(({ estimate }) => estimate),
      1e-13,
      'time lost',
    );
    expectClose(
      times.map(({ se }) => se),
      states.map(({ se }) => se),
      1e-12,
      'time lost',
    );
  });

  test('waiting is the restricted mean', () => {
    const [mean] = valueOf(restrictedMeans(spells, { horizon: 7.5, clusters }));
    expectClose([times[0]!.estimate, times[0]!.se], [mean!.estimate, mean!.se], 1e-12, 'time lost');
    expectClose(times[0]!.influence, mean!.influence, 1e-11, 'time lost');
  });
});

describeAgainstR('R 4.2.2, survival 3.5-3: mgus2 up to 240 months, areas under survfit and its influence', () => {
  test('months before, with the disease, and dead', () => {
    const d = readColumns('survival/mgus2.csv');
    const spells = valueOf(readSpells({ time: numbers(d['time']!), cause: numbers(d['cause']!) }));
    const [times] = valueOf(timesLost(spells, { horizon: 240, causes: ['pcm', 'death'] }));
    expectClose(
      times!.map(({ estimate }) => estimate),
      [110.5888994204337, 14.1905481276958, 115.2205524518705],
      1e-12,
      'time lost, mgus2',
    );
    expectClose(
      times!.map(({ se }) => se),
      [2.34782854476636, 1.32883218411965, 2.49964902408231],
      1e-10,
      'time lost, mgus2',
    );
  });
});
