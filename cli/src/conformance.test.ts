// The conformance suite of the law engine: every scenario in engines/rights/conformance, on the invented laws beside it.
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runScenario, type Scenario } from '@meedoen/rights';
import { describe, expect, test } from 'vitest';
import { featuresIn, parseFeature } from './features.ts';
import { lawsIn } from './laws.ts';
import { Refusal } from './refusal.ts';
import { root } from './testing.ts';

const folder = join(root, 'engines/rights/conformance');
const laws = await lawsIn(join(folder, 'laws'));
const scenarios = await featuresIn([folder]);

describe.each([...new Set(scenarios.map(({ file }) => file))])('%s', (file) => {
  test.each(scenarios.filter((scenario) => scenario.file === file).map((scenario) => ({ ...scenario })))(
    '$line: $name',
    (scenario) => expect(runScenario(laws, scenario)).toEqual({ outcome: 'passed' }),
  );
});

test('the suite is whole: every feature file is run, and every law is asked', async () => {
  const files = await Array.fromAsync(glob('**/*.feature', { cwd: folder }));
  expect([...new Set(scenarios.map(({ file }) => relative(folder, file)))].sort()).toEqual(files.sort());
  expect(scenarios.length).toBeGreaterThan(300);
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const named = laws.filter(({ id }) => texts.includes(id)).map(({ id }) => id);
  const asked = new Set(
    laws.flatMap(({ articles }) =>
      articles.flatMap(({ rules }) =>
        (rules?.inputs ?? []).flatMap(({ source }) => (source.kind === 'other law' ? [source.law] : [])),
      ),
    ),
  );
  const acting = laws.filter(({ articles }) =>
    articles.some(({ rules }) => rules && rules.implements.length + rules.hooks.length > 0),
  );
  for (const { id } of laws)
    expect(named.includes(id) || asked.has(id) || acting.some((law) => law.id === id), id).toBe(true);
});

test('a suite that cannot fail proves nothing: other values turn it red', () => {
  const changed = (scenario: Scenario): Scenario => ({
    ...scenario,
    steps: scenario.steps.map((step) => ({
      ...step,
      text: step.text.replace(/ equals (-?\d)/, ' equals 9$1').replace(/ is true$/, ' is false'),
    })),
  });
  const turned = scenarios.filter((scenario) => JSON.stringify(changed(scenario)) !== JSON.stringify(scenario));
  expect(turned.length).toBeGreaterThan(40);
  for (const scenario of turned) expect(runScenario(laws, changed(scenario)).outcome, scenario.name).toBe('failed');
});

describe('feature files', () => {
  const refused = (text: string): string => {
    try {
      parseFeature(text, 'x.feature');
      return 'nothing';
    } catch (error) {
      return error instanceof Refusal ? error.message : 'a fault of ours';
    }
  };

  test('a fault is told with its line', () => {
    expect(refused('Feature: x\n  Scenario: y\n    Given a\n    Gegeven b\n')).toMatch(
      /^x\.feature:4:5: This is not a feature file/,
    );
  });

  test('backgrounds stand before, outlines are written out, tags are inherited', () => {
    const [first, second] = parseFeature(
      [
        '@tier:core',
        'Feature: x',
        '  Background:',
        '    Given law "a" is loaded',
        '  @wip',
        '  Scenario Outline: <n>',
        '    Then output "o" equals <n>',
        '    Examples:',
        '      | n |',
        '      | 1 |',
        '      | 2 |',
      ].join('\n'),
      'x.feature',
    );
    expect(first).toMatchObject({ name: '1', line: 10, tier: 'core', tags: ['@tier:core', '@wip'] });
    expect(second?.steps).toEqual([
      { text: 'law "a" is loaded', table: null, line: 4 },
      { text: 'output "o" equals 2', table: null, line: 7 },
    ]);
  });
});
