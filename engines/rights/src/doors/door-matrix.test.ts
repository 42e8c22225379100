import { day, isoDay } from '@meedoen/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleCorpus } from '../../test/example-corpus.ts';
import { doorsText, exampleDoors, exampleTimetable } from '../../test/example-tables.ts';
import { problemsWhen } from '../../test/problems-when.ts';
import { anyDay, anySituation, whoAsked } from '../../test/people.ts';
import { answerAll } from '../answer.ts';
import { doorMatrix, type DoorMatrix } from './door-matrix.ts';
import { parseDoors } from './parse-doors.ts';

const corpus = exampleCorpus();
const doors = exampleDoors(corpus.facts);
const timetable = exampleTimetable(corpus.facts);
const on = day('2026-11-23');
const applicant = whoAsked('2026-11-23');

const matrixOf = (facts: Readonly<Record<string, string | number | boolean>>): DoorMatrix =>
  doorMatrix(corpus, timetable, doors, { facts }, on);

describe('one person behind every door', () => {
  const matrix = matrixOf(applicant);

  test('a worked example: the same adult on the first day', () => {
    const [work] = matrix.rows;
    expect(work!.cells.map(({ door, answer, waitInDays }) => `${door}: ${answer.verdict} ${waitInDays}`)).toEqual([
      // From 23 November to 23 April.
      'asks: not yet 151',
      'permit: yes 0',
      'refused: no null',
      'card: unknown null',
    ]);
    expect(work!.gap).toMatchObject({
      about: 'shut',
      best: ['permit'],
      worst: ['refused'],
      shutDoors: 1,
      days: 151,
      unknown: ['card'],
    });
    expect(work!.treatments).toBe(4);
  });

  test('the person stays: a birthday, and what has been done; the card and the letter go', () => {
    expect(matrix.doors.map(({ situation }) => situation.facts)).toEqual(
      [
        applicant,
        {
          document: 'permit',
          bornOn: '1990-05-05',
          permitFrom: '2026-11-23',
          askedOn: undefined,
          registered: false,
          number: false,
          licence: false,
        },
        { ...applicant, letter: 'refused', shelter: false },
        { document: 'card', bornOn: '1990-05-05', registered: false, number: false, licence: false },
      ].map((facts) => expect.objectContaining(JSON.parse(JSON.stringify(facts)) as object)),
    );
    expect(Object.keys(matrix.doors[3]!.situation.facts)).not.toContain('shelter');
  });

  test('the door that somebody came through is the one whose facts are theirs', () => {
    expect(matrix.ownDoor).toBe('asks');
    expect(matrixOf({ document: 'request', letter: 'refused' }).ownDoor).toBe('refused');
    expect(matrixOf({ document: 'none' }).ownDoor).toBe(null);
    expect(matrixOf({}).ownDoor).toBe(null);
  });

  test('the arrival is the first date that is known, or else the day we are asked about', () => {
    expect(matrixOf({ ...applicant, askedOn: '2026-03-01' }).arrival).toEqual({
      day: day('2026-03-01'),
      fact: 'askedOn',
    });
    expect(matrixOf({ document: 'permit', permitFrom: '2025-01-01' }).doors[0]!.situation.facts['askedOn']).toBe(
      '2025-01-01',
    );
    expect(matrixOf({}).arrival).toEqual({ day: on, fact: null });
  });

  test('rights stand in order of their gap: shut before time, and more doors shut first', () => {
    const [first] = matrix.largestGaps;
    expect(matrix.rows.find(({ right }) => right === first)?.gap.about).toBe('shut');
    const about = matrix.largestGaps.map((id) => matrix.rows.find(({ right }) => right === id)!.gap.about);
    expect(about).toEqual([...about].sort((a, b) => kinds.indexOf(a) - kinds.indexOf(b)));
  });
});

const kinds = ['shut', 'time', 'duty', 'money', 'terms', 'none'];

