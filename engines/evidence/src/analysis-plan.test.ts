import { describe, expect, test } from 'vitest';
import { comparePlan, parsePlan, planText } from './analysis-plan.ts';
import { valueOf } from '../test/reference.ts';

const plan = {
  decidedOn: '2026-01-05',
  question: 'Do lessons on the work floor bring people to paid work sooner than lessons in a class?',
  population: 'Everybody who started lessons in Voorbeeldstad in 2026.',
  method: 'survival',
  columns: { time: 'days', event: 'work', group: 'lesson' },
  covariates: ['age', 'school'],
  horizon: 365,
  families: [{ name: 'work', tests: ['by lesson'] }],
  stopping: 'One look, after a year.',
  smallestMeaningful: 14,
};

test('the same plan gives the same text, whatever order its file has', () => {
  const turned = Object.fromEntries(Object.entries(plan).reverse());
  expect(planText(valueOf(parsePlan(turned)))).toBe(planText(valueOf(parsePlan(plan))));
  expect(planText(valueOf(parsePlan(plan)))).toMatch(/^\{"columns":\{"event":"work","group":"lesson","time":"days"\}/);
});

test('done as planned; covariates in another order are the same', () => {
  const done = { method: 'survival', columns: plan.columns, covariates: ['school', 'age'], horizon: 365 } as const;
  expect(comparePlan(valueOf(parsePlan(plan)), done)).toEqual({ asPlanned: true, changes: [] });
});

test('another horizon, a stratum more and a covariate less are three changes', () => {
  const done = {
    method: 'survival',
    columns: { ...plan.columns, strata: 'town' },
    covariates: ['age'],
    horizon: 180,
  } as const;
  const { asPlanned, changes } = comparePlan(valueOf(parsePlan(plan)), done);
  expect(asPlanned).toBe(false);
  expect(changes.map(({ words }) => [words['part'], words['planned'], words['now']])).toEqual([
    ['strata', '', 'town'],
    ['covariates', 'age, school', 'age'],
    ['horizon', '365', '180'],
  ]);
  expect(changes[0]!.message).toBe('strata: planned was nothing, done was town.');
});

describe('a plan that cannot be read is refused with its place', () => {
  test.each([
    { story: 'no object', json: [], at: '' },
    { story: 'a part nobody knows', json: { ...plan, horison: 365 }, at: '/horison' },
    { story: 'no question', json: { ...plan, question: ' ' }, at: '/question' },
    { story: 'a day that does not exist', json: { ...plan, decidedOn: '2026-02-30' }, at: '/decidedOn' },
    { story: 'a method we do not have', json: { ...plan, method: 'kaplan-meier' }, at: '/method' },
    { story: 'columns as a list', json: { ...plan, columns: ['days'] }, at: '/columns' },
    { story: 'a horizon of nothing', json: { ...plan, horizon: 0 }, at: '/horizon' },
    { story: 'a family without tests', json: { ...plan, families: [{ name: 'work' }] }, at: '/families' },
  ])('$story', ({ json, at }) => {
    const parsed = parsePlan(json);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.problem.at).toEqual({ pointer: at });
  });
});
