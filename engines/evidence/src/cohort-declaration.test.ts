import { describe, expect, test } from 'vitest';
import { valueOf, type Json } from '../test/reference.ts';
import { mismatches, readDeclarations, refuseMismatch, type CohortDeclaration } from './cohort-declaration.ts';

/** As the Dutch figures of 2022 are counted: from a date for one, from the permit for the other. */
const asylum: CohortDeclaration = {
  name: 'asylum',
  clock: 'permit',
  who: 'allowed-to-stay',
  ages: { from: 18, to: 64 },
  leavers: 'left-out',
  outcome: { kind: 'any-work', definition: 'main income from work, yearly', selfEmployed: 'counted' },
};
const ukraine: CohortDeclaration = {
  name: 'Ukraine',
  clock: 'calendar-date',
  who: 'everyone-who-asked',
  ages: { from: 15, to: 64 },
  leavers: 'counted',
  outcome: { kind: 'any-work', definition: 'job as an employee on the day', selfEmployed: 'left-out' },
};

describe('Ukrainians beside asylum, as newspapers do it', () => {
  test('six differences, each with its reason and what would mend it', () => {
    const found = mismatches(asylum, ukraine);
    expect(found.map(({ on }) => on)).toEqual(['clock', 'who', 'ages', 'leavers', 'self-employed', 'definition']);
    expect(found.every(({ because, remedy }) => because.length > 20 && remedy.endsWith('.'))).toBe(true);
    expect(found[2]!.remedy).toContain('18–64');
  });

  test('one refusal tells them all', () => {
    const refusal = refuseMismatch(asylum, ukraine)!;
    expect(refusal.problem.what).toBe('cohorts-counted-differently');
    expect(refusal.problem.message).toContain('(6)');
    expect(refusal.problem.message).toContain('on which people have been here for a different time each');
  });

  test('counted alike, nothing stands in the way', () => {
    expect(refuseMismatch(asylum, { ...asylum, name: 'Ukraine' })).toBeNull();
  });

  test('a later clock is said to leave people out, whichever cohort has it', () => {
    for (const [a, b] of [
      [asylum, { ...asylum, name: 'Ukraine', clock: 'arrival' }],
      [{ ...asylum, name: 'Ukraine', clock: 'arrival' }, asylum],
    ] as const) {
      const [clock] = mismatches(a, b);
      expect(clock!.because).toContain('left out of asylum');
      expect(clock!.remedy).toContain('For asylum that needs each person’s day of arrival.');
    }
  });

  test.each([
    { story: 'wage beside any work', outcome: { kind: 'wage' as const }, on: ['outcome'] },
    { story: 'twelve hours a week beside any hour', outcome: { atLeastHours: 12 }, on: ['hours'] },
  ])('$story', ({ outcome, on }) => {
    const other = { ...asylum, name: 'Ukraine', outcome: { ...asylum.outcome, ...outcome } };
    expect(mismatches(asylum, other).map((one) => one.on)).toEqual(on);
  });
});

describe('read from JSON', () => {
  const json = (change: (first: Json) => void): unknown => {
    const both = structuredClone([asylum, ukraine]) as unknown[];
    change(both[0]);
    return both;
  };
  test('what was written comes back', () => {
    expect(valueOf(readDeclarations(structuredClone([asylum, ukraine])))).toEqual([asylum, ukraine]);
  });
  test.each([
    { story: 'one cohort', value: [asylum], pointer: '', what: 'two-cohorts-needed' },
    { story: 'no clock', value: json((c) => delete c.clock), pointer: '/0/clock', what: 'declaration-missing' },
    {
      story: 'a clock that is none',
      value: json((c) => (c.clock = 'lunch')),
      pointer: '/0/clock',
      what: 'declaration-not-a-choice',
    },
    {
      story: 'no definition',
      value: json((c) => (c.outcome.definition = ' ')),
      pointer: '/0/outcome/definition',
      what: 'declaration-not-text',
    },
    {
      story: 'an age in words',
      value: json((c) => (c.ages.from = 'old')),
      pointer: '/0/ages/from',
      what: 'declaration-not-a-number',
    },
    {
      story: 'ages turned round',
      value: json((c) => (c.ages = { from: 64, to: 18 })),
      pointer: '/0/ages',
      what: 'ages-turned-round',
    },
    {
      story: 'hours in words',
      value: json((c) => (c.outcome.atLeastHours = '12')),
      pointer: '/0/outcome/atLeastHours',
      what: 'declaration-not-a-number',
    },
    { story: 'no outcome', value: json((c) => delete c.outcome), pointer: '/0/outcome', what: 'declaration-missing' },
    {
      story: 'two of one name',
      value: json((c) => (c.name = 'Ukraine')),
      pointer: '/1/name',
      what: 'cohorts-of-one-name',
    },
    { story: 'a number in place of a cohort', value: [1, ukraine], pointer: '/0/ages', what: 'declaration-missing' },
  ])('$story', ({ value, pointer, what }) => {
    expect(readDeclarations(value)).toMatchObject({ problem: { what, at: { pointer } } });
  });
});
