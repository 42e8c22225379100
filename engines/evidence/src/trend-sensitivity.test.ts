import { describe, expect, test } from 'vitest';
import { valueOf } from '../test/reference.ts';
import { aggregateEffects } from './aggregate-effects.ts';
import { groupTimeEffects } from './group-time-effects.ts';
import { readGroups } from './groups.ts';
import { readPanel } from './panel.ts';
import { trendSensitivity } from './trend-sensitivity.ts';

/** 20 towns in 2018–2021, half treated from 2020 on: trends part by .1 in 2019, and the effect is 1 in both years. */
const panelWith = (effect: number, step: number, firstTreated = 2020) => {
  const rows = Array.from({ length: 20 }, (_, town) => town).flatMap((town) =>
    [2018, 2019, 2020, 2021].map((period) => {
      const treated = town < 10;
      const drift = treated && period >= 2019 ? step : 0;
      const noise = ((town * 13 + period * 7) % 10) / 1000;
      return {
        unit: town,
        period,
        outcome: noise + drift + (treated && period >= firstTreated ? effect : 0),
        firstTreated: treated ? firstTreated : 0,
      };
    }),
  );
  return valueOf(
    readPanel({
      unit: valueOf(readGroups(rows.map(({ unit }) => unit))),
      period: rows.map(({ period }) => period),
      outcome: rows.map(({ outcome }) => outcome),
      firstTreated: rows.map((row) => row.firstTreated),
    }),
  );
};
const judge = (effect: number, step: number, base: 'varying' | 'universal' = 'varying') => {
  const all = valueOf(groupTimeEffects(panelWith(effect, step), { base }));
  const { eventStudy } = aggregateEffects(all);
  return { overall: eventStudy.overall!, sensitivity: valueOf(trendSensitivity(all, eventStudy.points)) };
};

describe('one step before, two times after', () => {
  test('no parting of trends at all: the interval of the estimate itself', () => {
    const { overall, sensitivity } = judge(1, 0.1);
    const [none] = sensitivity.largestSteps;
    expect(none!.multiple).toBe(0);
    expect(none!.ci.lower).toBeCloseTo(overall.ci.lower!, 12);
    expect(none!.ci.upper).toBeCloseTo(overall.ci.upper!, 12);
  });

  test('by hand: it breaks where 1.5 steps each M̄ times .1 eat the effect', () => {
    const { overall, sensitivity } = judge(1, 0.1);
    const [step] = sensitivity.stepsBefore;
    expect(step!.step).toBeCloseTo(0.1, 1);
    // The mean of 1 and 2 steps is 1.5; a little less than estimate/(1.5·step), for the error.
    const plain = overall.estimate / (1.5 * step!.step);
    expect(sensitivity.breaksAtMultiple!).toBeGreaterThan(0.9 * plain);
    expect(sensitivity.breaksAtMultiple!).toBeLessThan(plain);
  });

  test('wider bounds, wider intervals; both bases agree', () => {
    const varying = judge(1, 0.1).sensitivity;
    const universal = judge(1, 0.1, 'universal').sensitivity;
    const widths = varying.largestSteps.map(({ ci }) => ci.upper! - ci.lower!);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(universal.breaksAtMultiple!).toBeCloseTo(varying.breaksAtMultiple!, 1);
    expect(universal.bends[1]!.ci.lower!).toBeCloseTo(varying.bends[1]!.ci.lower!, 10);
  });

  test('a line that goes on takes the last step off in each period: mean −1.5 steps', () => {
    const { overall, sensitivity } = judge(1, 0.1);
    const { lower, upper } = sensitivity.bends[0]!.ci;
    expect((lower! + upper!) / 2).toBeCloseTo(overall.estimate - 1.5 * sensitivity.stepsBefore[0]!.step, 12);
  });

  test('an effect that is not there breaks at 0', () => {
    expect(judge(0, 0).sensitivity.breaksAtMultiple).toBe(0);
  });

  test('without a step before the policy it is refused', () => {
    const all = valueOf(groupTimeEffects(panelWith(1, 0, 2019)));
    const answer = trendSensitivity(all, aggregateEffects(all).eventStudy.points);
    expect(answer.ok ? 'answered' : answer.problem.what).toBe('no-step-before');
  });
});