describe('the distinction index', () => {
  test('a worked example: four doors, four treatments in work; one rule would leave that of the permit', () => {
    const [work] = matrixOf(applicant).distinctions;
    expect(work).toMatchObject({ domain: 'work', rights: 2, treatments: 4 });
    expect(work!.oneRule.models[0]).toEqual({ right: 'paid-work', door: 'permit' });
    expect(work!.oneRule.rules).toBeLessThan(work!.rules);
    expect(work!.oneRule.conditions).toBeLessThan(work!.conditions);
    expect(work!.oneRule.gains.filter(({ right }) => right === 'paid-work')).toEqual([
      { right: 'paid-work', door: 'asks', from: 'not yet', days: 151 },
      { right: 'paid-work', door: 'refused', from: 'no', days: null },
      { right: 'paid-work', door: 'card', from: 'unknown', days: null },
    ]);
  });

  test('a duty has no best door: whether it is a burden is not ours to say', () => {
    const matrix = matrixOf({ ...applicant, cardUntil: '2030-01-01' });
    const duty = matrix.rows.find(({ kind }) => kind === 'duty');
    expect(duty?.gap).toMatchObject({ best: [], worst: [], shutDoors: 0 });
    expect(matrix.distinctions.flatMap(({ oneRule }) => oneRule.models.map(({ right }) => right))).not.toContain(
      'card',
    );
  });
});

describe('for anybody', () => {
  test('a cell is what `answer` says for the situation in its column, and equal treatments are equal answers', () => {
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, (somebody, when) => {
        const matrix = doorMatrix(corpus, timetable, doors, somebody, when);
        matrix.doors.forEach(({ situation }, column) => {
          expect(matrix.rows.map(({ cells }) => cells[column]!.answer)).toEqual(answerAll(corpus, situation, when));
        });
        for (const { cells, treatments } of matrix.rows) {
          const verdicts = new Map<number, string>();
          for (const { treatment, answer } of cells) {
            const seen = `${answer.verdict} ${answer.first.map(({ fact }) => fact).join()}`;
            expect(verdicts.get(treatment) ?? seen).toBe(seen);
            verdicts.set(treatment, seen);
          }
          expect(verdicts.size).toBe(treatments);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('one rule for all: nobody gains where all are treated alike, and no gain is negative', () => {
    fc.assert(
      fc.property(anySituation(corpus.facts), anyDay, (somebody, when) => {
        for (const { oneRule } of doorMatrix(corpus, timetable, doors, somebody, when).distinctions) {
          for (const { days } of oneRule.gains) expect(days ?? 1).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a right that is part of a door is told, and neither ranked nor counted', () => {
    const gapFirst = matrixOf(applicant).largestGaps[0]!;
    const without = doorMatrix(corpus, timetable, { ...doors, partOfADoor: [gapFirst] }, { facts: applicant }, on);
    expect(without.rows.map(({ right }) => right)).toContain(gapFirst);
    expect(without.largestGaps).not.toContain(gapFirst);
    const counted = (matrix: DoorMatrix): number => matrix.distinctions.reduce((sum, { rights }) => sum + rights, 0);
    expect(counted(without)).toBe(counted(matrixOf(applicant)) - 1);
  });

  test('the doors behind which somebody already stands do not depend on the door they came through', () => {
    const fromPermit = matrixOf({ document: 'permit', permitFrom: '2026-11-23', bornOn: '1990-05-05' });
    const fromAsking = matrixOf({ document: 'request', askedOn: '2026-11-23', bornOn: '1990-05-05' });
    expect(fromPermit.doors.map(({ situation }) => situation)).toEqual(
      fromAsking.doors.map(({ situation }) => situation),
    );
    expect(isoDay(fromPermit.arrival.day)).toBe('2026-11-23');
  });
});

describe('a table of doors with a fault is refused, with its line', () => {
  test.each([
    ['a fact that is not there', 'shelter: true', 'roof: true', 'There is no fact "roof".'],
    ['a choice that is not there', 'letter: refused', 'letter: angry', '"letter" cannot be "angry".'],
    [
      'a date that is set',
      '{ document: card }',
      '{ document: card, cardUntil: 2030-01-01 }',
      '"cardUntil" cannot be "2030-01-01".',
    ],
    ['a start that is no date', 'starts: [permitFrom]', 'starts: [wage]', '"starts" must be facts that are dates.'],
    ['a door twice', 'id: refused', 'id: asks', 'The door "asks" stands in the table twice. Keep one of them.'],
    ['a misspelled key', 'forgets:', 'forget:', 'Door "card" cannot have the key "forget". Did you mean "forgets"?'],
  ])('%s', (_, from, to, message) => {
    const problems = problemsWhen(doorsText, from, to, (text) => parseDoors(text, 'doors.yaml', corpus.facts));
    expect(problems).toContain(message);
  });
});
