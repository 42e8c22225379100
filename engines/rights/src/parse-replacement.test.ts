import { day, formatProblem, isoDay } from '@meedoen/units';
import { describe, expect, test } from 'vitest';
import { answer } from './answer.ts';
import { exampleCorpus, read, replacementTexts } from '../test/example-corpus.ts';
import { loadCorpus } from './load-corpus.ts';
import { parseReplacement } from './parse-replacement.ts';

const dayOne = replacementTexts.find(([file]) => file === 'day-one.yaml')![1];
const past = dayOne.replace('status: proposal', "status: history\nheld_until: '2024-12-31'");

test('what was applied once counts when it is asked for, and says until when it was', () => {
  const { corpus } = loadCorpus({ ...exampleCorpus(), replacements: [read(parseReplacement(past, 'past.yaml'))] });
  const situation = { facts: { document: 'request', bornOn: day('1990-05-05'), askedOn: day('2026-08-15') } };
  const cited = (variant: string | null) =>
    answer(corpus, situation, day('2026-11-23'), { right: 'paid-work', variant })
      .terms.flatMap(({ because }) => because)
      .flatMap(({ layer, heldUntil }) => (heldUntil === undefined ? [] : `${layer} until ${isoDay(heldUntil)}`));
  expect(cited('day-one')).toContain('applied until 2024-12-31');
  expect(cited(null)).toEqual([]);
});

describe('a history that cannot be is refused', () => {
  test.each([
    {
      story: 'no last day',
      text: dayOne.replace('status: proposal', 'status: history'),
      says: /needs the key "held_until"/,
    },
    {
      story: 'no variant: it would be the rule of today',
      text: past.replace('variant: day-one\n', ''),
      says: /^past\.yaml:3:1: What is history counts only when it is asked for\./,
    },
    {
      story: 'a proposal with a past',
      text: past.replace('status: history', 'status: proposal'),
      says: /^past\.yaml:4:1: "held_until" is the last day of what is history\./,
    },
  ])('$story', ({ text, says }) => {
    const parsed = parseReplacement(text, 'past.yaml');
    expect(parsed.ok ? [] : parsed.problems.map(formatProblem)).toEqual([expect.stringMatching(says)]);
  });
});
