import { join } from 'node:path';
import { formatProblem, month, parseMonth, type Month, type Problem } from '@meedoen/units';
import { openYaml, type Entry } from '../yaml-file.ts';

/** Months since the month of arrival from which each of the four chances to start working holds. */
export const workBands = [1, 7, 13, 25] as const;

/** What was planted in the synthetic people, as `example-town/people.yaml` says it. Shares and chances are 0–1. */
export type ExampleParameters = {
  /** Counted up whenever other people come out. */
  edition: number;
  seed: number;
  firstMonth: Month;
  /** How many months the example lasts. */
  months: number;
  towns: readonly ExampleTownPeople[];
  doors: readonly ExampleDoor[];
  factors: { woman: number; overFortyFour: number; eveningLessons: number };
  languages: Readonly<Record<string, Chances>>;
  answering: {
    begins: number;
    answers: number;
    stops: number;
    follows: number;
    saysGender: number;
    saysAge: number;
  };
  jobs: { ends: number; again: number };
  life: { withoutWork: number; inWork: number; firstYearAsylum: number; spread: number };
  lessonTimes: { withoutEvening: number; withEvening: number };
  stoodInWay: Readonly<Record<string, Chances>>;
  helped: Chances;
};

export type ExampleTownPeople = { id: string; name: string; people: number; eveningLessonsFrom: Month | null };

export type ExampleDoor = {
  id: 'asylum' | 'temporary-protection' | 'family' | 'work' | 'study';
  share: number;
  work: readonly number[];
  leaves: number;
  takesPart: number;
  woman: number;
  under25: number;
  over44: number;
};

/** The chance of each of some things; they need not add up to 1. */
export type Chances = Readonly<Record<string, number>>;

const fileName = 'people.yaml';

/** The parameters in the folder `example-town`; throws when our own file is broken. */
export function loadExampleParameters(folder: string): ExampleParameters {
  const { parameters, problems } = readParameters(folder);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return parameters;
}

/** What is wrong with them, with file, line and column. */
export function checkExampleParameters(folder: string): Problem[] {
  return readParameters(folder).problems;
}

function readParameters(folder: string): { parameters: ExampleParameters; problems: Problem[] } {
  const problems: Problem[] = [];
  const root = openYaml(join(folder, fileName), `example-town/${fileName}`, problems);
  return { parameters: parametersOf(root), problems };
}

/** Read the parameters out of a YAML file that was opened already. */
export function parametersOf(root: Entry): ExampleParameters {
  if (!root.boolean('example')) root.wrong('example', 'Synthetic people say "example: true".');
  const doors = root.list('doors').map(doorOf);
  const shares = doors.reduce((sum, door) => sum + door.share, 0);
  if (Math.abs(shares - 1) > 1e-9) root.wrong('doors', `The shares of the doors add up to ${shares}; make it 1.`);

  const parameters: ExampleParameters = {
    edition: root.number('edition'),
    seed: root.number('seed'),
    firstMonth: monthOf(root, 'first_month'),
    months: root.number('months'),
    towns: root.list('towns').map((town) => {
      const found = {
        id: town.text('id'),
        name: town.text('name'),
        people: town.number('people'),
        eveningLessonsFrom:
          town.maybeText('evening_lessons_from') === null ? null : monthOf(town, 'evening_lessons_from'),
      };
      if (!found.id.startsWith('example-'))
        town.wrong('id', 'The id of a town that does not exist starts with "example-".');
      town.end();
      return found;
    }),
    doors,
    factors: group(root, 'factors', (at) => ({
      woman: at.number('woman'),
      overFortyFour: at.number('over_44'),
      eveningLessons: at.number('evening_lessons'),
    })),
    languages: byDoor(root, 'languages', doors),
    answering: group(root, 'answering', (at) => ({
      begins: chanceOf(at, 'begins'),
      answers: chanceOf(at, 'answers'),
      stops: chanceOf(at, 'stops'),
      follows: chanceOf(at, 'follows'),
      saysGender: chanceOf(at, 'says_gender'),
      saysAge: chanceOf(at, 'says_age'),
    })),
    jobs: group(root, 'jobs', (at) => ({ ends: chanceOf(at, 'ends'), again: chanceOf(at, 'again') })),
    life: group(root, 'life', (at) => ({
      withoutWork: at.number('without_work'),
      inWork: at.number('in_work'),
      firstYearAsylum: at.number('first_year_asylum'),
      spread: at.number('spread'),
    })),
    lessonTimes: group(root, 'lesson_times', (at) => ({
      withoutEvening: chanceOf(at, 'without_evening'),
      withEvening: chanceOf(at, 'with_evening'),
    })),
    stoodInWay: byDoor(root, 'stood_in_way', doors),
    helped: chancesOf(root.record('helped')),
  };
  root.end();
  return parameters;
}

function doorOf(door: Entry): ExampleDoor {
  const found = {
    id: door.oneOf('id', ['asylum', 'temporary-protection', 'family', 'work', 'study']),
    share: chanceOf(door, 'share'),
    work: door.numbers('work'),
    leaves: chanceOf(door, 'leaves'),
    takesPart: chanceOf(door, 'takes_part'),
    woman: chanceOf(door, 'woman'),
    under25: chanceOf(door, 'under_25'),
    over44: chanceOf(door, 'over_44'),
  };
  if (found.work.length !== workBands.length)
    door.wrong('work', `Give ${workBands.length} chances: from month ${workBands.join(', ')} after arrival.`);
  door.end();
  return found;
}

function group<T>(root: Entry, key: string, read: (at: Entry) => T): T {
  const at = root.record(key);
  const found = read(at);
  at.end();
  return found;
}

function byDoor(root: Entry, key: string, doors: readonly ExampleDoor[]): Record<string, Chances> {
  const at = root.record(key);
  const found = Object.fromEntries(doors.map(({ id }) => [id, chancesOf(at.record(id))]));
  at.end();
  return found;
}

function chancesOf(at: Entry): Chances {
  return Object.fromEntries(at.keys().map((key) => [key, chanceOf(at, key)]));
}

function chanceOf(at: Entry, key: string): number {
  const value = at.number(key);
  if (value < 0 || value > 1) at.wrong(key, `"${key}" is a chance: write a number from 0 to 1.`);
  return value;
}

function monthOf(at: Entry, key: string): Month {
  const parsed = parseMonth(at.text(key));
  if (parsed.ok) return parsed.value;
  at.wrong(key, `"${key}" should be a month, written as '2022-11'.`);
  return month('1970-01');
}
