import { expect, test } from 'vitest';
import { isoDay, type Day } from '@meedoen/units';
import { answer, type Answer } from '@meedoen/rights';
import { parseCases, readCases, type Expected } from './cases.ts';
import { knowledgeFolder } from './knowledge-folder.ts';
import { loadKnowledge } from './load.ts';

const { corpus, problems } = await loadKnowledge();
const { cases } = readCases(knowledgeFolder(), corpus);

test('our own files hold', () => {
  expect(problems).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(240);
});

test('no story is told twice', () => {
  const stories = cases.map(({ story }) => story);
  expect(stories.filter((story, at) => stories.indexOf(story) !== at)).toEqual([]);
});

for (const one of cases) {
  test(`${one.file}: ${one.story}`, () => {
    for (const expected of one.expect) {
      const got = answer(corpus, one.situation, one.on, {
        right: expected.right,
        layer: one.layer,
        variant: one.variant,
      });
      expect(got.fault).toBeNull();
      expect(inTheWordsOf(expected, got), expected.right).toEqual(wanted(expected));
    }
  });
}

test.each([
  { story: 'a right that does not exist', text: 'expect: { fly: yes }', says: 'There is no right "fly"' },
  {
    story: 'a verdict that does not exist',
    text: 'expect: { paid-work: maybe }',
    says: '"maybe" is no known paid-work',
  },
  { story: 'an unknown fact', text: 'facts: { shoeSize: 42 }', says: 'shoeSize' },
  { story: 'an impossible date', text: "on: '2026-02-30'", says: 'should be a date' },
  { story: 'a misspelled key', text: 'storey: Two floors.', says: '"storey" is not known here' },
  { story: 'a variant that does not exist', text: 'variant: day-two', says: 'no variant "day-two"' },
])('refuses $story', ({ text, says }) => {
  const key = text.split(':')[0] ?? '';
  const whole = [
    'story: One.',
    "on: '2026-11-23'",
    'facts: { document: none }',
    'proves: [work-031]',
    'expect: { paid-work: no }',
  ];
  const lines = [...whole.filter((line) => !line.startsWith(`${key}:`)), text];
  const found = parseCases(`cases:\n  - ${lines.join('\n    ')}\n`, 'cases/planted.yaml', corpus).problems;
  expect(found.map(({ message }) => message).join('\n')).toContain(says);
  expect(found[0]?.at).toMatchObject({
    file: 'cases/planted.yaml',
    line: expect.any(Number),
    column: expect.any(Number),
  });
});

const dated = (on: Day | null): string | null => (on === null ? null : isoDay(on));

/** What a case asks of an answer, with lists that only have to contain something reduced to what they miss. */
function inTheWordsOf(expected: Expected, got: Answer): object {
  const cited = new Set(got.because.flatMap(({ facts }) => facts));
  const notMet = got.conditions.filter(({ state }) => state === 'not met').map(({ name }) => name);
  return {
    verdict: got.verdict,
    ...('from' in expected && { from: dated(got.from) }),
    ...('until' in expected && { until: dated(got.until) }),
    ...('first' in expected && { first: got.first.map(({ fact }) => fact) }),
    ...('missing' in expected && { missing: [...got.missing].sort() }),
    ...('notMet' in expected && { withoutReason: expected.notMet?.filter((name) => !notMet.includes(name)) }),
    ...('cites' in expected && { notCited: expected.cites?.filter((id) => !cited.has(id)) }),
    ...('terms' in expected && { terms: termsOf(got, Object.keys(expected.terms ?? {})) }),
  };
}

function wanted(expected: Expected): object {
  const { notMet, cites, missing, ...plain } = { ...expected, right: undefined };
  return {
    ...plain,
    ...(missing && { missing: [...missing].sort() }),
    ...(notMet && { withoutReason: [] }),
    ...(cites && { notCited: [] }),
  };
}

function termsOf(got: Answer, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => {
      const term = got.terms.find((one) => one.name === name);
      return [name, term?.kind === 'date' ? isoDay(term.value as Day) : (term?.value ?? null)];
    }),
  );
}
