import {
  contradictions,
  questionsFor,
  toContribution,
  type Answers,
  type Consents,
  type Contradiction,
  type Contribution,
  type Question,
  type Questionnaire,
} from '@meedoen/experience';
import { monthOf, type Month } from '@meedoen/units';
import { randomBytes } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import type { Language } from '#lib/language/languages.ts';
import { asPast, type AboutMe, type Draft, type MonthTold } from '#lib/check-in/draft.ts';
import { readKey } from './keys/key-cookie.ts';
import { newRecoveryCode } from './keys/recovery-code.ts';
import { today } from './settings.ts';

/** What one visit works with: what is on the device, all of it. */
export type Telling = { me: AboutMe; draft: Draft; months: readonly MonthTold[] };

export function thisMonth(): Month {
  return monthOf(today());
}

/** An id that is made before anything is sent, so that however often it is sent it is one. */
export async function newId(): Promise<string> {
  const { uuidV7 } = await import('@meedoen/store');
  return uuidV7(Date.now(), randomBytes(10));
}

/** A month to answer. */
export async function newDraft(event: Pick<RequestEvent, 'cookies'>): Promise<Draft> {
  const kept = readKey(event, 'evidence');
  const hasKey = kept !== null && kept !== 'forged';
  return {
    id: await newId(),
    month: thisMonth(),
    answers: {},
    skipped: [],
    explained: {},
    code: hasKey ? null : newRecoveryCode(randomBytes),
  };
}

/** The questions of this month for this person, as far as the answers until now tell. */
export function askedOf(questionnaire: Questionnaire, { me, draft, months }: Telling): readonly Question[] {
  return questionsFor(questionnaire, {
    month: draft.month,
    answers: draft.answers,
    history: months.map(asPast),
    sensitive: me.sensitive,
  });
}

/** The first question that was neither answered nor skipped; null at the end. */
export function firstOpen(questionnaire: Questionnaire, telling: Telling): Question | null {
  const { answers, skipped } = telling.draft;
  return askedOf(questionnaire, telling).find(({ id }) => !(id in answers) && !skipped.includes(id)) ?? null;
}

/** The answers that belong to a question of this month: one that went away with another answer goes along. */
export function answersThatCount(questionnaire: Questionnaire, telling: Telling): Answers {
  let answers = telling.draft.answers;
  for (;;) {
    const asked = new Set(
      askedOf(questionnaire, { ...telling, draft: { ...telling.draft, answers } }).map(({ id }) => id),
    );
    const kept = Object.fromEntries(Object.entries(answers).filter(([question]) => asked.has(question)));
    if (Object.keys(kept).length === Object.keys(answers).length) return kept;
    answers = kept;
  }
}

/** What leaves the device with these consents, or null for nothing. The page shows what this says, and this is what is sent. */
export function leaving(
  questionnaire: Questionnaire,
  telling: Telling,
  language: Language,
  consents: Consents,
): Contribution | null {
  const { draft, me } = telling;
  return toContribution(
    questionnaire,
    {
      id: draft.id,
      month: draft.month,
      instrument: questionnaire.id,
      instrumentVersion: questionnaire.version,
      language,
      profile: me.profile,
      answers: answersThatCount(questionnaire, telling),
    },
    consents,
  );
}

/** What does not fit an earlier month and was not explained yet. */
export function toExplain(questionnaire: Questionnaire, telling: Telling): readonly Contradiction[] {
  const { draft, months } = telling;
  return contradictions(
    questionnaire,
    draft.month,
    months.map(asPast),
    answersThatCount(questionnaire, telling),
  ).filter((one) => draft.explained[nameOf(one)] === undefined);
}

/** One contradiction by name, so that its explanation can be found again. */
export function nameOf({ kind, now, earlier }: Contradiction): string {
  return [kind, now.question, now.value, earlier.month].join(' ');
}
