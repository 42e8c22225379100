// The lines of the README, run.
import { expect, test } from 'vitest';
import {
  cumulativeIncidence,
  kaplanMeier,
  quantile,
  readGroups,
  readSpells,
  restrictedMeanDifference,
} from './index.ts';

test('eight people, two lessons: the example of the README', () => {
  const spells = readSpells({
    time: [30, 60, 90, 180, 45, 120, 240, 365], // days until the end of follow-up
    cause: [1, 1, 2, 1, 1, 0, 1, 0], // 0 still looking, 1 found work, 2 left
  });
  const groups = readGroups([
    'work floor',
    'work floor',
    'work floor',
    'work floor',
    'class',
    'class',
    'class',
    'class',
  ]);
  if (!spells.ok || !groups.ok) throw new Error('the example is readable');

  const [inClass] = kaplanMeier(spells.value, { groups: groups.value });
  expect(quantile(inClass!, 0.5).time).toBe(240);

  const more = restrictedMeanDifference(spells.value, { groups: groups.value, horizon: 180 });
  if (!more.ok) throw new Error('the example has an answer');
  expect(more.value.estimate).toBeCloseTo(-56.25, 12);
  expect(more.value.ci.lower).toBeCloseTo(-135.67, 2);
  expect(more.value.ci.upper).toBeCloseTo(23.17, 2);

  const risks = cumulativeIncidence(spells.value, { groups: groups.value, causes: ['found work', 'left'] });
  if (!risks.ok) throw new Error('the example has an answer');
  const [, onTheFloor] = risks.value;
  expect(onTheFloor!.causes.map(({ cause, share }) => [cause, share.at(-1)])).toEqual([
    ['found work', 0.75],
    ['left', 0.25],
  ]);

  const late = restrictedMeanDifference(spells.value, { groups: groups.value, horizon: 400 });
  expect(late.ok ? '' : late.problem.message).toBe(
    'Group class was followed up to 365, not to 400. Choose a horizon of at most 365, or follow people longer.',
  );
});
