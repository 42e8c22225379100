import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import {
  interruptedSeries,
  readGroups,
  readHistories,
  readPanel,
  stateOccupation,
  syntheticEffect,
  timeInStates,
  timeInStatesDifference,
} from '@meedoen/evidence';
import { changeWithin, nonResponseWeights, readWaves } from '@meedoen/panel';
import {
  adaptiveInference,
  auditBatches,
  batchByBatch,
  parseTrialPlan,
  replayTest,
  type StratifiedHistory,
} from '@meedoen/trials';
import type { Parsed } from '@meedoen/units';
import { page } from './page.ts';
import { panelReport } from './panel-report.ts';
import type { Language, Report } from './report.ts';
import { seriesReport } from './series-report.ts';
import { statesReport } from './states-report.ts';
import type { Context } from './survival-report.ts';
import { syntheticReport } from './synthetic-report.ts';
import { trialReport } from './trial-report.ts';

function valueOf<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value;
}

const contextOf = (language: Language, event: string): Context => ({
  language,
  event,
  unit: 'days',
  plan: null,
  provenance: {
    data: 'a.csv',
    dataHash: null,
    rows: 8,
    dropped: 0,
    command: 'meedoen evidence',
    version: '0.1.0',
    plan: null,
  },
});

/** One person goes to work on day 10 and stays; another searches on; two of another group both search to the end. */
function states(language: Language): Report {
  const histories = valueOf(
    readHistories(
      {
        id: ['a', 'a', 'b', 'c', 'd', 'd'],
        start: [0, 10, 0, 0, 0, 15],
        stop: [10, 20, 20, 20, 15, 20],
        to: ['work', '', '', '', 'work', ''],
      },
      { states: ['searching', 'work'] },
    ),
  );
  const groups = valueOf(readGroups(['x', 'x', 'x', 'y', 'y', 'y']));
  const asked = { groups, horizon: 20 };
  return statesReport(
    {
      groups: valueOf(stateOccupation(histories, { groups })),
      times: valueOf(timeInStates(histories, asked)),
      differences: valueOf(timeInStatesDifference(histories, asked)),
    },
    contextOf(language, 'work'),
  );
}

function synthetic(language: Language): Report {
  const towns = ['a', 'b', 'c', 'd', 'e'];
  const rows = towns.flatMap((town, k) =>
    Array.from({ length: 10 }, (_, t) => ({
      town,
      t,
      y: 10 * k + t + ((k * 7 + t * t * 3) % 5) / 2 + (town === 'e' && t >= 7 ? 9 : 0),
    })),
  );
  const panel = valueOf(
    readPanel({
      unit: valueOf(readGroups(rows.map(({ town }) => town))),
      period: rows.map(({ t }) => 2010 + t),
      outcome: rows.map(({ y }) => y),
      firstTreated: rows.map(({ town }) => (town === 'e' ? 2017 : Infinity)),
    }),
  );
  return syntheticReport(valueOf(syntheticEffect(panel)), contextOf(language, 'work'));
}

function series(language: Language): Report {
  const period = Array.from({ length: 20 }, (_, t) => t + 1);
  const outcome = period.map((t) => 30 + t + (t >= 11 ? 6 : 0) + ((t * 7) % 5) / 5);
  return seriesReport(valueOf(interruptedSeries({ period, outcome }, { start: 11 })), 11, contextOf(language, 'work'));
}

function trial(language: Language, people = 24): Report {
  const plan = valueOf(
    parseTrialPlan({ programme: 'first lesson', arms: ['letter', 'call'], model: 'independent', firstBatch: 24 }),
  );
  const arm = Array.from({ length: people }, (_, i) => i % 2);
  const history: StratifiedHistory = {
    arms: plan.arms,
    batch: arm.map(() => 1),
    arm,
    outcome: arm.map((d, i) => (i % 3 === 0 ? 1 - d : d)),
    probabilities: arm.flatMap(() => [0.5, 0.5]),
    stratum: arm.map(() => 0),
  };
  const digest = (text: string): string => `hash of ${text.length}`;
  const unsigned = people > 0 ? valueOf(auditBatches(plan, history, [], digest)) : [];
  const signatures = unsigned.map(({ batch, hash }) => ({
    batch,
    hash,
    signedBy: 'team leader',
    signedOn: '2026-03-02',
    although: null,
  }));
  return trialReport(
    {
      programme: plan.programme,
      batches: valueOf(batchByBatch(plan, history)),
      inference: people > 0 ? valueOf(adaptiveInference(history)) : null,
      audits: people > 0 ? valueOf(auditBatches(plan, history, signatures, digest)) : [],
      ratioAlarm: false,
      replay: people > 0 ? valueOf(replayTest(plan, history, { draws: 19 })) : null,
    },
    contextOf(language, 'a lesson'),
  );
}

