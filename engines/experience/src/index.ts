// What is asked
export { questionOf } from './questionnaire.ts';
export type { Condition, Construct, Option, Question, QuestionKind } from './questionnaire.ts';
export type { Questionnaire, ScoredItem, TermsOfUse } from './questionnaire.ts';

// Which questions this month
export { mostQuestions, questionsFor, type Asking } from './questions-for.ts';
export { turnOf, turnsOf } from './rotation.ts';
export { longestMonth } from './longest-month.ts';

// What somebody answers, and what does not fit with earlier
export type { Answer, Answers, PastMonth } from './answers.ts';
export { parseAnswer, type Around, type Typed } from './parse-answer.ts';
export { mostCharacters, parseWords } from './own-words.ts';
export { contradictions, type Contradiction } from './contradictions.ts';

// What leaves the device
export { noConsents, toContribution } from './contribution.ts';
export type { Consents, Contribution, Draft, GivenAnswer, OwnWords } from './contribution.ts';
export { ageBands, doorGroups, genders } from './profile.ts';
export type { AgeBand, DoorGroup, Gender, ContributorProfile } from './profile.ts';
export { ageBandOf } from './coarsen.ts';
export { whatOthersCouldTell } from './what-others-could-tell.ts';
export type { Telling, Told, WhatOthersCouldTell } from './what-others-could-tell.ts';
export { parseContribution, type Door } from './parse-contribution.ts';

// What it looks like over time, for the person alone, and as a score
export { myHistory, pastOf } from './my-history.ts';
export type { MarkSeries, MyHistory, NamedSeries, StateSeries } from './my-history.ts';
export { countsInShare, scaleOf, scoreOf, type Scale } from './score.ts';
