import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { chance } from '@meedoen/numbers';
import { monthsBetween, monthsLater, type Problem } from '@meedoen/units';
import { parseContribution } from '@meedoen/experience';
import { loadKnowledge } from '../load.ts';
import { knowledgeFolder } from '../knowledge-folder.ts';
import { languages } from '../languages.ts';
import { parseEntry } from '../yaml-file.ts';
import { exampleContributions } from './generate.ts';
import { chanceToStartWork, liveOneLife } from './life.ts';
import { checkExampleParameters, loadExampleParameters, parametersOf } from './parameters.ts';
import { plantedStartOfWork } from './planted-truths.ts';

const folder = join(knowledgeFolder(), 'example-town');
const parameters = loadExampleParameters(folder);
const [withEvenings, , without] = parameters.towns;
const asylum = parameters.doors.find(({ id }) => id === 'asylum')!;

describe('what was planted', () => {
  test('the file of the example has no problems', () => expect(checkExampleParameters(folder)).toEqual([]));

  test('by hand: a woman of 50 behind the asylum door, month 7, with evening lessons: 0.012 × 0.7 × 0.65 × 1.6', () => {
    const arrived = withEvenings!.eveningLessonsFrom!;
    const life = { door: asylum, town: withEvenings!, arrived, gender: 'woman', age: '45-54' } as const;
    expect(chanceToStartWork(parameters, life, monthsLater(arrived, 7))).toBeCloseTo(0.008736, 10);
    expect(chanceToStartWork(parameters, { ...life, town: without! }, monthsLater(arrived, 7))).toBeCloseTo(
      0.00546,
      10,
    );
  });

  test('by hand: the first month is one chance, and the second what is left of the others', () => {
    const door = { ...asylum, woman: 0, under25: 1, over44: 0, work: [0.1, 0.1, 0.1, 0.1], leaves: 0.2 };
    const { work, left } = plantedStartOfWork(parameters, without!, door, [parameters.firstMonth], 2);
    expect(work).toEqual([0, 0.1, expect.closeTo(0.17, 12)]);
    expect(left).toEqual([0, 0.2, expect.closeTo(0.34, 12)]);
  });

  test('drawn lives agree with the planted share: 40,000 people, four standard errors', () => {
    const random = chance(7);
    const long = { ...parameters, doors: [{ ...asylum, share: 1 }], months: 25 };
    const people = 40_000;
    let worked = 0;
    for (let i = 0; i < people; i++) {
      const life = liveOneLife(long, without!, random);
      const months = monthsBetween(life.arrived, monthsLater(long.firstMonth, long.months - 1));
      const { work } = plantedStartOfWork(long, without!, asylum, [life.arrived], months);
      worked += (life.firstWork === null ? 0 : 1) - work.at(-1)!;
    }
    expect(Math.abs(worked / people)).toBeLessThan(4 * Math.sqrt(0.25 / people));
  });
});

test('a broken file says where: shares that do not add up, a chance above 1, a town that could be real', () => {
  const problems: Problem[] = [];
  parametersOf(
    parseEntry(
      `example: true
edition: 1
seed: 1
first_month: '2022-13'
months: 2
towns:
  - { id: amsterdam, name: A, people: 2, evening_lessons_from: null }
doors:
  - { id: asylum, share: 0.5, work: [0.1], leaves: 2, takes_part: 0, woman: 0, under_25: 0, over_44: 0 }
`,
      'people.yaml',
      problems,
    ),
  );
  const said = problems.map(({ at, message }) => `${at?.line}: ${message}`).join('\n');
  expect(said).toContain('4: "first_month" should be a month');
  expect(said).toContain('7: The id of a town that does not exist starts with "example-"');
  expect(said).toContain('add up to 0.5; make it 1');
  expect(said).toContain('9: Give 4 chances');
  expect(said).toContain('"leaves" is a chance');
});

test('the same people come out each time; when others do, the edition is counted up', () => {
  const hash = createHash('sha256');
  let contributions = 0;
  const people = new Set<number>();
  for (const { person, contribution } of exampleContributions(parameters)) {
    hash.update(JSON.stringify([person, contribution]));
    contributions++;
    people.add(person);
  }
  expect({ contributions, people: people.size }).toEqual({ contributions: 20_645, people: 1_692 });
  // Red? Then count up `edition` in people.yaml and write the new hash here.
  expect({ edition: parameters.edition, hash: hash.digest('hex').slice(0, 16) }).toEqual({
    edition: 1,
    hash: '1c718f3a76a04577',
  });
});

test('they answer what is asked: each contribution passes the door that a real one passes', async () => {
  const { instruments } = await loadKnowledge();
  const questionnaires = instruments.asked.map(({ questionnaire }) => questionnaire);
  const towns = new Set(parameters.towns.map(({ id }) => id));
  for (const { contribution } of exampleContributions(parameters)) {
    const door = { questionnaires, languages, isTown: (code: string) => towns.has(code), today: contribution.month };
    const parsed = parseContribution({ id: '01a205b3-d000-7000-8000-000000000001', ...contribution }, door);
    if (!parsed.ok) throw new Error(`${JSON.stringify(contribution)}: ${parsed.problem.message}`);
  }
});
