import { join } from 'node:path';
import { Command, Option } from 'commander';
import { knowledgeFolder } from '@meedoen/knowledge';
import { runScenario } from '@meedoen/rights';
import { featuresIn } from './features.ts';
import { lawsIn } from './laws.ts';
import { formats, printCsv, printJson, type Format } from './print.ts';
import { Refusal } from './refusal.ts';

/** `meedoen rights test`: do the laws do what their scenarios say? */
export function testVerb(): Command {
  return new Command('test')
    .description('Run the scenarios of feature files (Gherkin) on law files.')
    .argument('<features...>', 'feature files, or folders with feature files')
    .option('--laws <folder>', 'the folder with law files (default: ours)')
    .option('--tag <tag>', 'only scenarios with this tag, such as @tier:core')
    .addOption(new Option('--format <format>', 'what to print').choices(formats).default('json'))
    .addHelpText(
      'after',
      `
Example: the scenarios of an invented law
  $ meedoen rights test cli/examples/lessons.feature --laws cli/examples/lesson-laws
Each scenario is passed, failed or skipped (@wip). What failed is told on stderr with its file and line, and ends
with exit code 2.`,
    )
    .action(run);
}

type Options = { laws?: string; tag?: string; format: Format };

async function run(features: readonly string[], options: Options): Promise<void> {
  const laws = await lawsIn(options.laws ?? join(knowledgeFolder(), 'laws'));
  const all = await featuresIn(features);
  const { tag } = options;
  const chosen =
    tag === undefined ? all : all.filter(({ tags, tier }) => tags.includes(tag) || tag === `@tier:${tier}`);
  if (chosen.length === 0)
    throw new Refusal(`There is no scenario${tag === undefined ? '' : ` with the tag ${tag}`} to run.`);
  const reports = chosen.map((scenario) => ({ scenario, outcome: runScenario(laws, scenario) }));
  const count = (outcome: string): number => reports.filter((report) => report.outcome.outcome === outcome).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const rows = reports.map(({ scenario: { file, line, name, tier }, outcome }) => ({
    file,
    line,
    scenario: name,
    tier,
    outcome: outcome.outcome,
    ...(outcome.outcome === 'failed'
      ? { failedLine: outcome.line, step: outcome.step, message: outcome.message }
      : options.format === 'csv'
        ? { failedLine: null, step: null, message: null }
        : {}),
  }));
  if (options.format === 'csv') printCsv(rows);
  else printJson({ passed, failed, skipped, scenarios: rows });
  const failures = reports.flatMap(({ scenario, outcome }) =>
    outcome.outcome === 'failed'
      ? [`${scenario.file}:${outcome.line}: ${outcome.step}\n  ${outcome.message} (scenario "${scenario.name}")`]
      : [],
  );
  if (failures.length > 0)
    throw new Refusal(`${failures.join('\n')}\n${passed} passed, ${failed} failed, ${skipped} skipped.`);
}
