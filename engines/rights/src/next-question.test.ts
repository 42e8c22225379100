import { day, type Day } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../test/example-corpus.ts';
import { anyDay, anySituation, askedSome } from '../test/people.ts';
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
      story: 'what was asked in vain is not asked again; who lives elsewhere has an answer at once',
      facts: { document: 'request', letter: null },
      asks: 'shelter',
    },
    { story: 'a permit: its first day', facts: { document: 'permit' }, asks: 'permitFrom' },
    {
      story: 'then the wage, for a business of one’s own',
      facts: { document: 'permit', permitFrom: '2023-01-01' },
      asks: 'wage',
    },
    {
      story: 'every answer stands; the last day of the card only says until when',
      facts: { document: 'permit', permitFrom: '2023-01-01', wage: 4000 },
      asks: 'cardUntil',
    },
    {
      story: 'nothing more can change',
      facts: { document: 'permit', permitFrom: '2023-01-01', wage: 4000, cardUntil: '2028-01-01' },
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
      changes: 'answer',
      settles: ['paid-work', 'card'],
    });
    const settled = { document: 'permit', permitFrom: '2023-01-01', wage: 4000 };
    expect(nextQuestion(corpus, { facts: settled }, on, { domain: 'work' })).toEqual({
      fact: 'cardUntil',
      changes: 'date',
      settles: ['paid-work'],
    });
  });

  test('a question never asks what is known, what makes no sense, or what no answer waits for', () => {
    let asked = 0;
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, fc.infiniteStream(fc.boolean()), (whole, someDay, coins) => {
        const situation = askedSome(whole, coins);
        const question = nextQuestion(corpus, situation, someDay);
        if (!question) return;
        asked += 1;
        const row = corpus.facts.facts.find(({ id }) => id === question.fact)!;
        expect(situation.facts[question.fact]).toBeUndefined();
        expect(makesSenseToAsk(row, situation)).toBe(true);
        const open = answerAll(corpus, situation, someDay).filter(
          ({ verdict }) => (verdict === 'unknown') === (question.changes === 'answer'),
        );
        expect(open.map(({ right }) => right)).toEqual(expect.arrayContaining([...question.settles]));
      }),
      { numRuns: 300 },
    );
    expect(asked).toBeGreaterThan(100);
  });

  /** What somebody who is asked on and on has told in the end; `whole` knows the answers. */
  function askedOut(whole: Situation, someDay: Day, until: (changes: 'answer' | 'date') => boolean): Situation {
    let known: Situation = { facts: {} };
    for (let asked = 0; ; asked += 1) {
      const question = nextQuestion(corpus, known, someDay);
      if (!question || until(question.changes)) return known;
      expect(asked).toBeLessThan(corpus.facts.facts.length);
      known = { facts: { ...known.facts, [question.fact]: whole.facts[question.fact] ?? null } };
    }
  }

  /** The same person, who now also answers every question that was never asked, as far as it makes sense. */
  function tellingAll(known: Situation, whole: Situation): Situation {
    const facts = { ...known.facts };
    for (const row of corpus.facts.facts) {
      const value = whole.facts[row.id];
      if (facts[row.id] === undefined && value !== undefined && makesSenseToAsk(row, { facts })) facts[row.id] = value;
    }
    return { facts };
  }

  test('once it asks for dates only, no answer to the questions that are left changes a verdict', () => {
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, (whole, someDay) => {
        const known = askedOut(whole, someDay, (changes) => changes === 'date');
        const verdicts = (situation: Situation): readonly string[] =>
          answerAll(corpus, situation, someDay).map(({ right, verdict }) => `${right} ${verdict}`);
        expect(verdicts(tellingAll(known, whole))).toEqual(verdicts(known));
      }),
      { numRuns: 300 },
    );
  });

  test('once it asks nothing, no answer to the questions that are left changes a verdict, a date, a step or a term', () => {
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, (whole, someDay) => {
        const known = askedOut(whole, someDay, () => false);
        const told = (situation: Situation): readonly unknown[] =>
          answerAll(corpus, situation, someDay)
            // What is plainly no has no dates and steps, and what is unknown waits for what was asked in vain.
            .filter(({ verdict }) => verdict === 'yes' || verdict === 'not yet')
            .map(({ right, verdict, until, first, terms }) => ({ right, verdict, until, first, terms }));
        expect(told(tellingAll(known, whole))).toEqual(told(known));
      }),
      { numRuns: 300 },
    );
  });
});
