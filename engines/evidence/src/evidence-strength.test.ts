import { expect, test } from 'vitest';
import { certainty, marylandLevel, recognitionAtMost } from './evidence-strength.ts';

test.each([
  { story: 'a curve describes and claims nothing', design: 'description', failed: 0, level: null },
  { story: 'Ukrainians beside asylum seekers, as they are', design: 'raw-comparison', failed: 0, level: 1 },
  { story: 'the same with age and schooling held equal', design: 'named-characteristics', failed: 0, level: 2 },
  { story: 'towns that began in different years', design: 'difference-in-differences', failed: 0, level: 3 },
  { story: '… with a trend before they began', design: 'difference-in-differences', failed: 1, level: 2 },
  { story: 'a programme by lot', design: 'randomised', failed: 0, level: 5 },
  { story: 'a lot in which everything went wrong', design: 'randomised', failed: 9, level: 1 },
] as const)('$story: level $level', ({ design, failed, level }) => expect(marylandLevel(design, failed)).toBe(level));

test.each([
  { story: 'a good experiment', design: 'randomised', doubts: {}, says: 'does' },
  { story: 'a small one', design: 'randomised', doubts: { imprecision: 'some' }, says: 'probably' },
  {
    story: 'in Jordan, for the Netherlands',
    design: 'randomised',
    doubts: { imprecision: 'some', indirectness: 'some' },
    says: 'may',
  },
  { story: 'seen, not tried', design: 'difference-in-differences', doubts: {}, says: 'may' },
  { story: 'seen, with bias', design: 'raw-comparison', doubts: { bias: 'serious' }, says: 'unknown' },
] as const)('$story: $says', ({ design, doubts, says }) => expect(certainty(design, doubts).word).toBe(says));

test('a large effect that is seen, not tried, is moderately certain, and says why', () => {
  const result = certainty('difference-in-differences', { publicationBias: 'none' }, { largeEffect: true });
  expect(result).toMatchObject({ certainty: 'moderate', word: 'probably' });
  expect(result.because.map(({ what }) => what)).toEqual(['starts-low', 'taken-up']);
});

test.each([
  { story: 'an idea', described: false, founded: false, levels: [], step: 'none' },
  { story: 'a handbook', described: true, founded: false, levels: [5, 5], step: 'goed-beschreven' },
  {
    story: 'a handbook with reasons, one experiment',
    described: true,
    founded: true,
    levels: [5],
    step: 'goed-onderbouwd',
  },
  {
    story: 'an experiment and a before–after',
    described: true,
    founded: true,
    levels: [5, 1],
    step: 'eerste-aanwijzingen',
  },
  {
    story: 'two of differences in differences',
    described: true,
    founded: true,
    levels: [3, 3],
    step: 'goede-aanwijzingen',
  },
  {
    story: 'an experiment and a threshold',
    described: true,
    founded: true,
    levels: [5, 4, 1],
    step: 'sterke-aanwijzingen',
  },
] as const)('$story: at most $step', ({ described, founded, levels, step }) => {
  const result = recognitionAtMost({ described, founded, effectStudies: levels.map((level) => ({ level })) });
  expect(result.step).toBe(step);
  expect(result.missing.length === 0).toBe(step === 'sterke-aanwijzingen');
});
