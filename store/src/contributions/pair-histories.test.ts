import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairHistories, type RiskSetStep } from './pair-histories.ts';

type Person = { entry: number; exit: number; cause: 'work' | 'left' | 'none' };

function stepsOf(people: readonly Person[]): RiskSetStep[] {
  const steps = new Map<number, RiskSetStep>();
  const at = (month: number): RiskSetStep => {
    const step = steps.get(month) ?? { month, entered: 0, worked: 0, went_away: 0, last_heard: 0 };
    steps.set(month, step);
    return step;
  };
  for (const { entry, exit, cause } of people) {
    at(entry).entered += 1;
    at(exit)[cause === 'work' ? 'worked' : cause === 'left' ? 'went_away' : 'last_heard'] += 1;
  }
  return [...steps.values()].sort((a, b) => a.month - b.month);
}

test('two people who cross: the first who came leaves first', () => {
  const people: Person[] = [
    { entry: 0, exit: 9, cause: 'none' },
    { entry: 2, exit: 5, cause: 'work' },
  ];
  expect(pairHistories(stepsOf(people))).toEqual([
    { entry: 0, exit: 5, cause: 'work', people: 1 },
    { entry: 2, exit: 9, cause: 'none', people: 1 },
  ]);
});

test('at every time as many are at risk, and as many leave for each cause, as of the people themselves', () => {
  const person = fc
    .record({
      entry: fc.nat(20),
      stay: fc.integer({ min: 1, max: 20 }),
      cause: fc.constantFrom<Person['cause'][]>('work', 'left', 'none'),
    })
    .map(({ entry, stay, cause }): Person => ({ entry, exit: entry + stay, cause }));
  fc.assert(
    fc.property(fc.array(person, { maxLength: 60 }), (people) => {
      const pairs = pairHistories(stepsOf(people));
      for (const { entry, exit } of pairs) expect(entry).toBeLessThan(exit);
      for (let month = 0; month <= 41; month++) {
        const atRisk = ({ entry, exit }: { entry: number; exit: number }): boolean => entry < month && month <= exit;
        const paired = pairs.filter(atRisk).reduce((sum, one) => sum + one.people, 0);
        expect(paired).toBe(people.filter(atRisk).length);
        for (const cause of ['work', 'left', 'none'] as const) {
          const leaving = (one: { exit: number; cause: string }): boolean => one.exit === month && one.cause === cause;
          expect(pairs.filter(leaving).reduce((sum, one) => sum + one.people, 0)).toBe(people.filter(leaving).length);
        }
      }
    }),
  );
});

test('more who leave than came are no people', () => {
  const steps = [
    { month: 1, entered: 1, worked: 0, went_away: 0, last_heard: 0 },
    { month: 2, entered: 0, worked: 2, went_away: 0, last_heard: 0 },
  ];
  expect(() => pairHistories(steps)).toThrow('More people leave at month 2 than have come.');
});
