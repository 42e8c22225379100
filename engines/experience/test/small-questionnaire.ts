import type { Question, Questionnaire } from '../src/index.ts';

const usual = { construct: null, sensitive: false, askWhen: {}, askUnless: {}, turns: null, source: 'test' };
const options = (...ids: string[]) => ids.map((id) => ({ id, icon: null }));

/** A questionnaire with every kind of question and every way to ask it, small enough to count by hand. */
export const small: Questionnaire = {
  id: 'small',
  version: 2,
  terms: { owner: 'test', text: 'for tests', url: null },
  constructs: [
    {
      id: 'mark-for-life',
      items: [{ question: 'life', scores: null, reversed: false }],
      scoring: 'mean',
      rescaledTo: null,
      mayBeMissing: 0,
      better: 'higher',
      line: null,
      benchmarks: [],
      source: 'test',
    },
  ],
  questions: [
    { ...usual, id: 'still-here', kind: 'choice', options: options('here', 'left-country') },
    {
      ...usual,
      id: 'work',
      kind: 'choice',
      options: options('paid', 'looking'),
      askUnless: { 'still-here': ['left-country'] },
    },
    { ...usual, id: 'work-began', kind: 'month', begins: { work: ['paid'] }, ends: null, notBefore: null },
    { ...usual, id: 'work-ended', kind: 'month', begins: null, ends: { work: ['paid'] }, notBefore: 'work-began' },
    { ...usual, id: 'hours', kind: 'number', lowest: 1, highest: 60, askWhen: { work: ['paid'] }, turns: [0] },
    { ...usual, id: 'safe', kind: 'mark', lowest: 0, highest: 10, turns: [1] },
    { ...usual, id: 'health', kind: 'mark', lowest: 0, highest: 10, sensitive: true, turns: [2] },
    { ...usual, id: 'life', kind: 'mark', lowest: 0, highest: 10, construct: 'mark-for-life' },
    {
      ...usual,
      id: 'stood-in-way',
      kind: 'choices',
      options: options('travel', 'language', 'nothing'),
      nothing: 'nothing',
      ownWords: true,
    },
    { ...usual, id: 'should-be-asked', kind: 'words', turns: [2] },
  ],
};

/** The question with this id; one that is not there throws. */
export function ask(id: string): Question {
  const question = small.questions.find((one) => one.id === id);
  if (!question) throw new RangeError(`${id} is not in the small questionnaire.`);
  return question;
}
