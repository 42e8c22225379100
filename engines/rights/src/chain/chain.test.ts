import { day, isoDay } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../../test/example-corpus.ts';
import { exampleTimetable, timetableText } from '../../test/example-tables.ts';
import { problemsWhen } from '../../test/problems-when.ts';
import { anyDay, anySituation, whoAsked } from '../../test/people.ts';
import { answer } from '../answer.ts';
import type { Situation } from '../situation.ts';
import { chainOfAnswer, chainsOf, chainTo, type Chain, type Reckoned } from './chain.ts';
import { parseTimetable } from './parse-timetable.ts';

const corpus = exampleCorpus();
const timetable = exampleTimetable(corpus.facts);
const on = day('2026-11-23');
const applicant = whoAsked('2026-10-15');

const written = ({ day: reckoned, orLater }: Reckoned): string => `${isoDay(reckoned)}${orLater ? '+' : ''}`;
const inRows = (chain: Chain | null): readonly string[] =>
  (chain?.links ?? []).map(({ id, who, after, ends, slackInDays, costOfMonth }) =>
    [
      id,
      who ?? '–',
      after.join() || '–',
      written(ends.earliest),
      written(ends.expected),
      written(ends.late),
      slackInDays,
      costOfMonth,
    ].join(' '),
  );

describe('the chain to a right', () => {
  const situation: Situation = { facts: applicant };

  test('a worked example: the wait of five months, a number and a permit, side by side', () => {
    const chain = chainTo(corpus, timetable, situation, on, { right: 'paid-work' });
    expect(inRows(chain)).toEqual([
      // Two months from asking is the target; four or more were seen; no source says how short it can be.
      'registered municipality – 2026-11-23 2026-12-15 2027-02-15+ 90 0',
      'number municipality registered 2026-11-23 2026-12-15 2027-02-15+ 90 0',
      'licence employer – 2026-11-23 2026-12-28 2026-12-28 77 0',
      // The ruling left five months of the six.
      'wait – – 2027-03-15 2027-03-15 2027-03-15 0 30',
    ]);
    expect(chain && [written(chain.ends.earliest), written(chain.ends.expected), written(chain.ends.late)]).toEqual([
      '2027-03-15',
      '2027-03-15',
      '2027-03-15+',
    ]);
    // Of what can begin now, the permit is the first to make the end later.
    expect(chain?.first).toBe('licence');
  });

  test('when the wait is over, the slowest step makes the end', () => {
    const waited = { facts: { ...situation.facts, askedOn: '2026-01-15' } };
    const chain = chainTo(corpus, timetable, waited, on, { right: 'paid-work' });
    expect(inRows(chain)).toEqual([
      'registered municipality – 2026-11-23 2026-11-23 2026-11-23+ 35 0',
      'number municipality registered 2026-11-23 2026-11-23 2026-11-23+ 35 0',
      'licence employer – 2026-11-23 2026-12-28 2026-12-28 0 30',
    ]);
    expect(chain?.first).toBe('licence');
  });

  test.each([
    { story: 'a right that somebody has', facts: { document: 'permit', permitFrom: '2025-01-01' } },
    { story: 'a right that somebody cannot get', facts: { document: 'none' } },
    { story: 'a right of which we know nothing', facts: {} },
  ])('$story has no chain', ({ facts }) => {
    expect(chainTo(corpus, timetable, { facts }, on, { right: 'paid-work' })).toBe(null);
  });

  test('for anybody: never before the law opens, in order, and never later than the next reckoning', () => {
    let met = 0;
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, (somebody, when) => {
        for (const { id: right } of corpus.rights) {
          const given = answer(corpus, somebody, when, { right });
          const chain = chainOfAnswer(corpus.facts, timetable, somebody, given);
          if (!chain) {
            expect(given.verdict).not.toBe('not yet');
            continue;
          }
          met += 1;
          const { earliest, expected, late } = chain.ends;
          expect(earliest.day).toBeGreaterThanOrEqual(given.from ?? when);
          expect(expected.day).toBeGreaterThanOrEqual(earliest.day);
          expect(late.day).toBeGreaterThanOrEqual(expected.day);
          for (const link of chain.links) {
            for (const earlier of link.after) {
              const before = chain.links.find(({ id }) => id === earlier)!;
              expect(link.begins).toBeGreaterThanOrEqual(before.ends.earliest.day);
              expect(before.slackInDays).toBeLessThanOrEqual(link.slackInDays);
            }
            expect(link.facts.length).toBeGreaterThan(0);
          }
          expect(chain.links.filter(({ kind }) => kind === 'step').length).toBeGreaterThanOrEqual(given.first.length);
        }
      }),
      { numRuns: 300 },
    );
    expect(met).toBeGreaterThan(20);
  });
});

describe('a chain of events', () => {
  test('home, then ten weeks for the plan; without a home to wait for, the plan alone', () => {
    const [chain] = chainsOf(
      corpus,
      timetable,
      { facts: { document: 'permit', permitFrom: '2026-11-23', shelter: true } },
      on,
    );
    expect(inRows(chain!)).toEqual([
      'home municipality – 2026-11-23 2027-03-01 2027-03-01+ 0 30',
      'plan municipality home 2026-11-23 2027-05-10 2027-05-10+ 0 30',
    ]);
    const [short] = chainsOf(corpus, timetable, { facts: { document: 'permit', shelter: false } }, on);
    expect(inRows(short!)).toEqual(['plan municipality – 2026-11-23 2027-02-01 2027-02-01 0 30']);
  });

  test('is not told to whom it is not for', () => {
    expect(chainsOf(corpus, timetable, { facts: { document: 'card' } }, on)).toEqual([]);
  });
});

describe('a timetable with a fault is refused, with its line', () => {
  test.each([
    [
      'an event without an actor',
      '    who: municipality\n    when',
      '    when',
      '"home" is no step of the table of facts, so say who does it: who.',
    ],
    [
      'an event that is not there',
      'after: [home]',
      'after: [house]',
      'There is no link or step "house" to come first.',
    ],
    ['a circle', '    after: [home]', '    after: [home, plan]', '"plan" would have to come before itself.'],
    ['a length without a source', 'facts: [x-009], ', '', 'Say where these weeks come from: facts: [bsn-001].'],
    [
      'a date that is no date',
      'counts_from: [permitFrom]',
      'counts_from: [wage]',
      'There is no fact "wage" that is a date.',
    ],
    ['a choice that is not there', 'document: [card]', 'document: [kart]', '"document" cannot be "kart".'],
    ['an end that is not there', 'ends: plan', 'ends: plans', 'There is no link or step "plans" to end with.'],
  ])('%s', (_, from, to, message) => {
    const problems = problemsWhen(timetableText, from, to, (text) =>
      parseTimetable(text, 'timetable.yaml', corpus.facts),
    );
    expect(problems).toContain(message);
  });
});
