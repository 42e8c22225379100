import { day } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../test/example-corpus.ts';
import { anyDay, anySituation } from '../test/people.ts';
import { answerAll } from './answer.ts';
import { makesSenseToAsk } from './fact-table.ts';
import { nextQuestion } from './next-question.ts';
import type { FactValue, Situation } from './situation.ts';

const corpus = exampleCorpus();
const on = day('2026-11-23');
const next = (facts: Record<string, FactValue | null>): string | null =>
  nextQuestion(corpus, { facts }, on, { domain: 'work' })?.fact ?? null;

describe('what to ask now', () => {
  test.each<{ story: string; facts: Record<string, FactValue | null>; asks: string | null }>([
    { story: 'nothing is known: the card, on which all hangs', facts: {}, asks: 'document' },
    { story: 'an applicant: the letter', facts: { document: 'request' }, asks: 'letter' },
    {
      story: 'what was asked in vain is not asked again',
      facts: { document: 'request', letter: null },
      asks: 'bornOn',
    },
    { story: 'a permit: its first day', facts: { document: 'permit' }, asks: 'permitFrom' },
    {
      story: 'then the wage, for a business of one’s own',
      facts: { document: 'permit', permitFrom: '2023-01-01' },
      asks: 'wage',
    },
    {
      story: 'nothing more can change',
      facts: { document: 'permit', permitFrom: '2023-01-01', wage: 4000 },
      asks: null,
    },
    {
      story: 'refused: whatever else is true, the answer is no',
      facts: { document: 'request', letter: 'refused' },
      asks: null,
    },
    { story: 'no card', facts: { document: 'none' }, asks: null },
  ])('$story: $asks', ({ facts, asks }) => {
    expect(next(facts)).toBe(asks);
  });

  test('says which answers the question can change', () => {
    expect(nextQuestion(corpus, { facts: { document: 'card' } }, on)).toEqual({
      fact: 'cardUntil',
      settles: ['paid-work', 'card'],
    });
  });

  test('a question never asks what is known, what makes no sense, or what no answer waits for', () => {
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, (situation, someDay) => {
        const question = nextQuestion(corpus, situation, someDay);
        if (!question) return;
        const row = corpus.facts.facts.find(({ id }) => id === question.fact)!;
        expect(situation.facts[question.fact]).toBeUndefined();
        expect(makesSenseToAsk(row, situation)).toBe(true);
        const open = answerAll(corpus, situation, someDay).filter(({ verdict }) => verdict === 'unknown');
        expect(open.map(({ right }) => right)).toEqual(expect.arrayContaining([...question.settles]));
      }),
      { numRuns: 300 },
    );
  });

  test('asking on always comes to an end, with no answer left that a question could settle', () => {
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, (whole, someDay) => {
        let known: Situation = { facts: {} };
        for (let asked = 0; ; asked += 1) {
          const question = nextQuestion(corpus, known, someDay);
          if (!question) break;
          expect(asked).toBeLessThan(corpus.facts.facts.length);
          known = { facts: { ...known.facts, [question.fact]: whole.facts[question.fact] ?? null } };
        }
        const given = Object.values(known.facts).every((value) => value !== null);
        if (given)
          for (const { verdict, missing } of answerAll(corpus, known, someDay))
            expect(verdict === 'unknown' && missing.length > 0).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
