import { day, type Day } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../../test/example-corpus.ts';
import { anyDay, anySituation } from '../../test/people.ts';
import { answer } from '../answer.ts';
import { verdicts } from '../answer-type.ts';
import type { Corpus } from '../corpus.ts';
import { inOrder } from '../steps.ts';
import { Person } from '../person.ts';
import { viewOf } from '../corpus.ts';
import type { Situation } from '../situation.ts';
import { answerBatch, Batch, type BatchAnswers, type BatchReading } from './answer-batch.ts';
import { columnsOf, situationAt, unknownCode } from './columns.ts';
import { noDay } from './row-ruling.ts';

const corpus = exampleCorpus();
const table = corpus.facts;

/** What the batch says about a person, in the words of `answer`. */
function inWords(answers: BatchAnswers, place: number, row: number): object {
  const { right, verdict, from, until, first, missing } = answers.rights[place]!;
  const dayOrNull = (value: number | undefined): number | null =>
    value === noDay || value === undefined ? null : value;
  return {
    right,
    verdict: verdicts[verdict[row]!],
    from: dayOrNull(from[row]),
    until: dayOrNull(until[row]),
    first: answers.steps.filter((_, bit) => ((first[row]! >>> bit) & 1) === 1),
    missing: answers.missingFacts(missing[row]!),
  };
}

function expectSame(
  world: Corpus,
  people: readonly Situation[],
  days: readonly Day[],
  of: BatchReading = {},
  mostShapes?: number,
): BatchAnswers {
  const columns = columnsOf(world.facts, people);
  const answers =
    mostShapes === undefined
      ? answerBatch(world, columns, Int32Array.from(days), people.length, of)
      : new Batch(world, of, mostShapes).answer(columns, Int32Array.from(days), people.length);
  people.forEach((situation, row) => {
    const person = new Person(world, viewOf(world, of.layer ?? 'applied', of.variant ?? null), situation);
    answers.rights.forEach(({ right }, place) => {
      const { verdict, from, until, first, missing } = answer(world, situation, days[row]!, { right, ...of });
      const said = inWords(answers, place, row) as { first: string[] };
      // `answer` also names the steps that come before the needed ones.
      const withEarlier = { ...said, first: inOrder(world.facts, person, said.first) };
      expect(withEarlier).toEqual({ right, verdict, from, until, first: first.map(({ fact }) => fact), missing });
    });
  });
  return answers;
}

describe('a batch says what single answers say', () => {
  const anyPeople = fc.array(fc.tuple(anySituation(table), anyDay), { minLength: 40, maxLength: 40 });
  test.each<{ story: string; of: BatchReading }>([
    { story: 'the law as applied', of: {} },
    { story: 'as printed', of: { layer: 'text' } },
    { story: 'as announced', of: { layer: 'announced' } },
    { story: 'the day-one variant', of: { variant: 'day-one' } },
  ])('$story', ({ of }) => {
    fc.assert(
      fc.property(anyPeople, (people) => {
        expectSame(
          corpus,
          people.map(([situation]) => situation),
          people.map(([, on]) => on),
          of,
        );
      }),
      { numRuns: 25 },
    );
  });

  // Only a card has a last day: in one program for everybody that end is a day for some and nothing for the others.
  test.each([0, 1, 3])('also where a right may prepare for only %i shapes of people, and still in columns', (most) => {
    const endsForSome = exampleCorpus((text) =>
      text
        .replace('{ name: laatste_dag_kaart, type: date }', '{ name: laatste_dag_kaart, type: date, nullable: true }')
        .replace(
          '{ output: laatste_dag_kaart, value: $kaart_tot }',
          '{ output: laatste_dag_kaart, value: { operation: IF, cases: [{ when: $heeft_kaart, then: $kaart_tot }] } }',
        ),
    );
    fc.assert(
      fc.property(anyPeople, (people) => {
        const answers = expectSame(
          endsForSome,
          people.map(([situation]) => situation),
          people.map(([, on]) => on),
          {},
          most,
        );
        expect(answers.oneByOne).toBe(0);
      }),
      { numRuns: 15 },
    );
  });

  test('also where a law ends and nothing takes its place', () => {
    const ending = exampleCorpus((text) =>
      text.replace("valid_from: '2026-06-12'", "valid_from: '2026-06-12'\nvalid_to: '2026-12-31'"),
    );
    fc.assert(
      fc.property(anyPeople, (people) => {
        expectSame(
          ending,
          people.map(([situation]) => situation),
          people.map(([, on]) => on),
        );
      }),
      { numRuns: 15 },
    );
  });

  test('also where the law does what columns cannot, one by one', () => {
    // A product is beyond columns.
    const age = '{ operation: AGE, date_of_birth: $geboren_op, reference_date: $referencedate }';
    const world = exampleCorpus((text) =>
      text.replace(`subject: ${age}`, `subject: { operation: MULTIPLY, values: [1, ${age}] }`),
    );
    const facts = {
      document: 'request',
      letter: 'none',
      bornOn: '2000-01-01',
      askedOn: '2026-01-01',
      shelter: true,
      number: true,
      licence: false,
    } as const;
    const answers = expectSame(
      world,
      [{ facts }, { facts: { document: 'none' } }],
      [day('2026-11-23'), day('2026-11-23')],
      { layer: 'text' },
    );
    expect(answers.oneByOne).toBe(1);
  });
});

describe('columns', () => {
  test('hold what situations say, both ways', () => {
    fc.assert(
      fc.property(anySituation(table), (situation) => {
        const known = Object.fromEntries(Object.entries(situation.facts).filter(([, value]) => value !== null));
        expect(situationAt(table, columnsOf(table, [situation]), 0)).toEqual({ facts: known });
      }),
    );
  });

  test('a worked example: three people, one day', () => {
    const columns = {
      document: Int32Array.of(1, 3, unknownCode),
      permitFrom: Int32Array.of(day('2023-02-03'), unknownCode, unknownCode),
    };
    const answers = answerBatch(corpus, columns, day('2026-11-23'), 3, { domain: 'work' });
    const [work] = answers.rights;
    expect([...work!.verdict].map((code) => verdicts[code])).toEqual(['yes', 'no', 'unknown']);
    expect(work!.from[0]).toBe(day('2023-02-03'));
    expect(answers.routes[work!.route[0]!]).toEqual({ right: 'paid-work', name: 'route_vergunning' });
    expect(answers.cite(work!.route[0]!, day('2026-11-23'))?.article).toBe('2');
  });

  test.each([
    { story: 'a fact that does not exist', columns: { shoes: new Int32Array(2) }, says: 'There is no fact "shoes".' },
    {
      story: 'a column of the wrong length',
      columns: { document: new Int32Array(3) },
      says: 'Column "document" has 3 rows instead of 2.',
    },
    {
      story: 'a choice that does not exist',
      columns: { document: Int32Array.of(0, 4) },
      says: 'Column "document", row 1: 4 is not between 0 and 3.',
    },
  ])('$story is refused', ({ columns, says }) => {
    expect(() => answerBatch(corpus, columns as never, day('2026-11-23'), 2)).toThrow(says);
  });
});
