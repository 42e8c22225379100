import type { Contribution } from '@meedoen/experience';
import { chance, type Chance } from '@meedoen/numbers';
import { monthsBetween, monthsLater, type Month } from '@meedoen/units';
import { hasEveningLessons, liveOneLife, pickKey, type ExampleLife } from './life.ts';
import type { Chances, ExampleParameters } from './parameters.ts';

/** What one synthetic person gave in one month. Who stores it makes the ids, the same ones at each load. */
export type ExampleContribution = {
  /** Number of the person, from 0: what links the months of somebody who is followed. */
  person: number;
  contribution: Omit<Contribution, 'id'>;
};

/**
 * The contributions of the synthetic people, person by person. The same parameters give the same people.
 * Who takes part is drawn apart from how it goes, so that within a door those who answer are like those who do not.
 */
export function* exampleContributions(parameters: ExampleParameters): Generator<ExampleContribution> {
  const random = chance(parameters.seed);
  let person = 0;
  for (const town of parameters.towns) {
    for (let i = 0; i < town.people; i++, person++) {
      const life = liveOneLife(parameters, town, random);
      if (random.share() >= life.door.takesPart) continue;
      for (const contribution of monthsOf(parameters, life, random)) yield { person, contribution };
    }
  }
}

function* monthsOf(
  parameters: ExampleParameters,
  life: ExampleLife,
  random: Chance,
): Generator<Omit<Contribution, 'id'>> {
  const { answering, jobs } = parameters;
  const followed = random.share() < answering.follows;
  const gender = random.share() < answering.saysGender ? life.gender : null;
  const ageBand = random.share() < answering.saysAge ? life.age : null;
  const profile = { town: life.town.id, door: life.door.id, arrived: life.arrived, ageBand, gender };
  let begins = life.arrived;
  while (random.share() >= answering.begins) begins = monthsLater(begins, 1);

  const last = life.left ?? monthsLater(parameters.firstMonth, parameters.months - 1);
  let job: Job | null = null;
  let first = true;
  for (let at = life.arrived; at <= last; at = monthsLater(at, 1)) {
    if (at === life.firstWork) job = takeJob(life, at, random);
    else if (job === null && life.firstWork !== null && at > life.firstWork && random.share() < jobs.again)
      job = takeJob(life, at, random);
    // A job lasts four months at least, so that somebody who misses a month or two still tells of it.
    else if (job !== null && monthsBetween(job.began, at) > 3 && random.share() < jobs.ends) job = null;
    if (at < begins) continue;
    const leaves = at === life.left;
    if (!leaves && random.share() >= answering.answers) continue;
    yield {
      month: at,
      instrument: 'monthly',
      instrumentVersion: 1,
      language: life.language,
      profile,
      followed,
      answers: answersOf(parameters, life, job, at, first, random),
      words: [],
    };
    first = false;
    if (random.share() < answering.stops) return;
  }
}

type Job = { began: Month; hours: string; contract: string; level: string };

function takeJob({ door }: ExampleLife, began: Month, random: Chance): Job {
  return {
    began,
    hours: pickKey({ '1-11': 0.1, '12-23': 0.25, '24-34': 0.3, '35-plus': 0.35 }, random),
    contract: pickKey({ fixed: 0.35, 'on-call': 0.25, agency: 0.25, permanent: 0.1, 'self-employed': 0.05 }, random),
    level: random.share() < (door.id === 'work' ? 0.2 : 0.55) ? 'below' : 'fits',
  };
}

const contactsInWork = { daily: 0.4, weekly: 0.35, monthly: 0.15, rarely: 0.1 };
const contactsWithoutWork = { daily: 0.15, weekly: 0.35, monthly: 0.25, rarely: 0.25 };

/** The fixed questions every month, and one of the others in turn. */
function answersOf(
  { life: marks, lessonTimes, stoodInWay, helped, firstMonth }: ExampleParameters,
  { door, town, arrived, left }: ExampleLife,
  job: Job | null,
  month: Month,
  first: boolean,
  random: Chance,
): Contribution['answers'] {
  const answers: { question: string; value: string }[] = [];
  const say = (question: string, value: string): void => void answers.push({ question, value });

  say('still-here', month === left ? 'left-country' : 'here');
  say('work', job !== null ? 'paid' : random.share() < 0.6 ? 'looking' : 'not-now');
  if (job !== null) {
    say('work-began', job.began);
    say('hours', job.hours);
    if (first || monthsBetween(firstMonth, month) % 3 === 0) {
      say('contract', job.contract);
      say('work-level', job.level);
    }
  }
  const wishesEvening = hasEveningLessons(town, month) ? lessonTimes.withEvening : lessonTimes.withoutEvening;
  const barriers = someOf({ 'lesson-times': wishesEvening, ...stoodInWay[door.id] }, random);
  for (const barrier of barriers.length > 0 ? barriers : ['nothing']) say('stood-in-way', barrier);

  const waits = door.id === 'asylum' && monthsBetween(arrived, month) < 12;
  const mark = marks.withoutWork + (job === null ? 0 : marks.inWork) + (waits ? marks.firstYearAsylum : 0);
  say('life', markNear(mark, marks.spread, random));

  const turn = monthsBetween(firstMonth, month) % 3;
  if (turn === 0) {
    const helpers = someOf(helped, random);
    for (const helper of helpers.length > 0 ? helpers : ['nothing']) say('helped', helper);
  } else if (turn === 1) {
    say('dutch-contacts', pickKey(job === null ? contactsWithoutWork : contactsInWork, random));
    say('lessons', lessonsOf(hasEveningLessons(town, month), job !== null, random));
  } else {
    say('safe', markNear(7.2, 1.5, random));
    say('control', markNear(job === null ? 5.5 : 6.4, 1.8, random));
  }
  return answers;
}

function lessonsOf(evening: boolean, works: boolean, random: Chance): string {
  if (works)
    return pickKey(
      evening ? { evening: 0.35, none: 0.5, 'work-floor': 0.15 } : { none: 0.75, online: 0.15, 'work-floor': 0.1 },
      random,
    );
  return pickKey({ daytime: 0.6, none: 0.25, online: 0.15 }, random);
}

function someOf(chances: Chances, random: Chance): string[] {
  return Object.entries(chances)
    .filter(([, share]) => random.share() < share)
    .map(([key]) => key);
}

/** A mark from 0 to 10. */
function markNear(mean: number, spread: number, random: Chance): string {
  return String(Math.max(0, Math.min(10, Math.round(mean + spread * random.normal()))));
}
