import { loadKnowledge, knowledgeFolder, readCases } from '@meedoen/knowledge';
import { actors, answerAll } from '@meedoen/rights';
import { layers } from '@meedoen/units';
import { expect, test } from 'vitest';
import { iconOfDomain } from '../page/icons.ts';
import { catalogues } from './catalogue.ts';

const { corpus, help, terms: words, doors, timetable } = await loadKnowledge();
const { cases } = readCases(knowledgeFolder(), corpus);
const told = (key: string) => catalogues.nl.has(key);
const missing = (keys: Iterable<string>) => [...new Set(keys)].filter((key) => !told(key)).sort();

test('there is something to compare with', () => {
  expect(corpus.rights.length).toBeGreaterThan(5);
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(help.length + words.length).toBeGreaterThan(20);
});

test('every question has its words, and every choice', () => {
  expect(
    missing(
      corpus.facts.facts.flatMap(({ id, choices }) => [
        ...['ask', 'short', 'why', 'look'].map((part) => `questions.${id}.${part}`),
        ...choices.map((choice) => `questions.${id}.choice.${choice}`),
      ]),
    ),
  ).toEqual([]);
});

test('every right has a title and a sentence for each state', () => {
  const parts = ['title', 'yes', 'from', 'first', 'no', 'unknown'];
  expect(
    missing(
      corpus.rights.flatMap(({ id, domain }) => [
        `today.domain.${domain}`,
        ...parts.map((part) => `rights.right.${id}.${part}`),
      ]),
    ),
  ).toEqual([]);
});

test('every step says what happens and who does it', () => {
  const steps = corpus.facts.facts.filter(({ step }) => step !== null);
  expect(
    missing([...steps.map(({ id }) => `rights.step.${id}`), ...actors.map((actor) => `today.step.actor.${actor}`)]),
  ).toEqual([]);
});

test('every reason for arrival, every event of a chain and every chain has its name', () => {
  const events = timetable.links.filter(({ who }) => who !== null);
  expect(
    missing([
      ...doors.doors.map(({ id }) => `doors.name.${id}`),
      ...events.map(({ id }) => `chain.event.${id}`),
      ...timetable.chains.map(({ id }) => `chain.name.${id}`),
    ]),
  ).toEqual([]);
  expect(doors.doors.length + events.length).toBeGreaterThan(15);
});

test('every topic has a picture', () => {
  const topics = new Set(corpus.rights.map(({ domain }) => domain));
  expect([...topics].filter((topic) => !(topic in iconOfDomain))).toEqual([]);
});

test('every condition and every term that a worked case shows has its sentence', () => {
  const answers = cases.flatMap(({ situation, on }) =>
    layers.flatMap((layer) => answerAll(corpus, situation, on, { layer })),
  );
  const unread = /^onbekend_/; // Said in one sentence: a rule we have not read yet.
  expect(
    missing(
      answers.flatMap(({ conditions }) =>
        conditions.filter(({ name }) => !unread.test(name)).map(({ name }) => `rights.condition.${name}`),
      ),
    ),
  ).toEqual([]);
  expect(
    missing(
      answers.flatMap(({ terms }) =>
        terms
          .filter(({ value }) => value !== null)
          .map(({ name, kind, value }) => {
            if (kind === 'text' || kind === 'boolean') return `rights.term.${name}.${String(value)}`;
            return told(`rights.term.${name}.value`) ? `rights.term.${name}.value` : `rights.term.${name}`;
          }),
      ),
    ),
  ).toEqual([]);
}, 120_000);