function panel(language: Language): Report {
  const scores = Array.from({ length: 30 }, (_, i) => [10 + (i % 7), i % 5 === 0 ? NaN : 12 + ((i * 3) % 7)]);
  const rows = scores.flatMap(([first, later], i) => [
    { person: `p${i}`, wave: 0, value: first! },
    ...(Number.isNaN(later) ? [] : [{ person: `p${i}`, wave: 6, value: later! }]),
  ]);
  const waves = valueOf(
    readWaves({
      person: valueOf(readGroups(rows.map(({ person }) => person))),
      wave: rows.map(({ wave }) => wave),
      value: rows.map(({ value }) => value),
    }),
  );
  const minimalImportantDifference = { difference: 3, source: 'made up' } as never;
  const change = valueOf(changeWithin(waves, { better: 'higher', minimalImportantDifference }));
  const missing = valueOf(nonResponseWeights(waves, { range: { lowest: 0, highest: 40 } }));
  return panelReport(change, missing, contextOf(language, 'well-being'));
}

const pages = { states, synthetic, series, trial, panel };

describe.each(Object.entries(pages))('the page of %s', (_, make) => {
  test('is whole, has a table under each picture, and gives the same bytes', () => {
    const html = page(make('en'), 'en');
    const { document } = parseHTML(html);
    expect(html).not.toMatch(/undefined|NaN|\{\w+%?\}/);
    const figures = [...document.querySelectorAll('figure')];
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) {
      expect(figure.querySelector('svg')!.getAttribute('aria-label')).toBe(
        figure.querySelector('figcaption')!.textContent,
      );
      const heads = figure.querySelectorAll('table thead th').length;
      const rows = [...figure.querySelectorAll('table tbody tr')];
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row.children.length).toBe(heads);
    }
    expect(page(make('en'), 'en')).toBe(html);
  });

  test('is Dutch in every sentence', () => {
    const [nl, en] = [make('nl'), make('en')];
    const english = new Set([
      ...en.says,
      ...en.caveats,
      ...en.trust,
      en.title,
      ...en.figures.map(({ title }) => title),
    ]);
    const left = [...nl.says, ...nl.caveats, ...nl.trust, nl.title, ...nl.figures.map(({ title }) => title)].filter(
      (one) => english.has(one),
    );
    expect(left).toEqual([]);
  });
});

describe('what they say, by hand', () => {
  test('states: 20 − 10 of two people is 5 days in work; 5 of two is 2.5', () => {
    const { says, figures } = states('en');
    expect(says).toContain('“x”: of the first 20 days, on average 5 days in “work” (could be −1.93 to 11.9).');
    expect(says[0]).toMatch(/^People of “y” were on average 2\.5 days longer in “searching” than people of “x”\.$/);
    expect(says[1]).toMatch(/^No effect is possible too\./);
    const last = figures[0]!.table.rows.filter(([state]) => state === 'work').at(-1)!;
    expect(last.slice(0, 3)).toEqual(['work', '20', '50 %']);
  });

  test('one place: about 9 higher, and no other place moved as far', () => {
    const { says, figures } = synthetic('en');
    const [, size] = /was on average ([\d.]+) higher than in the mixture/.exec(says[0]!)!;
    expect(Math.abs(Number(size) - 9)).toBeLessThan(1.5);
    expect(says.at(-1)).toBe(
      'Of 5 places, the treated one among them, 1 moved at least as far from their own mixture.',
    );
    // Four grey lines, the gap, the axis lines.
    const { document } = parseHTML(figures[1]!.svg);
    expect(document.querySelectorAll('[data-mark="line"]')).toHaveLength(5);
  });

  test('one series: the line lets go at the break, and the level is told as what it is', () => {
    const { figures, trust, says } = series('en');
    const { document } = parseHTML(figures[0]!.svg);
    const [trend] = [...document.querySelectorAll('[data-mark="line"] path')];
    expect(trend!.getAttribute('d')!.match(/M/g)).toHaveLength(2);
    expect(trust[0]).toBe(
      'Level of evidence 2 of 5: one series against its own earlier trend, no other place beside it.',
    );
    expect(says[0]).toMatch(/was on average [56]\.?\d* higher than the earlier trend/);
  });

  test('a trial: 8 of 12 calls and 4 of 12 letters, in people of 100', () => {
    const { says, tables, trust } = trial('en');
    expect(says[0]).toBe('Of 100 people, 33.3 more had a lesson with “call” than with “letter”.');
    expect(says[1]).toMatch(/^The truth could lie between −?[\d.]+ and [4-9]\d/);
    expect(tables[0]!.rows).toEqual([['1', '24', 'team leader', '2026-03-02', 'yes']]);
    expect(trust).toContain('Every batch was assigned as its plan proposed, and that proposal was signed.');
    expect(trial('en', 0).says).toEqual(['Nobody took part yet. The first batch is spread evenly.']);
  });

  test('a questionnaire: how many were seen again', () => {
    expect(panel('en').says.at(-1)).toBe('In wave 6, 24 of the 30 who began were still seen.');
  });
});
