import { expect, test } from 'vitest';
import { littleLaw } from '../test/little-law.ts';
import { runScenario, type Scenario, type ScenarioOutcome } from './run-scenario.ts';

const laws = [
  littleLaw({
    parameters: ['{ name: n, type: number, required: false }'],
    outputs: [
      ['dubbel', 'number', '{ operation: MULTIPLY, values: [$n, 2] }'],
      ['tekst', 'string', 'Een brief van de IND'],
    ],
  }),
];

const run = (steps: readonly string[], tags: readonly string[] = []): ScenarioOutcome => {
  const scenario: Scenario = {
    name: 'x',
    tags,
    steps: steps.map((text, index) => ({ text, table: null, line: index + 1 })),
  };
  return runScenario(laws, scenario);
};

test('a scenario that holds', () => {
  const steps = ['parameter "n" is 2.5', 'I evaluate "dubbel" of "kleine_wet"', 'output "dubbel" equals 5'];
  expect(run(steps)).toEqual({ outcome: 'passed' });
});

test('what is tagged @wip is skipped', () => {
  expect(run(['something nobody wrote yet'], ['@wip'])).toEqual({ outcome: 'skipped' });
});

const ask = 'I evaluate "dubbel" of "kleine_wet"';

test.each<{ story: string; steps: readonly string[]; line: number; says: RegExp }>([
  { story: 'a sentence of nobody', steps: ['output dubbel is 5'], line: 1, says: /no sentence of a law scenario/ },
  {
    story: 'a law that is not there',
    steps: ['law "grote_wet" is loaded'],
    line: 1,
    says: /no law "grote_wet".*Known: kleine_wet/,
  },
  {
    story: 'a day that does not exist',
    steps: ['the calculation date is "2026-02-30"'],
    line: 1,
    says: /does not exist/,
  },
  {
    story: 'a mode nobody knows',
    steps: ['the untranslatable mode is "guess"'],
    line: 1,
    says: /Known: error, propagate, warn, ignore/,
  },
  { story: 'a table that is missing', steps: ['the following parameters:'], line: 1, says: /needs a table/ },
  { story: 'nothing evaluated', steps: ['output "dubbel" is null'], line: 1, says: /Nothing has been evaluated/ },
  { story: 'another number', steps: ['parameter "n" is 2', ask, 'output "dubbel" equals 5'], line: 3, says: /is 4\.$/ },
  { story: 'unknown is not null', steps: [ask, 'output "dubbel" is null'], line: 2, says: /unknown for lack of "n"/ },
  {
    story: 'another lack',
    steps: [ask, 'output "dubbel" is unknown for lack of "m"'],
    line: 2,
    says: /for lack of "n"/,
  },
  { story: 'success in place of failure', steps: [ask, 'the execution fails'], line: 2, says: /succeeds/ },
  {
    story: 'failure in place of success',
    steps: ['parameter "n" is "twee"', ask, 'the execution succeeds'],
    line: 3,
    says: /fails: Type mismatch/,
  },
  {
    story: 'another message',
    steps: ['parameter "n" is "twee"', ask, 'the execution fails with "overflow"'],
    line: 3,
    says: /another message: Type mismatch/,
  },
  {
    story: 'too many outputs',
    steps: ['I evaluate outputs "dubbel, tekst" of "kleine_wet"', 'the result contains exactly the outputs "dubbel"'],
    line: 2,
    says: /"dubbel, tekst"/,
  },
  {
    story: 'another provenance',
    steps: [ask, 'output "dubbel" has override provenance'],
    line: 2,
    says: /has direct provenance/,
  },
  {
    story: 'text without the word',
    steps: [ask, 'output "tekst" contains "gemeente"'],
    line: 2,
    says: /brief van de IND/,
  },
  { story: 'no gap', steps: [ask, 'output "tekst" is tainted as untranslatable'], line: 2, says: /brief/ },
  {
    story: 'a note elsewhere',
    steps: ['the note is resolved', 'the note resolves to article "1"'],
    line: 2,
    says: /orphaned/,
  },
])('$story: failed at its line, with what was found', ({ steps, line, says }) => {
  const found = run(steps);
  expect(found).toMatchObject({ outcome: 'failed', line, step: steps[line - 1] });
  expect(found.outcome === 'failed' ? found.message : '').toMatch(says);
});

test('numbers agree to a billionth, texts in upper or lower case', () => {
  expect(run(['parameter "n" is 0.3333333333', ask, 'output "dubbel" equals 0.66666666666'])).toEqual({
    outcome: 'passed',
  });
  expect(run(['parameter "n" is 0.33333333', ask, 'output "dubbel" equals 0.66666667'])).toMatchObject({
    outcome: 'failed',
  });
  expect(run([ask, 'output "tekst" contains "ind"'])).toEqual({ outcome: 'passed' });
});
