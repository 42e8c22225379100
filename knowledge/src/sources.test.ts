import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { confidences, isToBeChecked, type Confidence } from '@meedoen/units';
import { readCases } from './cases.ts';
import { knowledgeFolder } from './knowledge-folder.ts';
import { loadKnowledge } from './load.ts';

// The register of facts from which the laws were written. It lies beside this project where it is developed, and is
// not part of it.
const register = join(knowledgeFolder(), '../../shared/data/rights/facts.json');
const { corpus } = await loadKnowledge();

type Fact = { readonly id: string; readonly confidence: Confidence };
type Cited = { readonly place: string; readonly facts: readonly string[]; readonly confidence: Confidence };

/** Every claim in our files with its sources, and how sure it says to be. */
const cited: Cited[] = [
  ...corpus.laws.flatMap(({ file, articles }) =>
    articles.flatMap(({ number, reading }) =>
      reading
        ? [
            { place: `${file} art. ${number}`, facts: reading.facts, confidence: reading.confidence },
            ...[...reading.outputs].map(([name, { facts, confidence }]) => {
              return { place: `${file} art. ${number} ${name}`, facts, confidence };
            }),
          ]
        : [],
    ),
  ),
  ...corpus.replacements.map(({ file, facts, confidence }) => ({ place: file, facts, confidence })),
  ...corpus.facts.facts.flatMap(({ id, step }) =>
    step ? [{ place: `step ${id}`, facts: step.facts, confidence: step.confidence }] : [],
  ),
];

test('every rule names at least one fact', () => {
  expect(cited.filter(({ facts }) => facts.length === 0)).toEqual([]);
});

test('a rule that is still to be checked is marked so wherever it is cited', () => {
  const doubtful = corpus.laws.flatMap(({ articles }) =>
    articles.filter(({ reading }) => reading && isToBeChecked(reading.confidence)),
  );
  expect(doubtful.length).toBeGreaterThan(0);
});

describe.skipIf(!existsSync(register))(`against the register of facts (skipped where ${register} is absent)`, () => {
  const facts = new Map<string, Fact>(
    existsSync(register) ? (JSON.parse(readFileSync(register, 'utf8')) as Fact[]).map((fact) => [fact.id, fact]) : [],
  );

  test('every fact id exists', () => {
    const unknown = cited.flatMap(({ place, facts: ids }) =>
      ids.filter((id) => !facts.has(id)).map((id) => `${place}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });

  test('every fact id that a case proves exists', () => {
    const { cases } = readCases(knowledgeFolder(), corpus);
    const unknown = cases.flatMap(({ story, proves, expect: answers }) =>
      [...proves, ...answers.flatMap(({ cites = [] }) => cites)]
        .filter((id) => !facts.has(id))
        .map((id) => `${story}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });

  test('nothing is surer than the least sure fact it rests on', () => {
    const rank = (confidence: Confidence): number => confidences.indexOf(confidence);
    const surer = cited.flatMap(({ place, facts: ids, confidence }) =>
      ids
        .flatMap((id) => facts.get(id) ?? [])
        .filter((fact) => rank(fact.confidence) > rank(confidence))
        .map((fact) => `${place} says ${confidence}, but ${fact.id} is ${fact.confidence}`),
    );
    expect(surer).toEqual([]);
  });
});
