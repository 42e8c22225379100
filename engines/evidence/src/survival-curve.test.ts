import { describe, expect, test } from 'vitest';
import {
  complete,
  describeAgainstR,
  expectClose,
  numbers,
  readColumns,
  readJson,
  valueOf,
  type Json,
} from '../test/reference.ts';
import { cumulativeHazards } from './cumulative-hazard.ts';
import { readGroups } from './groups.ts';
import { quantile } from './quantile.ts';
import { restrictedMeanDifference, restrictedMeans } from './restricted-mean.ts';
import { readSpells, type SpellColumns, type Spells } from './spells.ts';
import { kaplanMeier, survivalAt } from './survival-curve.ts';

const spellsOf = (columns: SpellColumns): Spells => valueOf(readSpells(columns));
const fractions = (values: ArrayLike<number>): number[] => Array.from(values, (value) => Math.round(value * 1e4) / 1e4);

describe('by hand', () => {
  // Six people: events on days 1, 2, 4 and 6, censored on days 3 and 5.
  const six = spellsOf({ time: [6, 5, 4, 3, 2, 1], cause: [1, 0, 1, 0, 1, 1] });
  const [curve] = kaplanMeier(six);

  test('S is 5/6, 4/6, 4/6, 4/9, 4/9, 0', () => {
    expect(fractions(curve!.survival)).toEqual(fractions([5 / 6, 4 / 6, 4 / 6, 4 / 9, 4 / 9, 0]));
    expect([...curve!.table.atRisk]).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test('Greenwood on day 2: 4/6 · √(1/(6·5) + 1/(5·4)); undefined once nobody is left', () => {
    expect(curve!.se[1]).toBeCloseTo((4 / 6) * Math.sqrt(1 / 30 + 1 / 20), 15);
    expect(curve!.se[5]).toBeNull();
    expect(curve!.lower[5]).toBeNull();
  });

  test('before the first event the log-log interval is undefined, and after the last follow-up so is S', () => {
    expect(survivalAt(curve!, 0.5)).toEqual({ survival: 1, se: 0, lower: null, upper: null });
    expect(survivalAt(curve!, 100)?.survival).toBe(0);
    const [open] = kaplanMeier(spellsOf({ time: [1, 2], cause: [1, 0] }));
    expect(survivalAt(open!, 3)).toBeNull();
  });

  test('quantiles: day 2 for a quarter, day 4 for half; limits not reached are null', () => {
    expect(quantile(curve!, 0.25).time).toBe(2);
    expect(quantile(curve!, 0.5)).toEqual({ time: 4, ci: { lower: 1, upper: null, confidence: 0.95 } });
  });

  test('a curve that lies exactly at a half: the middle of the flat stretch, also when it runs to the end', () => {
    const closed = kaplanMeier(spellsOf({ time: [1, 2, 3, 4], cause: [1, 1, 0, 1] }))[0]!;
    const open = kaplanMeier(spellsOf({ time: [1, 2, 3, 4], cause: [1, 1, 0, 0] }))[0]!;
    expect([quantile(closed, 0.5).time, quantile(open, 0.5).time]).toEqual([3, 3]); // R 4.2.2 quantile.survfit
  });

  test('the mean up to day 4: 1 + 5/6 + 4/6 + 4/6', () => {
    const [mean] = valueOf(restrictedMeans(six, { horizon: 4 }));
    expect(mean!.estimate).toBeCloseTo(1 + 5 / 6 + 4 / 6 + 4 / 6, 14);
    // A: 13/6 after day 1 and 8/6 after day 2, on day 4 nothing is left.
    expect(mean!.se).toBeCloseTo(Math.sqrt((13 / 6) ** 2 / 30 + (8 / 6) ** 2 / 20), 14);
    expect(mean!.influence.reduce((a, b) => a + b)).toBeCloseTo(0, 15);
  });

  test('late entry: two are followed from the start and one from day 1', () => {
    const [late] = kaplanMeier(spellsOf({ time: [1, 3, 2], cause: [1, 1, 1], entry: [0, 0, 1] }));
    expect([...late!.table.atRisk]).toEqual([2, 2, 1]); // who enters on day 1 is not at risk on day 1
    expect([...late!.survival]).toEqual([1 / 2, 1 / 4, 0]);
  });

  test('an event on day 0 counts, and comes before a censoring on that day', () => {
    const [zero] = kaplanMeier(spellsOf({ time: [0, 0, 2], cause: [0, 1, 0] }));
    expect(zero!.survival[0]).toBeCloseTo(2 / 3, 15);
  });

  test('Nelson–Aalen and Fleming–Harrington on two tied events of four', () => {
    const tied = spellsOf({ time: [1, 1, 2, 3], cause: [1, 1, 0, 0] });
    expect(cumulativeHazards(tied)[0]!.hazard[0]).toBe(2 / 4);
    expect(cumulativeHazards(tied, { ties: 'fleming-harrington' })[0]!.hazard[0]).toBe(1 / 4 + 1 / 3);
    expect(cumulativeHazards(tied, { ties: 'fleming-harrington' })[0]!.se[0]).toBeCloseTo(Math.hypot(1 / 4, 1 / 3), 15);
  });

  test('a thin start and a group without events are said aloud', () => {
    const time = [1, ...Array.from({ length: 20 }, (_, i) => 10 + i)];
    const entry = [0, ...Array.from({ length: 20 }, () => 5)];
    const late = spellsOf({ time, entry, cause: time.map(() => 1) });
    expect(kaplanMeier(late)[0]!.notes.map((note) => note.what)).toEqual(['thin-start']);
    expect(kaplanMeier(spellsOf({ time: [1, 2], cause: [0, 0] }))[0]!.notes[0]!.what).toBe('no-events');
  });

  test.each([
    { story: 'nobody found work', cause: [0, 0, 0, 0] },
    { story: 'everybody found work on one day', cause: [1, 1, 1, 1] },
  ])('$story: no interval of zero width and no p-value, but the reason', ({ cause }) => {
    const groups = valueOf(readGroups(['a', 'a', 'b', 'b']));
    const spells = spellsOf({ time: [5, 5, 7, 7], cause });
    const means = valueOf(restrictedMeans(spells, { groups, horizon: 5 }));
    expect(means.map(({ estimate, ci }) => [estimate, ci.lower, ci.upper])).toEqual([
      [5, null, null],
      [5, null, null],
    ]);
    const difference = valueOf(restrictedMeanDifference(spells, { groups, horizon: 5 }));
    expect(difference).toMatchObject({ estimate: 0, p: null, ci: { lower: null, upper: null } });
    expect(difference.diagnostics.map(({ what, words }) => [what, words.group])).toEqual([
      ['no-spread', 'a'],
      ['no-spread', 'b'],
    ]);
  });
});

describe('weights and clusters: R survival 3.5-3, survfit with weights, robust = TRUE or cluster', () => {
  const time = [1, 2, 2, 3, 4, 5, 5, 6];
  const cause = [1, 1, 0, 1, 0, 1, 1, 0];
  const weight = [1.5, 0.5, 2, 1, 1, 0.7, 1.2, 1];
  const clusters = valueOf(readGroups([1, 1, 2, 2, 3, 3, 4, 4]));
  const weighted = spellsOf({ time, cause, weight, weightMeaning: 'sampling' });

  test('sampling weights', () => {
    const [curve] = kaplanMeier(weighted);
    const expected = [
      0.15142499281684, 0.15704651352144, 0.1887302066841, 0.1887302066841, 0.18433743234493, 0.18433743234493,
    ];
    expectClose(curve!.se, expected, 1e-10, 'survival curve, sampling weights');
    // residuals.survfit(type = "rmst"), squared and summed
    expect(valueOf(restrictedMeans(weighted, { horizon: 5 }))[0]!.se).toBeCloseTo(0.61941397430388, 13);
  });

  test('sampling weights in clusters', () => {
    const [curve] = kaplanMeier(weighted, { clusters });
    const expected = [
      0.15189790150351, 0.20253053533802, 0.21154313352653, 0.21154313352653, 0.10735318948665, 0.10735318948665,
    ];
    expectClose(curve!.se, expected, 1e-10, 'survival curve, weights and clusters');
    const [mean] = valueOf(restrictedMeans(weighted, { horizon: 5, clusters }));
    expect(mean!.estimate).toBeCloseTo(3.8408622, 6);
    expect(mean!.se).toBeCloseTo(0.714490480014, 12);
  });

  test('sampling weights in clusters with late entry', () => {
    const spells = spellsOf({
      entry: [0, 0, 1, 2, 0, 3, 1, 2, 4, 0],
      time: [2, 3, 4, 4, 5, 6, 7, 7, 8, 9],
      cause: [1, 0, 1, 1, 0, 1, 1, 0, 1, 0],
      weight: [1, 2, 0.5, 1.5, 1, 3, 0.7, 0.8, 1.2, 2],
      weightMeaning: 'sampling',
    });
    const [curve] = kaplanMeier(spells, { clusters: valueOf(readGroups([1, 2, 1, 3, 2, 3, 4, 5, 4, 5])) });
    const survival = [
      0.86111111111111, 0.86111111111111, 0.67982456140351, 0.67982456140351, 0.41495784916838, 0.35315561631351,
    ];
    const se = [
      0.13080353787164, 0.13080353787164, 0.17130691495655, 0.17130691495655, 0.26886075868968, 0.24351410127965,
    ];
    expectClose(curve!.survival.slice(0, 6), survival, 1e-10, 'survival curve, weighted late entry');
    expectClose(curve!.se.slice(0, 6), se, 1e-10, 'survival curve, weighted late entry');
  });

  test('clusters without weights', () => {
    const [curve] = kaplanMeier(spellsOf({ time, cause }), { clusters });
    const expected = [0.108253175473, 0.216506350946, 0.227156333832, 0.227156333832, 0.120922380981, 0.120922380981];
    expectClose(curve!.se, expected, 1e-10, 'survival curve, clusters');
  });
});

describeAgainstR('R survival 3.5-3: survfit', () => {
  const shapes = { plain: 'plain', log: 'log', loglog: 'log-log' } as const;

  function compareGroup(spells: Spells, r: Json, name: string): void {
    for (const [key, interval] of Object.entries(shapes)) {
      const [curve] = kaplanMeier(spells, { interval });
      const { table, survival, se, lower, upper, seLog } = curve!;
      expectClose(table.time, r.curve.time, 0, `${name}: times`);
      expectClose(table.atRisk, r.curve.nRisk, 0, `${name}: at risk`);
      expectClose(table.events, r.curve.nEvent, 0, `${name}: events`);
      expectClose(table.censored, r.curve.nCensor, 0, `${name}: censored`);
      expectClose(survival, r.curve.surv, 1e-10, `${name}: S`);
      expectClose(seLog, r.curve.seLogSurv, 1e-10, `${name}: error of ln S`);
      expectClose(se, r.curve.seSurv, 1e-10, `${name}: error of S`);
      expectClose(lower, r.ci[key].lower, 1e-10, `${name}: ${interval} lower`);
      expectClose(upper, r.ci[key].upper, 1e-10, `${name}: ${interval} upper`);
      r.ci[key].quantiles.p.forEach((p: number, at: number) => {
        const found = quantile(curve!, p);
        expectClose(found.time, r.ci[key].quantiles.q[at], 1e-10, `${name}: quantiles`);
        expectClose(found.ci.lower, r.ci[key].quantiles.lower[at], 1e-10, `${name}: quantile limits`);
        expectClose(found.ci.upper, r.ci[key].quantiles.upper[at], 1e-10, `${name}: quantile limits`);
      });
    }
    const [na] = cumulativeHazards(spells);
    expectClose(na!.hazard, r.curve.cumhaz, 1e-10, `${name}: cumulative hazard`);
    expectClose(na!.se, r.curve.seCumhaz, 1e-10, `${name}: error of the cumulative hazard`);
    if (r.rmst) {
      const [mean] = valueOf(restrictedMeans(spells, { horizon: r.rmst.tau }));
      expectClose(mean!.estimate, r.rmst.value, 1e-10, `${name}: restricted mean`);
      expectClose(mean!.se, r.rmst.se, 1e-10, `${name}: error of the restricted mean`);
    }
    if (r.atTimes) {
      const [curve] = kaplanMeier(spells);
      r.atTimes.time.forEach((time: number, at: number) => {
        expectClose(survivalAt(curve!, time)!.survival, r.atTimes.surv[at], 1e-10, `${name}: S at a time`);
        expectClose(survivalAt(curve!, time)!.lower, r.atTimes.lowerLogLog[at], 1e-10, `${name}: limit at a time`);
      });
    }
  }

  const only = (columns: Record<string, string[]>, column: string, level: string): Record<string, string[]> => {
    const keep = columns[column]!.map((cell) => cell === level);
    return Object.fromEntries(
      Object.entries(columns).map(([name, cells]) => [name, cells.filter((_, row) => keep[row])]),
    );
  };
  const plain = (d: Record<string, string[]>): Spells =>
    spellsOf({ time: numbers(d['time']!), cause: numbers(d['event']!) });

  test('lung, everybody', () => {
    compareGroup(plain(readColumns('survival/lung.csv')), readJson('survival/lung.km.json').groups[0], 'lung');
  });

  test('lung by sex, with the difference of restricted means', () => {
    const d = readColumns('survival/lung.csv');
    const r = readJson('survival/lung.km-sex.json');
    for (const group of r.groups) compareGroup(plain(only(d, 'sex', group.level)), group, 'lung by sex');
    const groups = valueOf(readGroups(numbers(d['sex']!)));
    const difference = valueOf(restrictedMeanDifference(plain(d), { horizon: r.rmstDiff.tau, groups }));
    expectClose(difference.estimate, r.rmstDiff.diff, 1e-10, 'lung: RMST difference');
    expectClose(difference.se, r.rmstDiff.se, 1e-10, 'lung: RMST difference error');
    expectClose(
      [difference.ci.lower, difference.ci.upper],
      [r.rmstDiff.lower, r.rmstDiff.upper],
      1e-10,
      'lung: RMST interval',
    );
    expectClose(difference.p, r.rmstDiff.p, 1e-10, 'lung: RMST p');
    expectClose(
      [difference.ratio, difference.seLogRatio],
      [r.rmstDiff.ratio, r.rmstDiff.logRatioSe],
      1e-10,
      'lung: RMST ratio',
    );
  });

  test('veteran by treatment and by cell type', () => {
    const d = readColumns('survival/veteran.csv');
    const r = readJson('survival/veteran.km.json');
    for (const group of r.groups) compareGroup(plain(only(d, 'trt', group.level)), group, 'veteran by treatment');
    for (const group of r.byCelltype)
      compareGroup(plain(only(d, 'celltype', group.level)), group, 'veteran by cell type');
  });

  test('heart, delayed entry', () => {
    const d = readColumns('survival/heart.csv');
    for (const group of readJson('survival/heart.json').groups) {
      const rows = only(d, 'transplant', group.level);
      const spells = spellsOf({
        entry: numbers(rows['start']!),
        time: numbers(rows['stop']!),
        cause: numbers(rows['event']!),
      });
      compareGroup(spells, group, 'heart');
    }
  });

  test('lung, Nelson–Aalen and Fleming–Harrington', () => {
    const r = readJson('survival/lung.nelson-aalen.json');
    const spells = plain(complete(readColumns('survival/lung.csv'), ['time']));
    const [na] = cumulativeHazards(spells);
    const [fh] = cumulativeHazards(spells, { ties: 'fleming-harrington' });
    expectClose(na!.hazard, r.nelsonAalen.cumhaz, 1e-10, 'lung: Nelson–Aalen');
    expectClose(na!.se, r.nelsonAalen.seCumhaz, 1e-10, 'lung: Nelson–Aalen error');
    expectClose(fh!.hazard, r.flemingHarringtonTies.cumhaz, 1e-10, 'lung: Fleming–Harrington');
    expectClose(fh!.se, r.flemingHarringtonTies.seCumhaz, 1e-10, 'lung: Fleming–Harrington error');
  });
});
