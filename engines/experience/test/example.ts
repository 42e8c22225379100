import {
  contradictions,
  noConsents,
  parseAnswer,
  questionsFor,
  toContribution,
  whatOthersCouldTell,
} from '../src/index.ts';
import type { Answers, Question, Questionnaire } from '../src/index.ts';
import { month } from '@meedoen/units';

// Two questions: is there paid work, and since when? The second is asked when the work is new.
const always = { construct: null, sensitive: false, askWhen: {}, askUnless: {}, turns: null, source: 'example' };
const work: Question = {
  ...always,
  id: 'work',
  kind: 'choice',
  options: [
    { id: 'paid', icon: null },
    { id: 'looking', icon: null },
  ],
};
const began: Question = {
  ...always,
  id: 'work-began',
  kind: 'month',
  begins: { work: ['paid'] },
  ends: null,
  notBefore: null,
};
const terms = { owner: 'example', text: 'free', url: null };
const questionnaire: Questionnaire = { id: 'example', version: 1, terms, constructs: [], questions: [work, began] };

// In September somebody was looking for work; in November they say that it began on 14 August.
const now = month('2026-11');
const history = [{ month: month('2026-09'), answers: { work: { values: ['looking'], words: null } } }];
const profile = { town: 'GM0344', door: null, arrived: month('2025-04'), ageBand: null, gender: null };
const paid = { work: { values: ['paid'], words: null } };
const asked = questionsFor(questionnaire, { month: now, answers: paid, history, sensitive: false });
const typed = parseAnswer(began, { values: ['2026-08-14'] }, { month: now, today: now, profile, answers: paid });
if (!typed.ok || typed.value === null) throw new RangeError('a day is a way to write its month');
const answers: Answers = { ...paid, 'work-began': typed.value };
const [clash] = contradictions(questionnaire, now, history, answers);

const id = '019aba00-0000-7000-8000-000000000001';
const draft = { id, month: now, instrument: 'example', instrumentVersion: 1, language: 'ar', profile, answers };
const counted = toContribution(questionnaire, draft, { ...noConsents, count: true });

export const results = [
  asked.map((question) => question.id).join(), // 'work,work-began'
  typed.value.values[0], // '2026-08': the day is not kept
  clash?.kind, // 'began-earlier': in September it was not so; a screen asks, and keeps both
  toContribution(questionnaire, draft, noConsents), // null: nothing ticked, nothing leaves
  counted?.answers.length, // 2
  whatOthersCouldTell(counted!).joined, // false: this month cannot be laid beside another
];
